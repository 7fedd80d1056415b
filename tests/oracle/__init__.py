"""An independent encoding of the classification rules, and sheets to compare it with another one on."""

from .encoding import criteria, oracle
from .random_sheets import nearly_complete, random_sheet

__all__ = ["criteria", "nearly_complete", "oracle", "random_sheet"]
