"""The variables of a case sheet and the tests that give them a value.

A case sheet has one row a person and one column a variable. The variables stand in ``data/variables.csv``,
the tests in ``data/tests.csv``; this module reads both once and hands out read-only mappings in file order.

The burden of a test says how invasive or costly it is: 0 a question or a look in the papers already there,
1 a physical examination, 2 a blood test, 3 a genetic blood test, 4 imaging, 5 a skin biopsy, 6 marrow,
7 a biopsy of another organ. The rank is an engineering choice of this project, least invasive first;
it is not a published scale. It orders suggestions and decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from mastkit.vocabulary.tables import rows

Kind = Literal["number", "boolean", "choice", "text"]


@dataclass(frozen=True, slots=True)
class SheetVariable:
    """One column of a case sheet.

    ``values`` lists the words that a boolean or a choice may take, as written in a sheet.
    ``low`` and ``high`` are the limits of a number, both included; None means no limit.
    """

    name: str
    kind: Kind
    label: str
    plain_label: str
    meaning: str
    unit: str
    values: tuple[str, ...]
    low: float | None
    high: float | None
    integer: bool
    test: str


@dataclass(frozen=True, slots=True)
class Impossible:
    """From where on a number of a case sheet can only be in another unit, or something else altogether.

    The limits lie far above anything that a person can have. They are our choice, no published ones, and judge
    nobody: a cell beyond one is not understood, for read as it stands it would decide wrongly (85 g/L of
    haemoglobin are an anaemia, 85 g/dL none).
    """

    above: float
    other_unit: str


@dataclass(frozen=True, slots=True)
class ClinicalTest:
    """A way to learn the value of variables: a question, an examination, a laboratory test, a biopsy."""

    id: str
    label: str
    plain_label: str
    burden: int


@cache
def sheet_variables() -> Mapping[str, SheetVariable]:
    """Return the variables of a case sheet by name, in the order of the sheet."""
    return MappingProxyType({row["name"]: _variable(row) for row in rows("variables.csv")})


@cache
def impossible_numbers() -> Mapping[str, Impossible]:
    """Return what no number of a case sheet can be, by variable."""
    return MappingProxyType(
        {row["name"]: Impossible(float(row["above"]), row["other_unit"]) for row in rows("impossible.csv")}
    )


@cache
def clinical_tests() -> Mapping[str, ClinicalTest]:
    """Return the clinical tests by id, least burden first."""
    return MappingProxyType(
        {
            row["id"]: ClinicalTest(row["id"], row["label"], row["plain_label"], int(row["burden"]))
            for row in rows("tests.csv")
        }
    )


def _variable(row: dict[str, str]) -> SheetVariable:
    return SheetVariable(
        name=row["name"],
        kind=_kind(row["kind"]),
        label=row["label"],
        plain_label=row["plain_label"],
        meaning=row["meaning"],
        unit=row["unit"],
        values=tuple(row["values"].split()),
        low=_limit(row["low"]),
        high=_limit(row["high"]),
        integer=row["integer"] == "yes",
        test=row["test"],
    )


def _kind(text: str) -> Kind:
    for kind in get_args(Kind):
        if text == kind:
            return kind  # type: ignore[no-any-return]
    raise ValueError(f"variables.csv: a variable has the kind {text!r}; expected one of {get_args(Kind)}.")


def _limit(text: str) -> float | None:
    return float(text) if text else None
