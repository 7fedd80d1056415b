"""What the doctor found."""

from dataclasses import dataclass
from typing import Literal

State = Literal["well", "look", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    what: str
    state: State
    words: str
    """One sentence: what was found, and what to do where it is wrong."""
