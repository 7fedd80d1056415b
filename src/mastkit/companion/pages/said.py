"""What other packages say in English, in the language of the page: whole texts, and sentences with values in them.

The packages below know no language. A text of the data files is looked up as it stands. A sentence into which they
put values is recognised by its form, and said again with the same values; what has no form stays English.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mastkit.companion.pages.clocks import short_date
from mastkit.companion.pages.known_texts import BETWEEN, known_texts
from mastkit.companion.pages.labels import label
from mastkit.companion.pages.said_forms import FORMS, SENTENCES
from mastkit.reports.card_texts import card_languages, phrases
from mastkit.reports.hand_over import VERIFIED
from mastkit.vocabulary.terms import terms
from mastkit.vocabulary.variables import clinical_tests, sheet_variables

_MONTH = re.compile(r"\d{4}-\d\d")
_PLACE = re.compile(r"\{(\w+)\}")

_PATTERNS = {
    "day": r"\d{4}-\d\d-\d\d",
    "n": r"\d+",
    "severities": "severity .+",
    "value": r"[<>]?-?\d\S*(?: \S+)?",
}
"""What fits into a place, by its name without digits; anything fits into another."""

_COUNTED = re.compile(r"(?P<what>.+?)(?P<times> \(\d+\))?", re.DOTALL)


def said(text: str) -> str:
    """Return a text of another package in the language of the page; what is not known stays as it is."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    if text in known_texts():
        return _(text)
    if text in SENTENCES:
        # A word that stands elsewhere in another sense has an entry of its own.
        own = pgettext("a sample", text)
        return own if own != text else _(text)
    if (phrase := _phrase(text)) is not None:
        return phrase
    if BETWEEN in text and all(piece in known_texts() for piece in text.split(BETWEEN)):
        return _pieces(text)
    for form, pattern in _patterns():
        if found := pattern.fullmatch(text):
            values = {name: _value(name, value) for name, value in found.groupdict().items()}
            return _(form).format(**values)
    return text


def is_known(text: str) -> bool:
    """Whether a text is said in the language of the page as it stands, without a form."""
    return text in known_texts() or text in SENTENCES


def _pieces(text: str) -> str:
    return BETWEEN.join(said(piece) for piece in text.split(BETWEEN))


def _value(name: str, value: str) -> str:
    match _kind(name):
        case "day" | "when":
            return _day(value)
        case "parts":
            return _pieces(value)
        case "severities":
            return ", ".join(said(part) for part in value.split(", "))
        case "tests":
            return _tests(value)
        case "lab":
            return label(_labs()[value], "lab")
        case "names":
            return ", ".join(_counted(part) for part in value.split(", "))
        case "known" | "verified" | "what":
            return said(value)
    return value


def _tests(text: str) -> str:
    """Return tests of the sheet that stand within a sentence, the first of them written small."""
    plain = {one.plain_label for one in clinical_tests().values()}
    known = {name: one for one in plain for name in (one[:1].lower() + one[1:], one)}
    any_ = _any_of(known)
    if not re.fullmatch(f"(?:{any_})(?: and (?:{any_}))*", text):
        return text
    return _(" and ").join(_(known[name]) for name in re.findall(any_, text))


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _day(text: str) -> str:
    """Return a day, a month or a minute as the language writes it."""
    try:
        if _MONTH.fullmatch(text):
            return date_format(date.fromisoformat(f"{text}-01"), "F Y")
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{short_date(at.date())}, {time_format(at, 'H:i')}" if ":" in text else short_date(at.date())


def _counted(text: str) -> str:
    found = _COUNTED.fullmatch(text)
    if found is None:
        return text
    what, times = found["what"], found["times"] or ""
    term = _plain_words().get(what)
    return (label(term[1], term[0]) if term is not None else said(what)) + times


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((form, _pattern(form)) for form in FORMS)


def _pattern(form: str) -> re.Pattern[str]:
    texts = _PLACE.split(form)
    pieces = (
        f"(?P<{piece}>{_fitting(_kind(piece))})" if index % 2 else re.escape(piece)
        for index, piece in enumerate(texts)
    )
    return re.compile("".join(pieces), re.DOTALL)


def _fitting(kind: str) -> str:
    match kind:
        case "known":
            return _any_of(known_texts())
        case "lab":
            return _any_of(_labs())
        case "verified":
            return _any_of([*VERIFIED.values(), "recalled"])
    return _PATTERNS.get(kind, ".+?")


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


@cache
def _labs() -> dict[str, str]:
    """The code of what a laboratory measures, by the clinician's word."""
    variables = {one.label: name for name, one in sheet_variables().items()}
    return variables | {term.label: code for (kind, code), term in terms().items() if kind == "lab"}


@cache
def _plain_words() -> dict[str, tuple[str, str]]:
    """The kind and the code of a plain label, for words that stand in a sentence."""
    kinds = ("medicine", "symptom", "trigger")
    return {term.plain_label: key for kind in kinds for key, term in terms().items() if key[0] == kind}


def _phrase(text: str) -> str | None:
    """Return a sentence of the emergency card, which has its own translations."""
    language = (get_language() or "en").partition("-")[0]
    if language not in card_languages():
        return None
    sentences = (one.texts for one in phrases().values() if one.use != "label")
    return next((texts[language] for texts in sentences if texts["en"] == text), None)
