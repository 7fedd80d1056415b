"""The fixed texts of the emergency card in its languages, with their sources and how well they are checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from mastkit.record.problems import CannotRead
from mastkit.reports.words import key_of, substance
from mastkit.vocabulary.tables import rows

Use = Literal["alarm", "advice", "label"]


@dataclass(frozen=True)
class CardLanguage:
    """A language of the card: why it was chosen, and how far its texts are checked."""

    code: str
    name: str
    why: str
    written: str
    checked: str


@dataclass(frozen=True)
class Phrase:
    """A fixed text. Alarms and advice rest on a source, with how well its reading is verified."""

    key: str
    use: Use
    source: str
    verified: str
    texts: Mapping[str, str]


@cache
def card_languages() -> Mapping[str, CardLanguage]:
    """Return the languages of the card by code."""
    return MappingProxyType(
        {row["code"]: CardLanguage(**row) for row in rows("card_languages.csv", "mastkit.reports")}
    )


@cache
def phrases() -> Mapping[str, Phrase]:
    """Return the fixed texts by key."""
    return MappingProxyType({row["key"]: _phrase(row) for row in rows("card_phrases.csv", "mastkit.reports")})


def text(key: str, language: str) -> str:
    """Return a fixed text in a language of the card."""
    return phrases()[key].texts[language]


def check_language(code: str) -> str:
    """Return a language code, or say in one sentence which languages there are."""
    if code not in card_languages():
        known = ", ".join(card_languages())
        raise CannotRead(f'--language: found "{code}", expected one of {known}.')
    return code


@cache
def word(kind: str, code: str, language: str) -> str:
    """Return the word for a trigger or diagnosis; where there is none, the word of the record."""
    row = _words().get((kind, key_of(code)))
    return row[language] if row else substance(code)


@cache
def has_word(kind: str, code: str) -> bool:
    """Whether a trigger or diagnosis stands in the table of words."""
    return (kind, key_of(code)) in _words()


@cache
def _words() -> Mapping[tuple[str, str], Mapping[str, str]]:
    return MappingProxyType({(row["kind"], row["id"]): row for row in rows("card_words.csv", "mastkit.reports")})


def _phrase(row: dict[str, str]) -> Phrase:
    use: Use = "alarm" if row["use"] == "alarm" else "advice" if row["use"] == "advice" else "label"
    texts = {code: row[code] for code in card_languages()}
    return Phrase(row["key"], use, row["source"], row["verified"], MappingProxyType(texts))
