"""What a person typed, read once and echoed as it was understood."""

import re
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from mastkit.companion.pages.labels import label
from mastkit.record.quantity import Quantity, ucum_unit
from mastkit.record.sheets.numbers import NotANumber, parse_number
from mastkit.vocabulary.terms import codes_of, find, terms
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

# The units that laboratories print, in UCUM. Left: as people type them, without spaces, in small letters.
_TYPED_UNITS = {
    "µg/l": "ug/L", "μg/l": "ug/L", "ug/l": "ug/L", "mcg/l": "ug/L", "ng/ml": "ng/mL", "pg/ml": "pg/mL",
    "g/dl": "g/dL", "g/l": "g/L", "mg/dl": "mg/dL", "mg/l": "mg/L", "mmol/l": "mmol/L", "nmol/l": "nmol/L",
    "µmol/l": "umol/L", "μmol/l": "umol/L", "umol/l": "umol/L", "u/l": "U/L", "iu/l": "[IU]/L", "ku/l": "k[IU]/L",
    "10^9/l": "10*9/L", "10⁹/l": "10*9/L", "10*9/l": "10*9/L", "g/l.": "g/L", "/nl": "10*9/L", "tsd/µl": "10*3/uL",
    "10^3/µl": "10*3/uL", "10³/µl": "10*3/uL", "10*3/ul": "10*3/uL", "k/µl": "10*3/uL", "°c": "Cel", "c": "Cel",
    "%": "%", "kg": "kg", "cm": "cm", "m": "m", "g/cm2": "g/cm2", "g/cm²": "g/cm2", "mmhg": "mm[Hg]", "h": "h",
    "lb": "[lb_av]", "in": "[in_i]",
}  # fmt: skip

SHOWN_UNITS = ("ng/mL", "µg/L", "g/dL", "g/L", "10^9/L", "U/L", "mg/L", "mmol/L", "%", "kg", "cm")
"""Units that a form offers; any other can be typed."""

# A laboratory value that is also a variable of the case sheet is kept under the variable's name.
_VARIABLE_OF_TERM = {
    "hemoglobin": "hb", "platelets": "plt", "platelets-any": "plt", "wbc": "leukocytes", "neutrophils": "anc",
    "neutrophils-any": "anc", "eosinophils": "eosinophils", "monocytes": "monocytes", "albumin": "albumin",
}  # fmt: skip
_BLOOD = ("hb", "plt", "leukocytes", "anc", "eosinophils", "monocytes", "albumin", "pb_mc_pct")


def read_quantity(text: str, unit: str, code: str, default_unit: str = "") -> Quantity:
    """Return what was typed as a quantity: "31,2", "31.2" and ">200" are read, "1,234" is asked about.

    Raises `NotANumber` with what was expected.
    """
    number, inline = _split(text)
    chosen = ucum(unit or inline) or default_unit or usual_unit(code) or "1"
    interval = parse_number(number, _any_number(chosen))
    printed = interval.text(_any_number(chosen))
    comparator = re.match(r"[<>]=?", printed)
    return Quantity(
        value=float(printed[comparator.end() :] if comparator else printed),
        unit=chosen,
        comparator=comparator.group() if comparator else None,  # type: ignore[arg-type]
    )


def ucum(unit: str) -> str:
    """Return a unit as UCUM writes it; one that is not known is left as it was typed."""
    short = unit.replace(" ", "").strip()
    return _TYPED_UNITS.get(short.lower(), short)


@cache
def usual_unit(code: str) -> str:
    """Return the unit that is meant where none is typed; empty where there is no usual one."""
    if code == "tryptase":
        return "ng/mL"
    if code == "height":
        return "cm"
    if (variable := sheet_variables().get(code)) is not None:
        return ucum_unit(variable)
    if (term := terms().get(("lab", code))) is None:
        return ""
    unit = next((found.unit for found in codes_of(term) if found.unit), "")
    return "1" if unit.startswith("{") else unit


def read_code(text: str, kinds: tuple[str, ...]) -> str:
    """Return the code of a word that was picked or typed; an own word is its own code."""
    typed = " ".join(text.split())
    folded = typed.casefold()
    for code, shown in [*offered(kinds), *_in_english(kinds)]:
        if folded in (code.casefold(), shown.casefold()):
            return code
    for term in find(typed):
        if term.kind in kinds and folded in (
            name.casefold() for name in (term.label, term.plain_label, *term.synonyms)
        ):
            return term.id
    return typed


def offered(kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the codes of these kinds of term with their labels, as a list to pick from offers them."""
    found: list[tuple[str, str]] = []
    for kind in kinds:
        if kind == "value":
            found += [(code, label(code)) for code in _BLOOD]
            found += [(code, label(code, "lab")) for code in _laboratory()]
        elif kind == "dxa":
            found += [(code, label(code, "lab")) for of, code in terms() if of == "lab" and code.startswith("dxa-")]
        else:
            found += [(code, label(code, kind)) for of, code in terms() if of == kind]
    return found


@cache
def _in_english(kinds: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return what is offered in English: files and old habits speak it whatever the language of the page."""
    with override("en"):
        return tuple(offered(kinds))


def _laboratory() -> list[str]:
    apart = ("dxa-", "kit-", "tpsab1", "tryptase", "mc-aggregates", "phq9", "gad7", "pain", "weight", "height")
    return [
        code
        for kind, code in terms()
        if kind == "lab" and code not in _VARIABLE_OF_TERM and not code.startswith(apart)
    ]


def _split(text: str) -> tuple[str, str]:
    """Return number and unit of a text such as "31,2 ng/ml"."""
    match = re.fullmatch(r"\s*([<>≤≥]?=?\s*[+\-−]?[0-9.,]+(?:[eE][+\-]?[0-9]+)?)\s*([^\s0-9.,<>≤≥=+\-].*)?", text)
    if match is None or not match[2]:
        return text, ""
    return match[1], match[2]


@cache
def _any_number(unit: str) -> SheetVariable:
    return SheetVariable(
        name="value", kind="number", label="", plain_label="", meaning="", unit=unit, values=(),
        low=None, high=None, integer=False, test="",
    )  # fmt: skip


def sentence(error: NotANumber) -> str:
    """Say what was expected."""
    return _("Expected %(what)s.") % {"what": error}
