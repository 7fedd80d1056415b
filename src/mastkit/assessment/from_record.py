"""Read the variables of a case sheet from a record: which of many values speaks, and where it comes from.

The rules, each an engineering choice that is shown with its facts:

- Facts that were replaced or retracted, and facts after the day asked about, are passed over.
- Of several values of a variable the latest speaks; of one moment, the one written down last.
- Marrow: the latest adequate examination speaks first; what it leaves open is taken from the one before.
- KIT: a mutation found outside the skin counts however old it is; see :mod:`mastkit.assessment.kit`.
- Tryptase: see :mod:`mastkit.assessment.tryptase`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mastkit.assessment.kit import read_variants
from mastkit.assessment.reading import RecordSheet, Source
from mastkit.assessment.tryptase import read_tryptase
from mastkit.record.facts import (
    TRYPTASE,
    AnyFact,
    BirthDate,
    DatedFact,
    Finding,
    Measurement,
    Procedure,
    Sex,
    Variant,
)
from mastkit.record.record import Record
from mastkit.vocabulary.variables import SheetVariable, sheet_variables

_MARROW_TESTS = frozenset({"marrow-trephine", "marrow-smear"})
MARROW_PROCEDURES = frozenset({"marrow_biopsy", "bone_marrow_biopsy", "marrow_aspirate", "bone_marrow_aspirate"})


def read_sheet(record: Record, *, on: date | None = None) -> RecordSheet:
    """The variables of the rules as a record gives them.

    Args:
        record: all facts of a person.
        on: the day for which to judge; facts after it are passed over. Without it, all facts count and the age is
            that of the latest dated fact.
    """
    facts = [fact for fact in record.current() if on is None or _day(fact, record.zone) <= on]
    sheet = RecordSheet()
    _read_person(facts, record, on, sheet)
    _read_findings(facts, sheet)
    read_variants([f for f in facts if isinstance(f, Variant)], sheet)
    samples = [f for f in facts if isinstance(f, Measurement) and f.code == TRYPTASE]
    read_tryptase(samples, sheet)
    return sheet


def _day(fact: AnyFact, zone: str) -> date:
    return fact.time.day(zone) if isinstance(fact, DatedFact) else date.min


def _read_person(facts: Iterable[AnyFact], record: Record, on: date | None, sheet: RecordSheet) -> None:
    dated = [_day(f, record.zone) for f in facts if isinstance(f, DatedFact)]
    day = on or max(dated, default=None)
    for fact in facts:
        if isinstance(fact, Sex):
            sheet.put("sex", fact.sex, fact)
        elif isinstance(fact, BirthDate) and day is not None and (ages := fact.ages_on(day)):
            sheet.put_number("age", *ages, fact)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one fact says of a variable, and how much weight it has: the greatest speaks."""

    value: object
    fact: Finding | Measurement
    weight: tuple[bool, object, object, UUID]


def _read_findings(facts: list[AnyFact], sheet: RecordSheet) -> None:
    variables = sheet_variables()
    marrow = {f.id: f for f in facts if isinstance(f, Procedure) and f.code in MARROW_PROCEDURES}
    said: dict[str, list[_Said]] = {}
    for fact in facts:
        if isinstance(fact, Finding | Measurement) and fact.code in variables:
            variable = variables[fact.code]
            value = _value(fact, variable)
            if value is not None:
                weight = (_from_adequate(fact, variable, marrow), fact.time.at, fact.recorded_at, fact.id)
                said.setdefault(fact.code, []).append(_Said(value, fact, weight))
    _read_procedures(marrow.values(), said, sheet)
    for name, values in said.items():
        speaks = max(values, key=lambda s: s.weight)
        sheet.put(name, speaks.value, speaks.fact)
        others = [s for s in values if s.value != speaks.value]
        if others and variables[name].test in _MARROW_TESTS:
            latest = max(others, key=lambda s: s.weight)
            sheet.remarks.append(
                f"{variables[name].label}: the marrow of {speaks.fact.time} speaks; that of {latest.fact.time}"
                " said otherwise."
            )


def _value(fact: Finding | Measurement, variable: SheetVariable) -> object:
    if isinstance(fact, Measurement):
        return fact.quantity.interval(variable) if variable.kind == "number" else None
    return fact.sheet_value()


def _from_adequate(fact: Finding | Measurement, variable: SheetVariable, marrow: dict[UUID, Procedure]) -> bool:
    """Whether it is a marrow finding of an examination that was good enough: that comes before later ones."""
    if variable.test not in _MARROW_TESTS or fact.procedure is None:
        return False
    procedure = marrow.get(fact.procedure)
    return procedure is not None and procedure.adequate is True


def _read_procedures(marrow: Iterable[Procedure], said: dict[str, list[_Said]], sheet: RecordSheet) -> None:
    """A marrow examination says by itself that there was one, and whether it was adequate."""
    done = sorted(marrow, key=lambda p: (p.adequate is True, p.time.at, p.id))
    if not done:
        return
    speaks = done[-1]
    if "bm_biopsy_done" not in said:
        sheet.put("bm_biopsy_done", True, speaks)
    if "bm_biopsy_adequate" not in said and speaks.adequate is not None and "biopsy" in speaks.code:
        sheet.put("bm_biopsy_adequate", speaks.adequate, speaks)


__all__ = ["MARROW_PROCEDURES", "RecordSheet", "Source", "read_sheet"]
