"""The plain words for a code of a fact: those of the vocabulary, or the person's own word."""

from functools import cache

from mastkit.record.facts import SymptomDegree
from mastkit.record.quantity import Quantity
from mastkit.vocabulary.terms import called, terms
from mastkit.vocabulary.variables import sheet_variables

ADRENALINE = frozenset({"epinephrine", "adrenaline", "epi-autoinjector", "adrenaline-auto-injector"})
"""The words by which adrenaline stands in doses and devices."""

_SUBSTANCES = ("medicine", "medicine-caution", "trigger")


@cache
def plain(code: str, *kinds: str) -> str:
    """Return the plain label of a code, looked for in the kinds of term given, else in all.

    A code that the vocabulary does not have is the person's own word and is returned as it was written,
    with underscores as spaces.
    """
    key = key_of(code)
    for kind in kinds:
        if (term := terms().get((kind, key))) is not None:
            return term.plain_label
    found = next((term for (_, id_), term in terms().items() if id_ == key), None) if not kinds else None
    if found is not None:
        return found.plain_label
    if (variable := sheet_variables().get(code)) is not None:
        return variable.plain_label
    if _is_code(code) and (term := called(code, *kinds)) is not None:
        return term.plain_label
    return code.replace("_", " ").strip() or code


@cache
def substance(code: str) -> str:
    """Return the plain word for a medicine, a trigger or another thing a person meets."""
    if key_of(code) == "nsaid":  # a class of the caution data that the vocabulary has no term for
        return "NSAID painkiller"
    return _short(plain(code, *_SUBSTANCES))


@cache
def clinical(code: str, *kinds: str) -> str:
    """Return the clinician's label of a code; the person's own word where there is none."""
    if (variable := sheet_variables().get(code)) is not None:
        return variable.label
    key = key_of(code)
    for kind in kinds:
        if (term := terms().get((kind, key))) is not None:
            return term.label
    if _is_code(code) and (term := called(code, *kinds)) is not None:
        return term.label
    return code.replace("_", " ")


def _is_code(code: str) -> bool:
    """Whether a word is written as a code; a person's own words stay as they are."""
    return " " not in code and code.islower()


@cache
def key_of(code: str) -> str:
    """Return a code as the vocabulary spells it: small letters and hyphens; synonyms of substances resolved."""
    key = code.strip().casefold().replace("_", "-").replace(" ", "-")
    return _substance_synonyms().get(key, key)


def is_adrenaline(code: str) -> bool:
    """Whether a word names adrenaline."""
    key = key_of(code)
    return key in ADRENALINE or "adrenalin" in key or "epinephrin" in key


def capital(words: str) -> str:
    """Return words with a capital first letter."""
    return words[:1].upper() + words[1:]


def symptom(item: SymptomDegree) -> str:
    """Return a symptom with its severity, as written."""
    word = plain(item.code, "symptom")
    return word if item.severity is None else f"{word} {item.severity}/10"


def number(quantity: Quantity) -> str:
    """Return a quantity as a laboratory prints it: comparator, value, unit."""
    value = f"{quantity.value:.10g}"
    unit = _UNITS.get(quantity.unit, quantity.unit)
    spaced = f"{quantity.comparator or ''}{value}"
    return spaced if unit in ("", "1") else f"{spaced} {unit}"


def printed(text: str) -> str:
    """Return a text with the units in it as a laboratory prints them."""
    for ucum, unit in _UNITS.items():
        text = text.replace(ucum, unit)
    return text


_UNITS = {"10*9/L": "×10⁹/L", "10*12/L": "×10¹²/L", "ug/L": "µg/L"}


@cache
def _substance_synonyms() -> dict[str, str]:
    ids = {id_ for _, id_ in terms()}
    found: dict[str, str] = {}
    for (kind, id_), term in terms().items():
        if kind in ("medicine", "medicine-caution"):
            for name in (*term.synonyms, term.label):
                key = name.strip().casefold().replace(" ", "-")
                if key not in ids:
                    found.setdefault(key, id_)
    return found


def _short(label: str) -> str:
    """Return a label without the explanation in brackets behind it."""
    head, bracket, _ = label.partition(" (")
    return head if bracket and label.endswith(")") else label
