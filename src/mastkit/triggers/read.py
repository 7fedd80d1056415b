"""A diary read from the facts of a record."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

import numpy as np

from mastkit.record.facts import AnyFact, CheckIn, Dose, Exposure, Finding, Flare, MedicineCourse, Note
from mastkit.record.record import Record
from mastkit.record.time import zone_of
from mastkit.triggers.diary import NO, UNKNOWN, YES, Diary, Exposures, Flares, Hours, LeftOut
from mastkit.triggers.traits import plain_code, traits_of

LONGEST = 730
"""Days looked at, back from the last entry: older diaries are about another time of life."""
FEWEST_CHECK_INS = 28
"""With fewer check-ins, days with any other entry count as days on which the diary was kept."""
NIGHT = time(4)
EVENING = time(17)
"""A check-in from here on until the night looks back on a day; an earlier one speaks of its moment alone."""
"""A check-in before this hour is about the day before."""
CLOCK_TOLERANCE = timedelta(minutes=10)
BULK, BULK_DELAY = 20, timedelta(hours=24)
"""So many entries in one minute, about things so long ago, come from an import."""
TOGETHER = timedelta(minutes=10)
"""An exposure entered so near to a check-in was entered in it."""
ASKED_WITHIN = timedelta(hours=36)
"""A check-in made longer after an exposure asks a memory that has had time to choose."""
REACTION = timedelta(hours=6)
DOSE_ACTS = 24.0
"""Hours that a daily dose is taken to act."""


def read_diary(record: Record) -> Diary:
    """Read the diary of a record. The order of the facts makes no difference."""
    facts = record.current()
    flares = [fact for fact in facts if isinstance(fact, Flare)]
    exposures = _exposures(facts)
    timed_flares, timed, left_out, bulk = _usable(flares, exposures)
    days = _days(record, [*timed_flares, *timed], [f for f in facts if isinstance(f, CheckIn)])
    if not days:
        return _nothing(left_out, _known(facts, exposures))
    zone = zone_of(record.zone)
    edges = [datetime.combine(day, time(), zone).astimezone(UTC) for day in (*days, _next(days[-1]))]
    start = edges[0]

    def hour(when: datetime) -> float:
        return (when - start) / timedelta(hours=1)

    observed, asked_daily = _observed(record.zone, days, facts)
    known = _known(facts, exposures)
    codes = sorted({code for _, code in timed})
    timed_flares = [flare for flare in timed_flares if edges[0] <= flare.time.at < edges[-1]]
    timed = [(fact, code) for fact, code in timed if edges[0] <= fact.time.at < edges[-1]]
    clock_from, clock_shift = _clock(facts, start, edges[-1], record.zone)
    return Diary(
        start=start,
        codes=tuple(codes),
        day_edges=np.array([hour(edge) for edge in edges]),
        observed=np.array(observed, dtype=bool),
        flares=Flares(
            np.array([hour(flare.time.at) for flare in timed_flares]),
            np.array([hour((flare.end or flare.time).at) for flare in timed_flares]),
            np.array([hour(flare.recorded_at) for flare in timed_flares]),
        ),
        exposures=Exposures(
            np.array([codes.index(code) for _, code in timed], dtype=np.int64),
            np.array([hour(fact.time.at) for fact, _ in timed]),
            np.array([hour(fact.time.at if fact.id in bulk else fact.recorded_at) for fact, _ in timed]),
            np.array([_answer(fact) for fact, _ in timed], dtype=np.int64),
            np.array(_asked(timed, facts, record.zone), dtype=bool),
        ),
        medicines=MappingProxyType(_medicines(facts, start, edges[-1])),
        clock_from=clock_from,
        clock_shift=clock_shift,
        known=MappingProxyType(known),
        words=MappingProxyType(_words(exposures)),
        suspected=frozenset(plain_code(word) for flare in flares for word in flare.suspected),
        asked_daily=asked_daily,
        left_out=left_out,
    )


def _exposures(facts: Iterable[AnyFact]) -> list[tuple[Exposure | Dose, str]]:
    """Return exposures, and doses of medicines that are looked at as exposures, with their plain codes.

    A dose taken for a flare is no exposure: it comes because the flare has begun.
    """
    found: list[tuple[Exposure | Dose, str]] = []
    for fact in facts:
        match fact:
            case Exposure():
                found.append((fact, plain_code(fact.code) or fact.code))
            case Dose(status="taken", flare=None) if traits_of(fact.medicine).code == "nsaid":
                found.append((fact, plain_code(fact.medicine)))
    return sorted(found, key=lambda item: (item[0].time.at, item[1], item[0].recorded_at, item[0].id))


def _words(exposures: list[tuple[Exposure | Dose, str]]) -> dict[str, str]:
    """Return how each code was written when it was written first."""
    words: dict[str, str] = {}
    for fact, code in exposures:
        words.setdefault(code, fact.code if isinstance(fact, Exposure) else fact.medicine)
    return words


def _usable(
    flares: list[Flare], exposures: list[tuple[Exposure | Dose, str]]
) -> tuple[list[Flare], list[tuple[Exposure | Dose, str]], LeftOut, set[object]]:
    """Leave out what has no hour or cannot be; count what came in bulk and what was entered twice."""
    everything: list[Flare | Exposure | Dose] = [*flares, *(fact for fact, _ in exposures)]
    timeless = {fact.id for fact in everything if fact.time.precision != "minute"}
    wrong = {f.id for f in everything if f.recorded_at < f.time.at - CLOCK_TOLERANCE} - timeless
    minutes: dict[datetime, list[Flare | Exposure | Dose]] = {}
    for fact in everything:
        minutes.setdefault(fact.recorded_at.replace(second=0, microsecond=0), []).append(fact)
    bulk: set[object] = set()
    for together in minutes.values():
        delays = sorted(fact.recorded_at - fact.time.at for fact in together)
        if len(together) >= BULK and delays[len(delays) // 2] > BULK_DELAY:
            bulk |= {fact.id for fact in together}
    kept, seen, doubles = [], set(), 0
    for fact, code in exposures:
        if fact.id in timeless or fact.id in wrong:
            continue
        key = (code, fact.time.at.replace(second=0, microsecond=0))
        doubles += key in seen
        if key not in seen:
            kept.append((fact, code))
        seen.add(key)
    usable = [flare for flare in flares if flare.id not in timeless and flare.id not in wrong]
    usable.sort(key=lambda flare: (flare.time.at, flare.id))
    return usable, kept, LeftOut(len(timeless), len(wrong), len(bulk), doubles), bulk


def _days(
    record: Record, entries: list[Flare | tuple[Exposure | Dose, str]], check_ins: list[CheckIn]
) -> list[date]:
    """Return all days from the first entry to the last."""
    days = {(entry[0] if isinstance(entry, tuple) else entry).time.day(record.zone) for entry in entries}
    days |= {_day_of(check_in, record.zone) for check_in in check_ins if _is_daily(check_in, record.zone)}
    if not days:
        return []
    last = max(days)
    first = max(min(days), last - timedelta(days=LONGEST - 1))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _is_daily(check_in: CheckIn, zone: str) -> bool:
    """Whether a check-in is about a whole day: said to be, or made in the evening or the night after it."""
    if check_in.time.precision == "minute":
        local = check_in.time.at.astimezone(zone_of(zone)).time()
        return local >= EVENING or local < NIGHT
    return check_in.time.precision == "day"


def _day_of(check_in: CheckIn, zone: str) -> date:
    """Return the day that a check-in is about: after midnight, the day before."""
    day = check_in.time.day(zone)
    local = check_in.time.at.astimezone(zone_of(zone))
    late = check_in.time.precision == "minute" and local.time() < NIGHT
    return day - timedelta(days=1) if late else day


def _observed(zone: str, days: list[date], facts: Iterable[AnyFact]) -> tuple[list[bool], bool]:
    """Tell for each day whether the diary was kept, and whether check-ins say so."""
    facts = list(facts)
    asked = {_day_of(fact, zone) for fact in facts if isinstance(fact, CheckIn) and _is_daily(fact, zone)}
    if len(asked & set(days)) >= FEWEST_CHECK_INS:
        return [day in asked for day in days], True
    # Flares do not count here: a day with nothing but a flare says nothing about quiet days.
    kept = {
        fact.time.day(zone)
        for fact in facts
        if isinstance(fact, Exposure | Dose | Note) and fact.time.precision in ("minute", "day")
    }
    return [day in asked or day in kept for day in days], False


def _asked(timed: list[tuple[Exposure | Dose, str]], facts: Iterable[AnyFact], zone: str) -> list[bool]:
    """Tell of each exposure whether it was entered in the check-in of its day, which asked for it."""
    made: dict[tuple[date, str], list[datetime]] = {}
    for fact in facts:
        if isinstance(fact, CheckIn) and _is_daily(fact, zone):
            for item in fact.asked:
                made.setdefault((_day_of(fact, zone), plain_code(item)), []).append(fact.recorded_at)
    return [
        any(
            abs(fact.recorded_at - when) <= TOGETHER and when <= fact.time.at + ASKED_WITHIN
            for when in made.get((fact.time.day(zone), code), ())
        )
        for fact, code in timed
    ]


def _answer(fact: Exposure | Dose) -> int:
    answer = fact.symptoms_already_there if isinstance(fact, Exposure) else None
    return UNKNOWN if answer is None else YES if answer else NO


def _known(facts: Iterable[AnyFact], exposures: list[tuple[Exposure | Dose, str]]) -> dict[str, str]:
    """Return known severe reactions: what was named, or else came before, an anaphylaxis; stated allergies."""
    known: dict[str, str] = {}
    for fact in facts:
        match fact:
            case Flare(anaphylaxis=True):
                named = {plain_code(word) for word in fact.suspected}
                before = {
                    code
                    for other, code in exposures
                    if other.time.precision == "minute" and timedelta(0) <= fact.time.at - other.time.at < REACTION
                }
                for code in sorted(named or before):
                    known.setdefault(code, f"anaphylaxis on {fact.time.day(fact.time.zone)}")
            case Finding(code="hymenoptera_trigger", state="present"):
                known.setdefault("insect-sting", "an insect sting has set off a reaction")
            case Finding(code="ige_allergy_confirmed", state="present"):
                detail = fact.value or fact.method
                known.setdefault("allergen", "an allergy was confirmed" + (f" ({detail})" if detail else ""))
    return known


def _medicines(facts: Iterable[AnyFact], start: datetime, end: datetime) -> dict[str, Hours]:
    """Return the spans in which each medicine against flares was acting.

    Logged doses say more than a course; a course says more than nothing. What is taken only when needed, or
    for a flare, is no protection against the next one.
    """
    facts = list(facts)
    as_needed = {plain_code(f.medicine) for f in facts if isinstance(f, MedicineCourse) and f.as_needed}
    doses = [
        fact
        for fact in facts
        if isinstance(fact, Dose) and fact.status == "taken" and fact.flare is None
        and fact.time.precision in ("minute", "day") and traits_of(fact.medicine).code != "nsaid"
    ]  # fmt: skip
    often = Counter(plain_code(dose.medicine) for dose in doses)
    spans: dict[str, list[tuple[float, float]]] = {}
    for dose in doses:
        name = plain_code(dose.medicine)
        if often[name] >= 10 and name not in as_needed:
            begin = (dose.time.at - start) / timedelta(hours=1)
            spans.setdefault(name, []).append((begin, begin + DOSE_ACTS))
    for fact in facts:
        if isinstance(fact, MedicineCourse) and not fact.as_needed:
            name = plain_code(fact.medicine)
            if often[name] < 10:
                begin = (fact.time.at - start) / timedelta(hours=1)
                until = ((fact.end.at if fact.end else end) - start) / timedelta(hours=1)
                spans.setdefault(name, []).append((begin, max(begin, until)))
    return {name: np.array(sorted(rows)) for name, rows in sorted(spans.items())}


def _clock(facts: Iterable[AnyFact], start: datetime, end: datetime, zone: str) -> tuple[Hours, Hours]:
    """Return what the clock on the wall showed: in the zone of the last entry, across clock changes."""
    moves = sorted(
        (fact.time.at, fact.time.zone)
        for fact in facts
        if isinstance(fact, Flare | Exposure | CheckIn) and fact.time.precision == "minute"
    )
    track = [(start, moves[0][1] if moves else zone)]
    for at, there in moves:
        if start < at < end and there != track[-1][1]:
            track.append((at, there))
    froms, shifts = [], []
    for (at, there), (until, _) in zip(track, [*track[1:], (end, zone)], strict=True):
        for moment in _clock_changes(at, until, there):
            offset = moment.astimezone(zone_of(there)).utcoffset() or timedelta(0)
            froms.append((moment - start) / timedelta(hours=1))
            shifts.append((offset + timedelta(hours=start.hour, minutes=start.minute)) / timedelta(hours=1))
    return np.array(froms), np.array(shifts)


def _clock_changes(begin: datetime, end: datetime, zone: str) -> list[datetime]:
    """Return the beginning, and every clock change until the end, to the hour."""
    where, found, at = zone_of(zone), [begin], begin

    def offset(moment: datetime) -> timedelta | None:
        return moment.astimezone(where).utcoffset()

    while at < end:
        later = min(at + timedelta(days=7), end)
        if offset(later) != offset(at):
            low, high = at, later
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        at = later
    return found


def _nothing(left_out: LeftOut, known: dict[str, str]) -> Diary:
    none = np.zeros(0)
    nobody = Flares(none, none, none)
    nothing = Exposures(none.astype(np.int64), none, none, none.astype(np.int64), none.astype(bool))
    return Diary(
        datetime(2000, 1, 1, tzinfo=UTC),
        (),
        none,
        none.astype(bool),
        nobody,
        nothing,
        known=MappingProxyType(known),
        left_out=left_out,
    )
