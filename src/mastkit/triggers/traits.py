"""What is known beforehand of kinds of exposure: early signs, what is never analysed, what goes together."""

import csv
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from mastkit.vocabulary.terms import terms


@dataclass(frozen=True, slots=True)
class Traits:
    """One kind of exposure."""

    code: str
    prodrome_prone: bool = False
    """It may be the first sign of a flare rather than its cause."""
    never_analyse: bool = False
    """Rare and dangerous: no question for statistics."""
    food: bool = False
    """It may act for up to twelve hours."""
    avoidable: bool = False
    """Leaving it out costs little, so that it may be talked about."""
    why: str = ""
    label: str = ""
    """In plain words, where the vocabulary has none."""
    group: str = ""
    """A wider kind that it belongs to, by which pairs are known."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names by which pairs may mean it."""
        return (self.code, self.group) if self.group else (self.code,)


def plain_code(code: str) -> str:
    """Return a code as it is compared: lower case, one hyphen between words."""
    text = unicodedata.normalize("NFKC", code).casefold()
    return re.sub(r"[\W_]+", "-", text).strip("-")


def traits_of(code: str) -> Traits:
    """Return what is known of a code; of one's own words, nothing special."""
    return _traits().get(plain_code(code), Traits(code))


def label_of(code: str, own_words: str | None = None) -> str:
    """Return the plain words for a code of the vocabulary; one's own words as they are."""
    word = plain_code(code)
    for kind in ("trigger", "medicine", "symptom"):
        term = terms().get((kind, word))
        if term is not None:
            return term.plain_label
    label = traits_of(code).label or (own_words or "").replace("_", " ").strip()
    if not label or plain_code(label) == code:
        # Written as a code: its hyphens stand for spaces.
        label = label if " " in label else code.replace("-", " ").strip() or code
    return label[:1].upper() + label[1:]


def in_sentence(label: str) -> str:
    """Return a label as it stands within a sentence: a capital begins it no longer, unless it is a name."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """Return the kinds of exposure that are known to act together, by their first names."""
    return tuple((row["first"], row["second"]) for row in _rows("pairs.csv"))


@cache
def _traits() -> dict[str, Traits]:
    found = {}
    for row in _rows("traits.csv"):
        traits = Traits(
            row["code"],
            row["prodrome_prone"] == "yes",
            row["never_analyse"] == "yes",
            row["food"] == "yes",
            row["avoidable"] == "yes",
            row["why"],
            row["label"],
            row["group"],
        )
        found[row["code"]] = traits
        found |= {name: replace(traits, label="") for name in row["names"].split()}
    return found


def _rows(name: str) -> list[dict[str, str]]:
    table = files("mastkit.triggers").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(table.splitlines()))
