"""The sections of a record: what the owner shares or keeps to themselves. Each kind of fact lies in one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from mastkit.record.facts import AnyFact, Measurement


class Section(TextChoices):
    """A part of a record that is shared as a whole."""

    FLARES = "flares", _("Flares and daily check-ins")
    EXPOSURES = "exposures", _("Exposures to possible triggers")
    MEDICINES = "medicines", _("Medicines, doses and auto-injectors")
    TESTS = "tests", _("Test results, findings and procedures")
    CONDITION = "condition", _("The condition: diagnoses, age, sex, questionnaires")
    EMERGENCY = "emergency", _("Emergency plan and contacts")
    APPOINTMENTS = "appointments", _("Appointments and questions")
    PHOTOS = "photos", _("Photos")
    NOTES = "notes", _("Notes")


SECTION_OF_KIND = {
    "flare": Section.FLARES,
    "check_in": Section.FLARES,
    "emergency_act": Section.FLARES,
    "exposure": Section.EXPOSURES,
    "dose": Section.MEDICINES,
    "medicine_course": Section.MEDICINES,
    "device": Section.MEDICINES,
    "measurement": Section.TESTS,
    "finding": Section.TESTS,
    "procedure": Section.TESTS,
    "variant": Section.TESTS,
    "diagnosis": Section.CONDITION,
    "questionnaire_answer": Section.CONDITION,
    "sex": Section.CONDITION,
    "birth_date": Section.CONDITION,
    "emergency_plan": Section.EMERGENCY,
    "contact": Section.EMERGENCY,
    "appointment": Section.APPOINTMENTS,
    "question": Section.APPOINTMENTS,
    "photo": Section.PHOTOS,
    "note": Section.NOTES,
}
"""The section of each kind of fact; a retraction lies where the fact lies that it withdraws."""

ALL_SECTIONS = frozenset(Section)

DOCUMENT = ALL_SECTIONS - {Section.PHOTOS, Section.NOTES}
"""What documents are made of: from less they would say "not written down" of what is only not shared."""

TRIGGERS = frozenset({Section.FLARES, Section.EXPOSURES})
"""What one has to see to be told which exposures go with flares."""

DESK_CARD = frozenset({Section.FLARES, Section.TESTS, Section.CONDITION, Section.EMERGENCY})
"""What the card for the emergency desk is made of."""

SEVERITY_READING = "flare-severity"
"""The code of a measurement that says how bad a flare was at a moment."""


def section_of_fact(fact: AnyFact) -> Section | None:
    """Return the section of a fact, None of a retraction.

    What belongs to a flare lies with the flares whatever its kind, so that who may log flares can log them whole.
    """
    match fact:
        case Measurement(code=code) if code == SEVERITY_READING:
            return Section.FLARES
    return SECTION_OF_KIND.get(fact.kind)
