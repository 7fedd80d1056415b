"""What a record says of one flare, as values of the variables that the definitions ask about.

A sign that nobody mentioned is unknown, not absent: a person in a flare does not write down what is not there.
Absent is what a check-in during the flare asked for and found not ticked, and a symptom of severity 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mastkit.followup.signs import (
    STINGS,
    coded,
    is_understood,
    reading_times,
    sign_variables,
    signs_absent,
    signs_present,
)
from mastkit.followup.view import RecordView
from mastkit.logic.values import Fact, Interval
from mastkit.record.facts import Exposure, Flare, Measurement
from mastkit.record.quantity import Quantity, UnitDoesNotFit
from mastkit.record.time import Moment, zone_of

KNOWN_TRIGGER = "known-trigger"
"""Code of a finding that names, as its value, a trigger to which the person is known to react."""

_VITAL = {"sbp": ("sbp", "mm[Hg]", min), "spo2": ("spo2_min", "%", min), "heart-rate": ("pulse", "/min", max)}
"""Code of a measurement: the variable, its unit, and which of several values counts."""


@dataclass(frozen=True, slots=True)
class Before:
    """Something that went before a flare.

    Attributes:
        hours: shortest and longest time before the onset.
        known: a known trigger of this person.
        suspected: named by the person as what may have set it off.
    """

    code: str
    hours: tuple[float, float]
    known: bool
    suspected: bool


@dataclass(frozen=True)
class FlareValues:
    """What is known of one flare.

    Attributes:
        values: by name of variable.
        rests_on: for each of these, what it rests on, in words.
        before: what went before it.
        not_understood: symptoms in the person's own words, which no rule can use.
        remarks: what else a reader should know.
    """

    values: dict[str, Fact]
    rests_on: dict[str, str]
    before: tuple[Before, ...]
    not_understood: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def after_a_sting(self) -> bool:
        """Whether an insect sting surely went before, or is suspected."""
        return any(coded(b.code) in STINGS and (b.suspected or b.known) for b in self.before)

    def complete(self) -> dict[str, Fact]:
        """The values if nothing else was there: every sign that was not mentioned is absent."""
        return dict.fromkeys(sign_variables(), False) | self.values


def flare_values(view: RecordView, flare: Flare) -> FlareValues:
    """Read one flare of a record."""
    values: dict[str, Fact] = {}
    rests_on: dict[str, str] = {}
    remarks: list[str] = []
    present, absent = _symptoms(view, flare)
    for sign in signs_absent(absent):
        values[sign], rests_on[sign] = False, "asked for during the flare, or rated 0, and not there"
    for sign, code in signs_present(present).items():
        values[sign], rests_on[sign] = True, code
    if flare.time.precision == "minute":
        values["acute_onset"] = True
        rests_on["acute_onset"] = "the flare has a beginning known to the minute"
    _age(view, flare, values, rests_on)
    _vitals(view, flare, values, rests_on, remarks)
    before = _what_went_before(view, flare)
    _trigger(before, values, rests_on)
    unknown = tuple(dict.fromkeys(code for code in present if not is_understood(code)))
    return FlareValues(values, rests_on, before, unknown, tuple(remarks))


def _symptoms(view: RecordView, flare: Flare) -> tuple[list[str], list[str]]:
    """The codes that were there, and those that were looked for and not there."""
    present = [s.code for s in flare.symptoms if s.severity != 0]
    absent = [s.code for s in flare.symptoms if s.severity == 0]
    end = flare.end.interval()[1] if flare.end is not None else flare.time.interval()[1]
    for fact in view.check_ins.near(flare.time.at, end):
        if _during(fact.time, flare):
            ticked = {item.code for item in fact.ticked if item.severity != 0}
            present += [code for code in fact.asked if code in ticked]
            absent += [code for code in fact.asked if code not in ticked]
    return present, [code for code in absent if code not in present]


def _during(time: Moment, flare: Flare) -> bool:
    """Whether a moment known to the minute lies in the flare; an unknown end is taken to be hours later."""
    if time.precision != "minute":
        return False
    if flare.end is not None:
        end = flare.end.interval()[1]
    else:
        end = flare.time.at + timedelta(hours=reading_times().exposure_before)
    return flare.time.interval()[0] <= time.at < end


def _age(view: RecordView, flare: Flare, values: dict[str, Fact], rests_on: dict[str, str]) -> None:
    born, record = view.birth, view.record
    if born is None:
        return
    start = Moment.on(born.born, record.zone, born.precision)
    first_birthday, last_birthday = _days(start, record.zone)
    first_day, last_day = _days(flare.time, record.zone)
    youngest, oldest = _years(last_birthday, first_day), _years(first_birthday, last_day)
    if oldest >= 0:
        values["age_at_event"] = Interval(max(youngest, 0), oldest)
        rests_on["age_at_event"] = f"born {start}"


def _days(time: Moment, zone: str) -> tuple[date, date]:
    """The first and the last day that a moment can mean."""
    begin, end = time.interval()
    last = end - timedelta(microseconds=1)
    return begin.astimezone(zone_of(zone)).date(), last.astimezone(zone_of(zone)).date()


def _years(born: date, on: date) -> int:
    """Completed years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _vitals(
    view: RecordView, flare: Flare, values: dict[str, Fact], rests_on: dict[str, str], remarks: list[str]
) -> None:
    ids = view.ids_of(flare)
    for code, (name, unit, counts) in _VITAL.items():
        during: list[tuple[Interval, Measurement]] = []
        usual: list[tuple[Interval, Measurement]] = []
        for fact in view.measurements.get(code, []):
            for_an_event = fact.flare is None and fact.context == "event"
            linked = fact.flare in ids or (for_an_event and _during(fact.time, flare))
            if not linked and fact.context != "baseline":
                continue
            try:
                found = (interval_of(fact.quantity, unit), fact)
            except UnitDoesNotFit as error:
                remarks.append(f"{code} {fact.quantity} is not used: expected {error}")
                continue
            (during if linked else usual).append(found)
        if during:
            lows, highs = [i.low for i, _ in during], [i.high for i, _ in during]
            values[name] = Interval(counts(lows), counts(highs))
            rests_on[name] = ", ".join(f"{m.quantity} ({m.time})" for _, m in during)
        if usual and name != "spo2_min":
            earlier = [pair for pair in usual if pair[1].time.at <= flare.time.at] or usual
            interval, measurement = max(earlier, key=lambda pair: pair[1].time.at)
            values[f"{name}_baseline"] = interval
            rests_on[f"{name}_baseline"] = f"{measurement.quantity} ({measurement.time})"


def interval_of(quantity: Quantity, unit: str) -> Interval:
    """What a quantity permits, in a unit. Raises `UnitDoesNotFit`."""
    value = quantity.to(unit).value
    match quantity.comparator:
        case ">":
            return Interval(math.nextafter(value, math.inf), math.inf)
        case ">=":
            return Interval(value, math.inf)
        case "<":
            return Interval(0.0, max(0.0, math.nextafter(value, -math.inf)))
        case "<=":
            return Interval(0.0, max(0.0, value))
        case None:
            return Interval(value, value)


def _what_went_before(view: RecordView, flare: Flare) -> tuple[Before, ...]:
    """The exposures that may lie within the hours before the onset, latest last."""
    known = view.values_found(KNOWN_TRIGGER)
    suspected = {coded(word) for word in flare.suspected}
    longest = reading_times().exposure_before
    found = []
    earliest = flare.time.at - timedelta(hours=longest)
    for fact in view.exposures.near(earliest, flare.time.interval()[1]):
        if fact.symptoms_already_there:
            continue
        least, most = _hours_before(fact, flare)
        if most >= 0 and least <= longest:
            code = coded(fact.code)
            found.append(Before(fact.code, (least, most), code in known, code in suspected))
    return tuple(sorted(found, key=lambda b: -b.hours[1]))


def _hours_before(fact: Exposure, flare: Flare) -> tuple[float, float]:
    """Hours from an exposure (its end, if it lasted) to the onset; below 0 where it may have come after."""
    least, most = (t / timedelta(hours=1) for t in flare.time.elapsed_since(fact.time))
    if fact.end is None or least < 0:
        return least, most
    since_end = [t / timedelta(hours=1) for t in flare.time.elapsed_since(fact.end)]
    return max(since_end[0], 0.0), max(since_end[1], 0.0)


def _trigger(before: Iterable[Before], values: dict[str, Fact], rests_on: dict[str, str]) -> None:
    longest = reading_times().exposure_before
    surely = [b for b in before if b.hours[0] >= 0 and b.hours[1] <= longest]
    known = [b.code for b in surely if b.known]
    suspected = [b.code for b in surely if b.suspected]
    if known:
        values["trigger"], rests_on["trigger"] = "known", f"{known[0]}, a known trigger of this person"
    elif suspected:
        values["trigger"] = "suspected"
        rests_on["trigger"] = f"{suspected[0]}, named as what may have set it off: at least likely"
