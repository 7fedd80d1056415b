"""Flares of a period: how many, how severe, what was suspected, which rescue medicines were used."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mastkit.record.facts import Dose, Flare
from mastkit.reports.current import CurrentFacts, Period
from mastkit.reports.words import is_adrenaline, plain, substance, symptom

BANDS = ((7, 10), (4, 6), (1, 3), (0, 0))
"""Groups of the severity scale, for counting only: our own, not published cut-offs."""

WORST_SHOWN = 8


@dataclass(frozen=True)
class Count:
    """How often something occurred."""

    what: str
    times: int


@dataclass(frozen=True)
class FlareLine:
    """One flare in words. ``duration_minutes`` is none where an end or a minute is not known."""

    id: UUID
    day: date
    began: str
    duration_minutes: int | None
    severity: int | None
    anaphylaxis: bool | None
    symptoms: tuple[str, ...]
    suspected: tuple[str, ...]
    rescue: tuple[str, ...]


@dataclass(frozen=True)
class FlareSummary:
    """The flares of a period, counted."""

    period: Period
    count: int
    count_before: int
    """Flares in the same length of time before the period."""
    days_with_flares: int
    anaphylaxis: int
    """Flares that were judged to be anaphylaxis."""
    anaphylaxis_open: int
    """Flares for which nobody wrote down whether it was anaphylaxis: unknown, not no."""
    by_severity: tuple[Count, ...]
    by_suspected: tuple[Count, ...]
    by_symptom: tuple[Count, ...]
    with_rescue: int
    """Flares for which at least one medicine was written down as taken."""
    rescue: tuple[Count, ...]
    """Doses taken for flares, by medicine."""
    adrenaline: int
    """Doses of adrenaline in the period, for a flare or not."""
    worst: tuple[FlareLine, ...]


def summarise_flares(facts: CurrentFacts, period: Period) -> FlareSummary:
    """Count the flares of a period."""
    flares = facts.within(Flare, period)
    doses = [dose for dose in facts.within(Dose, period) if dose.status == "taken"]
    rescue = _doses_by_flare(facts, flares)
    rescue_doses = [dose for taken in rescue.values() for dose in taken]
    return FlareSummary(
        period=period,
        count=len(flares),
        count_before=len(facts.within(Flare, period.before())),
        days_with_flares=len({facts.day(flare) for flare in flares}),
        anaphylaxis=sum(flare.anaphylaxis is True for flare in flares),
        anaphylaxis_open=sum(flare.anaphylaxis is None for flare in flares),
        by_severity=_by_severity(flares),
        by_suspected=_counted(substance(code) for flare in flares for code in dict.fromkeys(flare.suspected)),
        by_symptom=_counted(plain(item.code, "symptom") for flare in flares for item in flare.symptoms),
        with_rescue=sum(bool(taken) for taken in rescue.values()),
        rescue=_counted(substance(dose.medicine) for dose in rescue_doses),
        adrenaline=sum(is_adrenaline(dose.medicine) for dose in doses),
        worst=tuple(
            line_of(facts, flare, rescue.get(flare.id, [])) for flare in sorted(flares, key=_badness)[:WORST_SHOWN]
        ),
    )


def line_of(facts: CurrentFacts, flare: Flare, doses: Iterable[Dose]) -> FlareLine:
    """Return a flare in words, with the medicines taken for it."""
    duration = None
    if flare.end is not None and flare.end.precision == flare.time.precision == "minute":
        duration = round((flare.end.at - flare.time.at).total_seconds() / 60)
    return FlareLine(
        id=flare.id,
        day=facts.day(flare),
        began=str(flare.time),
        duration_minutes=duration,
        severity=flare.severity,
        anaphylaxis=flare.anaphylaxis,
        symptoms=tuple(symptom(item) for item in flare.symptoms),
        suspected=tuple(substance(code) for code in flare.suspected),
        rescue=tuple(_dose_words(dose) for dose in doses),
    )


def _doses_by_flare(facts: CurrentFacts, flares: Iterable[Flare]) -> dict[UUID, list[Dose]]:
    """Return for each flare the doses taken for it; a dose may name a version that was corrected since."""
    holder: dict[UUID, UUID] = {}
    for flare in flares:
        ids = facts.line_of(flare.id) if flare.replaces is not None else (flare.id,)
        holder.update(dict.fromkeys(ids, flare.id))
    found: dict[UUID, list[Dose]] = {flare.id: [] for flare in flares}
    for dose in facts.of(Dose):
        if dose.status == "taken" and dose.flare is not None and (flare_id := holder.get(dose.flare)):
            found[flare_id].append(dose)
    return found


def _by_severity(flares: Iterable[Flare]) -> tuple[Count, ...]:
    degrees = Counter(flare.severity for flare in flares)
    counts = []
    for low, high in BANDS:
        times = sum(n for degree, n in degrees.items() if degree is not None and low <= degree <= high)
        counts.append(Count(f"severity {low}–{high} of 10" if low != high else f"severity {low} of 10", times))
    counts.append(Count("severity not written down", degrees[None]))
    return tuple(count for count in counts if count.times)


def _counted(words: Iterable[str]) -> tuple[Count, ...]:
    return tuple(Count(word, n) for word, n in sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def _badness(flare: Flare) -> tuple[bool, int, float]:
    severity = flare.severity if flare.severity is not None else -1
    return not flare.anaphylaxis, -severity, -flare.time.at.timestamp()


def _dose_words(dose: Dose) -> str:
    amount = f", {dose.amount_text}" if dose.amount_text else ""
    return f"{substance(dose.medicine)}{amount}"
