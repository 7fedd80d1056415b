"""From what is known of a person to an answer: the rules applied, with grounds and with what is missing."""

from mastkit.assessment.answer import Assessment, SystemAnswer
from mastkit.assessment.assess import assess, assess_record, assess_sheet, sheet_values
from mastkit.assessment.from_record import read_sheet
from mastkit.assessment.table import TableAnswer, assess_table

__all__ = [
    "Assessment",
    "SystemAnswer",
    "TableAnswer",
    "assess",
    "assess_record",
    "assess_sheet",
    "assess_table",
    "read_sheet",
    "sheet_values",
]
