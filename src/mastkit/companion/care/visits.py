"""Preparing an appointment: which visit, which speciality, which questions first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mastkit.companion.care.in_words import asked_in_words, question_as_kept
from mastkit.companion.pages.describe import Line, describe
from mastkit.companion.pages.trigger_results import triggers_of
from mastkit.record.facts import Appointment, Question
from mastkit.record.record import Record
from mastkit.record.time import zone_of
from mastkit.reports.pack import AppointmentPack, appointment_pack
from mastkit.reports.questions import TOP, question_bank


@dataclass(frozen=True)
class VisitPage:
    """The preparation of a visit."""

    appointment: Appointment | None
    line: Line | None
    speciality: str
    specialities: tuple[str, ...]
    first: tuple[str, ...]
    """The questions that are asked first, padded to three."""
    others: tuple[str, ...]
    """Further questions to choose from: own ones, suggested ones, and those of the bank."""
    pack: AppointmentPack


def specialities() -> tuple[str, ...]:
    """Return the specialities for which there are questions."""
    return tuple(
        dict.fromkeys(one.speciality for one in question_bank() if one.speciality not in ("all", "speciality"))
    )


def visit_page(
    record: Record, zone: str, now: datetime, appointment: UUID | None, speciality: str, chosen: tuple[str, ...]
) -> VisitPage:
    """Return the preparation of a planned appointment, or of a visit that is in no record yet."""
    found = find_appointment(record, appointment)
    wanted = speciality or (found.speciality if found is not None and found.speciality else "")
    today = now.astimezone(zone_of(zone)).date()
    kept = tuple(question_as_kept(text) for text in chosen)
    pack = appointment_pack(record, today, speciality=wanted or None, triggers=triggers_of, chosen_questions=kept)
    pack = asked_in_words(pack, {one.text for one in questions(record)})
    first = chosen or tuple(one.text for one in pack.top_questions)
    return VisitPage(
        appointment=found,
        line=describe(found, zone) if found is not None else None,
        speciality=wanted,
        specialities=specialities(),
        first=(*first, *[""] * TOP)[:TOP],
        others=tuple(one.text for one in (*pack.top_questions, *pack.more_questions)),
        pack=pack,
    )


def find_appointment(record: Record, appointment: UUID | None) -> Appointment | None:
    """Return an appointment of the record as it stands now."""
    if appointment is None:
        return None
    line = {one.id for one in record.history(appointment)} | {appointment}
    return next((one for one in record.current() if isinstance(one, Appointment) and one.id in line), None)


def appointments(record: Record, zone: str, now: datetime) -> tuple[list[Line], list[Line]]:
    """Return the appointments that are planned, soonest first, and those that are over, latest first."""
    found = sorted((one for one in record.current() if isinstance(one, Appointment)), key=lambda one: one.time.at)
    today = now.astimezone(zone_of(zone)).date()
    ahead = [one for one in found if one.status == "planned" and one.time.day(zone) >= today]
    over = [one for one in reversed(found) if one not in ahead]
    return [describe(one, zone) for one in ahead], [describe(one, zone) for one in over]


def questions(record: Record) -> list[Question]:
    """Return the person's questions, those without an answer first, by rank."""
    found = [one for one in record.current() if isinstance(one, Question)]
    return sorted(found, key=lambda one: (one.answer is not None, one.rank or 1_000, one.recorded_at))
