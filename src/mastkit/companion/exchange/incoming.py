"""A file that was given: what it holds, what of it is new, and what was not understood. Nothing is kept yet."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.audit.log import note
from mastkit.companion.exchange.case_sheet import facts_of_row
from mastkit.companion.exchange.laboratory import is_laboratory_table, read_values
from mastkit.companion.exchange.packed import Unpacked, is_archive, unpack
from mastkit.companion.people.access import OpenRecord
from mastkit.companion.store.facts import Outcome
from mastkit.companion.store.pictures import NoPicture, take_picture
from mastkit.record.facts import AnyFact
from mastkit.record.files import parse_record
from mastkit.record.problems import CannotRead as CannotRead
from mastkit.record.sheets.readers import parse_sheets
from mastkit.record.time import Moment

Form = Literal["record", "archive", "sheet", "laboratory"]


@dataclass
class Incoming:
    """What a file holds for a record."""

    form: Form
    new: list[AnyFact] = field(default_factory=list)
    """The facts that the record does not have yet."""
    repeated: int = 0
    """How many facts of the file the record has already."""
    clashing: list[AnyFact] = field(default_factory=list)
    """Facts whose id the record has with another content; they are not taken in."""
    not_understood: list[str] = field(default_factory=list)
    """One sentence for each thing in the file that could not be read, and why."""
    remarks: list[str] = field(default_factory=list)
    """What else one should know before saying yes."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """The pictures of an archive, by checksum."""


def understand(content: bytes, file: str, opened: OpenRecord, *, day: Moment | None = None) -> Incoming:
    """Read a file of any of the forms and compare it with the record.

    ``day`` is the time of the facts of a case sheet, which has none of its own; without it they are of today.
    Raises `CannotRead` with one sentence where the file as a whole is of no use.
    """
    now = timezone.now()
    if is_archive(content):
        unpacked = unpack(content, file)
        incoming = _record(unpacked.record, file, opened, "archive")
        _pictures(unpacked, incoming)
        return incoming
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{" and b'"mastkit-record"' in content:
        return _record(content, file, opened, "record")
    if start not in (b"{", b"[") and is_laboratory_table(content):
        return _laboratory(content, file, opened, now)
    return _sheet(content, file, opened, day, now)


def take_in(incoming: Incoming, opened: OpenRecord) -> list[Outcome]:
    """Add what is new of a file to the record, and its pictures; return what became of each fact."""
    for sha256, content in incoming.pictures.items():
        try:
            take_picture(opened.person, content, sha256, opened.actor)
        except NoPicture as error:
            incoming.not_understood.append(f"photos/{sha256}.jpg: {error}")
    outcomes = opened.add(incoming.new)
    accepted = sum(outcome.status == "accepted" for outcome in outcomes)
    note(opened.actor, opened.person, "imported", form=incoming.form, count=accepted)
    return outcomes


def _record(content: bytes, file: str, opened: OpenRecord, form: Form) -> Incoming:
    read = parse_record(content, file)
    incoming = Incoming(form, not_understood=[problem.sentence() for problem in read.problems])
    if read.record.id != opened.person.pk:
        incoming.remarks.append(_("This file is of another record. Its facts would become facts of this one."))
    if read.record.zone != opened.record.zone:
        incoming.remarks.append(
            _("The days of this file are days of %(theirs)s; those of this record are days of %(ours)s.")
            % {"theirs": read.record.zone, "ours": opened.record.zone}
        )
    clashing = {fact.id for fact in opened.record.clashes(read.record)}
    for fact in read.record:
        if fact.id in clashing:
            incoming.clashing.append(fact)
        elif fact.id in opened.record.facts:
            incoming.repeated += 1
        else:
            incoming.new.append(fact)
    return incoming


def _pictures(unpacked: Unpacked, incoming: Incoming) -> None:
    incoming.pictures = unpacked.pictures
    incoming.not_understood += [
        _("%(name)s: found a file that does not belong to a record, expected record.json and photos.")
        % {"name": name}
        for name in unpacked.strange
    ]


def _laboratory(content: bytes, file: str, opened: OpenRecord, now: datetime) -> Incoming:
    values = read_values(content, file, opened.person.pk, opened.record.zone, now)
    incoming = Incoming("laboratory", not_understood=[problem.sentence() for problem in values.problems])
    _sort(values.facts, incoming, opened)
    if values.own_names:
        incoming.remarks.append(
            ngettext(
                "This test is not in the vocabulary and is kept under its own name: %(names)s.",
                "These tests are not in the vocabulary and are kept under their own names: %(names)s.",
                len(values.own_names),
            )
            % {"names": ", ".join(values.own_names)}
        )
    return incoming


def _sheet(content: bytes, file: str, opened: OpenRecord, day: Moment | None, now: datetime) -> Incoming:
    table = parse_sheets(content, file)
    if len(table) != 1:
        raise CannotRead(
            _("%(file)s: found %(rows)s rows, expected one: a case sheet for one person.")
            % {"file": file, "rows": f"{len(table):,}"}
        )
    when = day or Moment.on(now.date(), opened.record.zone)
    row = facts_of_row(table, 0, opened.person.pk, when, now)
    incoming = Incoming("sheet", not_understood=[problem.sentence() for problem in table.problems])
    incoming.not_understood += [f"{sentence}." for sentence in row.left]
    _sort(row.facts, incoming, opened)
    return incoming


def _sort(facts: list[AnyFact], incoming: Incoming, opened: OpenRecord) -> None:
    """Tell new facts from those that were read from the same row before, or twice from this file."""
    seen = set(opened.record.facts)
    for fact in facts:
        if fact.id in seen:
            incoming.repeated += 1
        else:
            seen.add(fact.id)
            incoming.new.append(fact)
