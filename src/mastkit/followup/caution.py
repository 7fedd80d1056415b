"""Caution before a procedure or a new medicine: published classes, overridden by the person's own experience.

The published lists are contested and mostly rest on single cases. What the person has reacted to stands first and
is never cleared by a later good experience; what they tolerated stands next; the class comes last. It is material
for the talk with the anaesthetist or doctor, and names no treatment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from mastkit.followup.experience import Experience, experiences
from mastkit.followup.history import medicine_named, treatments
from mastkit.followup.sources import PACKAGE, source_as_data, sources
from mastkit.logic.expressions import Source, Verification
from mastkit.record.record import Record
from mastkit.vocabulary.tables import rows

Advice: TypeAlias = Literal["caution", "usually tolerated", "note"]
Standing: TypeAlias = Literal["reacted", "tolerated", "caution", "usually tolerated", "note", "not listed"]
_ORDER: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, slots=True)
class CautionClass:
    """A class of medicines on the published lists.

    Attributes:
        names: its medicines, by the id of the vocabulary where there is one.
        procedures: where it is commonly used.
        positions: against and for it, where sources disagree.
    """

    id: str
    title: str
    names: tuple[str, ...]
    procedures: frozenset[str]
    advice: Advice
    contested: bool
    says: str
    plain: str
    positions: tuple[str, ...]
    source: Source
    verified: Verification


@dataclass(frozen=True, slots=True)
class ProcedureNote:
    """What was published of reactions in a procedure."""

    id: str
    label: str
    names: tuple[str, ...]
    says: str
    plain: str
    source: Source
    verified: Verification


@dataclass(frozen=True, slots=True)
class Caution:
    """One medicine, or class, for one person.

    Attributes:
        standing: what stands first for this person: own reaction, own tolerance, else what the class is listed as.
        own: what the record says of it, oldest first.
        rule: the published class; ``None`` where none lists it.
    """

    name: str
    standing: Standing
    own: tuple[Experience, ...]
    rule: CautionClass | None

    @property
    def severe(self) -> bool:
        """Whether the person had anaphylaxis with it: such a reaction is never cleared."""
        return any(e.severe for e in self.own)

    @property
    def contested(self) -> bool:
        """Whether sources disagree on it."""
        return self.rule is not None and self.rule.contested

    def to_dict(self) -> dict[str, Any]:
        """The item as plain data, ready to be written as JSON."""
        rule = self.rule
        return {
            "name": self.name,
            "standing": self.standing,
            "severe": self.severe,
            "own": [e.to_dict() for e in self.own],
            "class": None
            if rule is None
            else {
                "id": rule.id,
                "title": rule.title,
                "advice": rule.advice,
                "says": rule.says,
                "plain": rule.plain,
                "contested": rule.contested,
                "positions": list(rule.positions),
                "source": source_as_data(rule.source),
                "verified": rule.verified,
            },
        }


@dataclass(frozen=True, slots=True)
class Cautions:
    """What to have at hand before a procedure or a new medicine, the person's own reactions first."""

    asked: str
    procedure: ProcedureNote | None
    items: tuple[Caution, ...]

    def to_dict(self) -> dict[str, Any]:
        """The cautions as plain data, ready to be written as JSON."""
        note = self.procedure
        return {
            "asked": self.asked,
            "procedure": None
            if note is None
            else {
                "id": note.id,
                "label": note.label,
                "says": note.says,
                "plain": note.plain,
                "source": source_as_data(note.source),
                "verified": note.verified,
            },
            "items": [item.to_dict() for item in self.items],
        }


@cache
def caution_classes() -> Mapping[str, CautionClass]:
    """Return the published classes by id, in the order of the file."""
    return MappingProxyType({row["id"]: _class(row) for row in rows("caution.csv", PACKAGE)})


@cache
def procedure_notes() -> Mapping[str, ProcedureNote]:
    """Return what was published of procedures by id, in the order of the file."""
    return MappingProxyType(
        {
            row["id"]: ProcedureNote(
                row["id"],
                row["label"],
                tuple(name.strip() for name in row["names"].split(";")),
                row["says"],
                row["plain"],
                sources()[row["source"]],
                _verified(row["verified"]),
            )
            for row in rows("procedures.csv", PACKAGE)
        }
    )


def _class(row: dict[str, str]) -> CautionClass:
    advice: Advice = next(a for a in get_args(Advice) if a == row["advice"])
    return CautionClass(
        id=row["id"],
        title=row["class"],
        names=tuple(name.strip() for name in row["names"].split(";")),
        procedures=frozenset(row["procedures"].split()),
        advice=advice,
        contested=row["contested"] == "yes",
        says=row["says"],
        plain=row["plain"],
        positions=tuple(p for p in (row["position_against"], row["position_for"]) if p),
        source=sources()[row["source"]],
        verified=_verified(row["verified"]),
    )


def _verified(text: str) -> Verification:
    return "primary" if text == "primary" else "reprint" if text == "reprint" else "unverified"


def cautions(record: Record, what: str, on: date) -> Cautions:
    """What the lists and the person's own record say of a medicine, a class of medicines, or a procedure.

    Args:
        record: all facts of the person.
        what: a medicine (``ibuprofen``), a class (``nsaid``), or a procedure (``anaesthesia``).
        on: facts after this day are not looked at.

    Returns:
        for a medicine or class one item; for a procedure one for each class that is used in it, one for each
        medicine of such a class of which the record says something, one for each listed medicine that is taken
        now, and one for everything the person reacted to.
        What nobody lists and the record does not know is ``not listed``, which is no reassurance.
    """
    own = experiences(record, on)
    procedure = _procedure(what)
    if procedure is None:
        return Cautions(what, None, (_of_name(what, own),))
    items: dict[str, Caution] = {}
    for rule in caution_classes().values():
        if procedure.id in rule.procedures:
            items[rule.id] = Caution(rule.title, rule.advice, (), rule)
            for name in rule.names:
                if any(e.medicine == name for e in own):
                    items[name] = _of_name(name, own)
    for treatment in treatments(record, on):
        # What is taken now and is on a list belongs on the sheet, whatever the procedure uses.
        if treatment.medicine not in items and _rule_of(treatment.medicine) is not None:
            items[treatment.medicine] = _of_name(treatment.medicine, own)
    for experience in own:
        if experience.kind == "reacted" and experience.medicine not in items:
            items[experience.medicine] = _of_name(experience.medicine, own)
    ordered = sorted(items.values(), key=lambda c: (not c.severe, _ORDER.index(c.standing)))
    return Cautions(what, procedure, tuple(ordered))


def _procedure(what: str) -> ProcedureNote | None:
    word = what.strip().casefold()
    return next((note for note in procedure_notes().values() if word == note.id or word in note.names), None)


def _of_name(what: str, own: list[Experience]) -> Caution:
    name = medicine_named(what)
    rule = _rule_of(name)
    mine = tuple(e for e in own if e.medicine == name)
    if rule is not None and name == rule.id:  # a whole class was asked for: every medicine of it counts
        mine = tuple(e for e in own if e.medicine == name or e.medicine in rule.names)
    kinds = {e.kind for e in mine}
    standing: Standing = "not listed" if rule is None else rule.advice
    if "reacted" in kinds:
        standing = "reacted"
    elif "tolerated" in kinds:
        standing = "tolerated"
    return Caution(what.strip(), standing, mine, rule)


def _rule_of(name: str) -> CautionClass | None:
    classes = caution_classes()
    return classes.get(name) or next((rule for rule in classes.values() if name in rule.names), None)
