"""The words for codes: the person's words first, those of the vocabulary, or what was typed."""

import csv
from functools import cache
from importlib.resources import files

from django.utils.translation import get_language

from mastkit.vocabulary.terms import Term, called, terms
from mastkit.vocabulary.variables import sheet_variables

_KINDS = (
    "symptom",
    "trigger",
    "medicine",
    "lab",
    "device",
    "biopsy",
    "imaging",
    "procedure",
    "complication",
    "organ",
)

# Blood values whose plain label goes on to explain them: in a list the name alone is enough.
_NAME_ALONE = ("hb", "plt", "anc", "eosinophils", "monocytes", "albumin")

_OWN = {
    "adrenaline_auto_injector": "Adrenaline pen",
    "flare-severity": "Severity of a flare",
    "nsaid": "Pain killer (NSAID)",
    "marrow_biopsy": "Bone marrow sample",
    "skin_biopsy": "Skin sample",
}


def label(code: str, *kinds: str) -> str:
    """Return what a code is called in plain words, in the language of the page.

    ``kinds`` are the kinds of term to look among, the likeliest first; a word that is none of them stays as it is.
    """
    if (translated := _translated(get_language() or "", code, kinds or _KINDS)) is not None:
        return translated
    return _plain(code, kinds or _KINDS) or _readable(code)


def full_label(code: str, *kinds: str) -> str:
    """Return the plain words that explain a code; the same as the label where that says it all."""
    term = _term(code, kinds or _KINDS)
    if term is None or _translated(get_language() or "", code, kinds or _KINDS) is not None:
        return label(code, *kinds)
    return term.plain_label


def clinical_label(code: str, *kinds: str) -> str:
    """Return the clinician's word for a code."""
    term = _term(code, kinds or _KINDS)
    if term is not None:
        return term.label
    variable = sheet_variables().get(code)
    return variable.label if variable is not None else _readable(code)


@cache
def _plain(code: str, kinds: tuple[str, ...]) -> str:
    if code in _OWN:
        return _OWN[code]
    if code == "tryptase":
        return "Tryptase"
    variable = sheet_variables().get(code)
    if code in _NAME_ALONE and variable is not None:
        return variable.plain_label.partition(",")[0]
    if (term := _term(code, kinds)) is not None:
        return _short().get((term.kind, term.id), term.plain_label)
    return variable.plain_label if variable is not None else ""


@cache
def _translated(language: str, code: str, kinds: tuple[str, ...]) -> str | None:
    """Return the label of another language, where there is one; what has none stays English."""
    labels = _labels_in(language.split("-")[0])
    term = _term(code, kinds)
    return (labels.get((term.kind, term.id)) if term is not None else None) or labels.get(("", code))


@cache
def _labels_in(language: str) -> dict[tuple[str, str], str]:
    source = files("mastkit.companion").joinpath("data", f"labels.{language}.csv")
    if language == "en" or not source.is_file():
        return {}
    text = source.read_text(encoding="utf-8")
    return {(row["kind"], row["code"]): row["label"] for row in csv.DictReader(text.splitlines())}


@cache
def _short() -> dict[tuple[str, str], str]:
    """Return names for buttons and lists, where the plain label is a sentence of its own."""
    text = files("mastkit.companion").joinpath("data", "short.csv").read_text(encoding="utf-8")
    return {(row["kind"], row["code"]): row["label"] for row in csv.DictReader(text.splitlines())}


def _term(code: str, kinds: tuple[str, ...]) -> Term | None:
    found = (terms().get((kind, code)) for kind in (*kinds, *_KINDS))
    term = next((term for term in found if term is not None), None)
    # A person's own words stay as they are; what is written as a code may spell a term in another way.
    return term if term is not None or not _is_code(code) else called(code, *kinds, *_KINDS)


def _is_code(code: str) -> bool:
    return " " not in code and code.islower()


def _readable(code: str) -> str:
    if not _is_code(code):
        return code
    words = code.replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]
