"""The case sheet: one row a person, one column a variable; CSV, JSON Lines or Parquet."""

from mastkit.record.problems import CannotRead, Problem
from mastkit.record.sheets.numbers import Interval, parse_number
from mastkit.record.sheets.readers import read_sheets
from mastkit.record.sheets.table import Sheet, SheetTable
from mastkit.record.sheets.writers import write_sheets

__all__ = [
    "CannotRead",
    "Interval",
    "Problem",
    "Sheet",
    "SheetTable",
    "parse_number",
    "read_sheets",
    "write_sheets",
]
