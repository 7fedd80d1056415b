"""From what is known of a person to an answer: the rules applied, with grounds and with what is missing."""

from mastkit.assessment.answer import Assessment, SystemAnswer
from mastkit.assessment.assess import assess, assess_sheet, sheet_values

__all__ = ["Assessment", "SystemAnswer", "assess", "assess_sheet", "sheet_values"]
