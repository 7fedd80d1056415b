"""The emergency card: one aggregate for credit card, A4 sheet, lock screen, QR code and page."""

from dataclasses import dataclass
from datetime import date

from mastkit.record.facts import (
    Contact,
    Device,
    Diagnosis,
    EmergencyPlan,
    Measurement,
)
from mastkit.record.record import Record
from mastkit.reports.card_texts import check_language, has_word, text, word
from mastkit.reports.current import CurrentFacts, latest
from mastkit.reports.emergency_numbers import CountryNumber, numbers_of
from mastkit.reports.medicines import role_of, summarise_medicines
from mastkit.reports.pack import SELF, person_of
from mastkit.reports.questions import is_injector
from mastkit.reports.substances import is_medicine_like, known_reactions, substances, tolerated
from mastkit.reports.words import capital, number

BLUNTS_ADRENALINE = ("Beta blocker", "ACE inhibitor")


@dataclass(frozen=True)
class CardContact:
    """Somebody to call."""

    name: str
    role: str | None
    phone: str | None


@dataclass(frozen=True)
class EmergencyCard:
    """What emergency staff who never met the disease need, in one language.

    ``reacted`` and ``triggers`` are stated or suspected; ``tolerated`` are the medicines of which the
    record says so and never the opposite.
    """

    language: str
    on: date
    name: str | None
    born: str | None
    diagnosis: str
    alarms: tuple[str, ...]
    advice: tuple[str, ...]
    triggers: tuple[str, ...]
    reacted: tuple[str, ...]
    tolerated: tuple[str, ...]
    medicines: tuple[str, ...]
    injectors: tuple[str, ...]
    tryptase: str | None
    """The latest tryptase of a sample taken when the person was well, with its date."""
    contacts: tuple[CardContact, ...]
    emergency_number: str | None
    """The number that the person's own plan names."""
    numbers: tuple[CountryNumber, ...]
    """The emergency numbers of the countries chosen for travel."""
    plan: tuple[str, ...]
    plan_by: str | None


def emergency_card(
    record: Record, on: date, language: str = "en", countries: tuple[str, ...] = ()
) -> EmergencyCard:
    """Gather the card. The steps of the plan stay in the words and the language of the clinician.

    Args:
        record: the record.
        on: the day the card is made for.
        language: of the card's own texts.
        countries: codes of ISO 3166 of the countries whose emergency numbers the card shows.

    Raises `CannotRead` in one sentence for a language that the card does not have.
    """
    check_language(language)
    facts = CurrentFacts(record, on)
    all_of_them = substances(record, on)
    reacted = known_reactions(all_of_them)
    medicines = summarise_medicines(facts, facts.since_last_visit()).now
    plan = latest(facts.of(EmergencyPlan))
    person = person_of(facts)
    return EmergencyCard(
        language=language,
        on=on,
        name=person.name,
        born=person.born,
        diagnosis=_diagnosis(facts, language),
        alarms=_alarms(facts, language),
        advice=_advice(facts, [one.code for one in medicines], language),
        triggers=tuple(word("trigger", one.code, language) for one in reacted if not is_medicine_like(one)),
        reacted=tuple(word("trigger", one.code, language) for one in reacted if is_medicine_like(one)),
        tolerated=tuple(
            word("trigger", one.code, language) for one in tolerated(all_of_them) if is_medicine_like(one)
        ),
        medicines=tuple(dict.fromkeys(one.medicine for one in medicines)),
        injectors=tuple(
            one.place or one.name or ""
            for one in facts.of(Device)
            if is_injector(one) and one.gone is None and (one.place or one.name)
        ),
        tryptase=_tryptase(facts),
        contacts=contacts_of(facts),
        emergency_number=plan.emergency_number if plan else None,
        numbers=numbers_of(countries, language),
        plan=plan.steps if plan else (),
        plan_by=plan.written_by if plan else None,
    )


def plain_text(card: EmergencyCard, longest: int = 700) -> str:
    """Return the card as plain text, for the QR code: read with any camera, no program, no network.

    The alarms come first and are never cut; lists are shortened until the text is short enough.
    """
    for most in (12, 8, 5, 3, 1):
        lines = _lines(card, most)
        if len("\n".join(lines).encode()) <= longest:
            break
    return "\n".join(lines)


def _lines(card: EmergencyCard, most: int) -> list[str]:
    language = card.language

    def listed(label: str, items: tuple[str, ...]) -> list[str]:
        if not items:
            return []
        more = ["…"] if len(items) > most else []
        return [f"{text(label, language)}: {', '.join([*items[:most], *more])}"]

    starred = any(one.recalled for one in [one for one in card.numbers if one.number][:most])
    who = ", ".join(word for word in (card.name, card.born) if word)
    return [
        f"{text('title', language).upper()}: {card.diagnosis}",
        *([who] if who else []),
        *card.alarms,
        *listed("emergency_number", (card.emergency_number,) if card.emergency_number else ()),
        *listed("numbers_abroad", known_lines(card)),
        *listed("number_unknown", unknown_names(card)),
        *([text("number_recalled", language)] if starred else []),
        *listed("not_tolerated", card.reacted),
        *listed("triggers", card.triggers),
        *listed("tolerated", card.tolerated),
        *listed("medicines", card.medicines),
        *listed("contact", tuple(contact_line(one) for one in card.contacts[:2])),
        f"{text('updated', language)} {card.on}",
    ]


def contact_line(one: CardContact) -> str:
    """Return a contact in one line."""
    return " ".join(word for word in (one.name, one.phone) if word)


def known_lines(card: EmergencyCard) -> tuple[str, ...]:
    """Return the chosen countries whose number is known, a line each."""
    return tuple(one.line() for one in card.numbers if one.number)


def unknown_names(card: EmergencyCard) -> tuple[str, ...]:
    """Return the chosen countries whose number is not known here: nothing is guessed in its place."""
    return tuple(one.line() for one in card.numbers if not one.number)


def _diagnosis(facts: CurrentFacts, language: str) -> str:
    stated = latest(one for one in facts.of(Diagnosis) if one.status not in ("ruled_out", "past"))
    if stated is None:
        return capital(word("diagnosis", "mastocytosis", language))
    if stated.code and has_word("diagnosis", stated.code):
        return capital(word("diagnosis", stated.code, language))
    return stated.label


def _alarms(facts: CurrentFacts, language: str) -> tuple[str, ...]:
    keys = ["disease", "adrenaline", "no_hives"]
    if facts.had_anaphylaxis():
        keys.append("anaphylaxis_before")
    return tuple(text(key, language) for key in keys)


def _advice(facts: CurrentFacts, medicines: list[str], language: str) -> tuple[str, ...]:
    keys = ["tryptase"]
    if any(role in role_of(code) for code in medicines for role in BLUNTS_ADRENALINE):
        keys.insert(0, "blocker")
    keys.append("skin")
    if facts.found("osteoporosis", "vertebral_fracture", "fracture"):
        keys.append("bones")
    return tuple(text(key, language) for key in keys)


def _tryptase(facts: CurrentFacts) -> str | None:
    found = latest(one for one in facts.of(Measurement) if one.code == "tryptase" and one.context == "baseline")
    return f"{number(found.quantity)} ({facts.day(found)})" if found else None


def contacts_of(facts: CurrentFacts) -> tuple[CardContact, ...]:
    """Return whom to call, those for an emergency first; the person and those without a number left out."""
    others = [one for one in facts.of(Contact) if (one.role or "").casefold() not in SELF and one.phone]
    ordered = sorted(others, key=lambda one: (not one.emergency, one.name))
    return tuple(CardContact(one.name, one.role, one.phone) for one in ordered)
