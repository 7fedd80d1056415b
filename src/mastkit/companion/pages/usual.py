"""What this person usually logs: the pick lists of the logger, from their own record first."""

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from mastkit.companion.pages.labels import label
from mastkit.record import facts as f
from mastkit.record.record import Record
from mastkit.vocabulary.terms import terms

LATELY = timedelta(days=120)
ADRENALINE = "epinephrine"


def usual_symptoms(record: Record, now: datetime, most: int = 6) -> list[str]:
    """Return the codes of the symptoms that come most often, filled up with common ones."""
    ticked = (
        one.code for fact in _recent(record, now, "check_in") if isinstance(fact, f.CheckIn) for one in fact.ticked
    )
    felt = (
        one.code for fact in _recent(record, now, "flare") if isinstance(fact, f.Flare) for one in fact.symptoms
    )
    symptoms = {code for kind, code in terms() if kind == "symptom"}
    return _most_used([code for code in (*felt, *ticked) if code in symptoms], _common("symptom"), most)


def usual_exposures(record: Record, now: datetime, most: int = 8) -> list[str]:
    """Return the codes of the exposures that are logged most often, filled up with common ones."""
    met = (fact.code for fact in _recent(record, now, "exposure") if isinstance(fact, f.Exposure))
    suspected = (
        code for fact in _recent(record, now, "flare") if isinstance(fact, f.Flare) for code in fact.suspected
    )
    return _most_used([*met, *suspected], _common("exposure"), most)


def usual_medicines(record: Record, now: datetime, most: int = 6) -> list[tuple[str, str]]:
    """Return medicines with their usual amount in words: those that are taken, then those that are prescribed.

    Adrenaline has a button of its own. No medicine is suggested to somebody who has none in the record.
    """
    doses = [fact for fact in _recent(record, now, "dose") if isinstance(fact, f.Dose) and fact.status == "taken"]
    courses = [
        fact
        for fact in record.of_kind("medicine_course")
        if isinstance(fact, f.MedicineCourse) and fact.end is None
    ]
    as_needed = [fact.medicine for fact in courses if fact.as_needed]
    others = [fact.medicine for fact in courses if not fact.as_needed]
    taken = [code for code, _ in Counter(fact.medicine for fact in doses).most_common()]
    ordered = [code for code in dict.fromkeys([*as_needed, *taken, *others]) if code != ADRENALINE]
    amounts = {fact.medicine: fact.amount_text or "" for fact in doses}
    return [(code, amounts.get(code, "")) for code in ordered[:most]]


def asked_items(record: Record, now: datetime) -> list[tuple[str, str]]:
    """Return what the daily check-in asks: pairs of "symptom" or "exposure" and a code, none twice."""
    symptoms = [("symptom", code) for code in usual_symptoms(record, now, 5)]
    taken = {code for _, code in symptoms}
    return symptoms + [("exposure", code) for code in usual_exposures(record, now, 7) if code not in taken]


def other_symptoms(shown: Iterable[str]) -> list[str]:
    """Return the codes of all other symptoms of the vocabulary."""
    there = set(shown)
    return [code for kind, code in terms() if kind == "symptom" and code not in there]


def labelled(codes: Iterable[str], kind: str) -> list[dict[str, str]]:
    """Return codes with their labels, as the program in the page reads them."""
    return [{"code": code, "label": label(code, kind)} for code in codes]


@cache
def red_flags() -> tuple[str, ...]:
    """Return the codes of the symptoms at which the emergency plan is shown; the sources stand in the file."""
    return tuple(row["symptom"] for row in _rows("red_flags.csv"))


@cache
def _common(what: str) -> tuple[str, ...]:
    return tuple(row["code"] for row in _rows("usual.csv") if row["what"] == what)


def _rows(name: str) -> list[dict[str, str]]:
    text = files("mastkit.companion").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _recent(record: Record, now: datetime, kind: str) -> list[f.AnyFact]:
    start = now - LATELY
    return [fact for fact in record.of_kind(kind) if isinstance(fact, f.DatedFact) and fact.time.at >= start]


def _most_used(codes: Iterable[str], common: Iterable[str], most: int) -> list[str]:
    used = [code for code, _ in Counter(codes).most_common(most)]
    return list(dict.fromkeys([*used, *common]))[:most]
