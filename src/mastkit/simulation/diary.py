"""Diaries of invented people whose true triggers are known: written down late, in part, and with a bias."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mastkit.simulation.life import WINDOW, Floats, Life, live
from mastkit.simulation.scenarios import SCENARIOS, Scenario
from mastkit.triggers.diary import NO, UNKNOWN, YES, Diary, Exposures, Flares

START = datetime(2025, 1, 6, tzinfo=UTC)
MEDICINE = "cetirizine"


@dataclass(frozen=True, slots=True)
class SimulatedDiary:
    """A diary, and the life that it is about."""

    diary: Diary
    life: Life
    prodrome: NDArray[np.bool_]
    """Of each exposure in the diary, whether it was the beginning of a flare."""
    happened: NDArray[np.bool_]
    """Of each exposure in the diary, whether it took place at all."""
    scenario: Scenario


def simulate(
    scenario: Scenario | str = "main", *, days: int = 240, seed: int = 0, start: datetime = START
) -> SimulatedDiary:
    """Simulate the diary of one person; the same arguments give the same diary.

    ``start`` is the beginning of the first day, with its offset from UTC.
    """
    if isinstance(scenario, str):
        scenario = SCENARIOS[scenario]
    if days < 1:
        raise ValueError(f"days: found {days}, expected at least 1")
    seeds = [[seed, 7], *([seed, 7, other] for other in range(1, scenario.people))]
    parts = [_one(scenario, days, own, start) for own in seeds]
    return parts[0] if len(parts) == 1 else _merged(parts)


def _one(scenario: Scenario, days: int, seed: list[int], start: datetime) -> SimulatedDiary:
    random = np.random.default_rng(seed)
    life = live(scenario, days, random)
    return _write_down(life, scenario, start, random)


def _merged(parts: list[SimulatedDiary]) -> SimulatedDiary:
    """Return one diary with what several people wrote down. A trigger of any of them counts as one of it."""
    first = parts[0]
    diaries = [part.diary for part in parts]
    flares, _ = _joined([diary.flares for diary in diaries])
    exposures, places = _joined([diary.exposures for diary in diaries])
    observed = np.logical_and.reduce([diary.observed for diary in diaries])
    suspected = frozenset().union(*(diary.suspected for diary in diaries))
    life = replace(first.life, is_trigger=np.logical_or.reduce([part.life.is_trigger for part in parts]))
    return SimulatedDiary(
        replace(
            first.diary,
            observed=observed,
            flares=Flares(*flares),
            exposures=Exposures(*exposures),
            suspected=suspected,
        ),
        life,
        np.concatenate([part.prodrome for part in parts])[places],
        np.concatenate([part.happened for part in parts])[places],
        first.scenario,
    )


def _joined(events: Sequence[Flares | Exposures]) -> tuple[list[Any], NDArray[np.int64]]:
    """Return the columns of all events in order of time, and that order."""
    names = events[0].__slots__
    columns = {name: np.concatenate([getattr(one, name) for one in events]) for name in names}
    order = np.argsort(columns["onset" if "onset" in names else "at"], kind="stable")
    return [columns[name][order] for name in names], order


@dataclass(slots=True)
class _Entries:
    """What gets into the diary, gathered part by part."""

    kind: list[NDArray[np.int64]]
    at: list[Floats]
    entered: list[Floats]
    prodrome: list[NDArray[np.bool_]]
    happened: list[NDArray[np.bool_]]

    def put(
        self,
        kind: NDArray[np.int64],
        at: Floats,
        entered: Floats,
        *,
        prodrome: bool = False,
        happened: bool = True,
    ) -> None:
        self.kind.append(kind)
        self.at.append(at)
        self.entered.append(np.maximum(entered, at))
        self.prodrome.append(np.full(len(at), prodrome))
        self.happened.append(np.full(len(at), happened))


def _write_down(life: Life, scenario: Scenario, start: datetime, random: np.random.Generator) -> SimulatedDiary:
    observed = _observed_days(life, scenario, random)
    suspected = random.random(len(life.kinds)) < [kind.suspected for kind in life.kinds]
    end = life.days * 24.0
    flares, logged = _flares(life, observed, random)
    check_ins: Floats = 24.0 * np.arange(life.days, dtype=np.float64)
    if scenario.captured:
        check_ins += _evening(life.days, random)
    entries = _Entries([], [], [], [], [])
    _exposures(entries, life, scenario, observed, suspected, logged, check_ins, random)
    _prodromes(entries, life, scenario, logged, random)
    _phantoms(entries, life, scenario, observed, suspected, logged, random)
    all_at: Floats = np.concatenate(entries.at)
    inside = np.flatnonzero((all_at >= 0) & (all_at < end))
    order = inside[np.argsort(all_at[inside], kind="stable")]
    kind, at = np.concatenate(entries.kind)[order], all_at[order]
    entered = np.concatenate(entries.entered)[order]
    prodrome = np.concatenate(entries.prodrome)[order]
    happened = np.concatenate(entries.happened)[order]
    already = np.where(prodrome, YES, NO)
    asked = (entered == check_ins[(at // 24).astype(int)]) & (entered > at)
    already = np.where(random.random(len(at)) < scenario.answered, already, UNKNOWN)
    clock_from, clock_shift = _clock(life)
    diary = Diary(
        start=start,
        codes=tuple(k.code for k in life.kinds),
        day_edges=24.0 * np.arange(life.days + 1, dtype=np.float64),
        observed=observed,
        flares=flares,
        exposures=Exposures(kind, at, entered, already, asked),
        medicines=MappingProxyType(_medicines(life)),
        clock_from=clock_from,
        clock_shift=clock_shift,
        suspected=frozenset(k.code for k, is_so in zip(life.kinds, suspected, strict=True) if is_so),
    )
    return SimulatedDiary(diary, life, prodrome, happened, scenario)


def _observed_days(life: Life, scenario: Scenario, random: np.random.Generator) -> NDArray[np.bool_]:
    """Leave out gaps, which begin more often after a flare."""
    observed = np.ones(life.days, dtype=bool)
    after_flare = np.zeros(life.days + 1, dtype=bool)
    after_flare[(life.onset // 24).astype(int) + 1] = True
    starts = random.random(life.days) < scenario.gap_starts * np.where(after_flare[:-1], 2.5, 0.8)
    for day in np.flatnonzero(starts):
        observed[day : day + random.geometric(1 / 3)] = False
    return observed


def _flares(life: Life, observed: NDArray[np.bool_], random: np.random.Generator) -> tuple[Flares, Floats]:
    """Write down most flares; on days without a diary only the bad ones."""
    day = (life.onset // 24).astype(int)
    keep = random.random(len(day)) < np.where(observed[day], 0.93, 0.3)
    onset = life.onset[keep] + random.normal(0, 0.1, keep.sum())
    onset = np.clip(onset, 0, life.days * 24 - 1e-3)
    order = np.argsort(onset)
    onset = onset[order]
    end = onset + np.exp(random.normal(0.7, 0.6, len(onset)))
    entered = onset + random.exponential(1.0, len(onset))
    return Flares(onset, end, entered), life.onset[keep]


def _exposures(
    entries: _Entries,
    life: Life,
    scenario: Scenario,
    observed: NDArray[np.bool_],
    suspected: NDArray[np.bool_],
    flares: Floats,
    check_ins: Floats,
    random: np.random.Generator,
) -> None:
    n = len(life.at)
    day = (life.at // 24).astype(int)
    share = random.beta(scenario.logged * 12, (1 - scenario.logged) * 12)
    logged = observed[day] & (random.random(n) < share)
    late = random.random(n) >= 0.5
    # Who has a check-in enters in it whatever was not entered before; others on any evening hour.
    evening = check_ins[day] if scenario.captured else day * 24 + _evening(n, random)
    evening = np.maximum(evening, life.at)
    hours_later = np.minimum(life.at + random.exponential(3.0, n), life.at + 14)
    entered = np.where(random.random(n) < 0.5, evening, hours_later)
    entered = np.where(late, entered, life.at + random.uniform(0, 0.15, n))
    at = _unsharp(life.at, np.where(late, 0.5, 0.05), random)
    entries.put(life.kind[logged], at[logged], entered[logged])
    missed = ~logged & observed[day]
    caught = missed & (random.random(n) < scenario.captured)
    entries.put(life.kind[caught], _unsharp(life.at, 0.5, random)[caught], evening[caught])
    onset = _next_flare(life.at, flares)
    share_recalled = np.where(
        suspected[life.kind],
        random.uniform(*scenario.recalled_suspected),
        random.uniform(*scenario.recalled_other),
    )
    recalled = ~logged & ~caught & (onset - life.at < WINDOW) & (random.random(n) < share_recalled)
    after = onset + random.uniform(0.3, 6.0, n)
    entries.put(life.kind[recalled], _unsharp(life.at, 0.5, random)[recalled], after[recalled])


def _prodromes(
    entries: _Entries, life: Life, scenario: Scenario, flares: Floats, random: np.random.Generator
) -> None:
    """Write down the first signs of a flare as if they were exposures."""
    share = random.beta(1.5, 1.5 / scenario.prodrome - 1.5) if scenario.prodrome else 0.0
    announced = flares[random.random(len(flares)) < share]
    for place, kind in enumerate(life.kinds):
        named = announced[random.random(len(announced)) < kind.prodrome]
        at = named - random.uniform(0.5, 3.0, len(named))
        late = random.exponential(1.5, len(named)) * (random.random(len(named)) < 0.5)
        entries.put(np.full(len(named), place), at, at + 0.1 + late, prodrome=True)


def _phantoms(
    entries: _Entries,
    life: Life,
    scenario: Scenario,
    observed: NDArray[np.bool_],
    suspected: NDArray[np.bool_],
    flares: Floats,
    random: np.random.Generator,
) -> None:
    """Write down what did not happen: suspected things after flares, others on any day."""
    how_many = random.poisson(scenario.phantoms * len(life.at))
    kind = random.choice(life.kind, how_many) if len(life.kind) else np.zeros(0, dtype=np.int64)
    days = np.flatnonzero(observed)
    if not len(days):
        return
    blamed = suspected[kind] & (len(flares) > 0)
    others = kind[~blamed]
    at = random.choice(days, len(others)) * 24 + random.uniform(8, 22, len(others))
    entries.put(others, at, (at // 24) * 24 + 23.0, happened=False)
    if blamed.any():
        onset = random.choice(flares, int(blamed.sum()))
        at = onset - random.uniform(0.2, WINDOW, len(onset))
        entries.put(kind[blamed], at, onset + random.uniform(0.3, 6.0, len(onset)), happened=False)


def _medicines(life: Life) -> dict[str, Floats]:
    if life.medicine is None:
        return {}
    day = np.flatnonzero(life.medicine).astype(float)
    return {MEDICINE: np.column_stack([day * 24, day * 24 + 24])}


def _clock(life: Life) -> tuple[Floats, Floats]:
    """Return from when on the clock where the person is shows how many hours more."""
    shift = life.conditions.shift
    days = np.flatnonzero(np.diff(shift, prepend=shift[0] + 1))
    return 24.0 * days.astype(np.float64), shift[days].astype(np.float64)


def _evening(n: int, random: np.random.Generator) -> Floats:
    """Return hours of the day at which the day is looked back on."""
    return random.uniform(21.5, 23.9, n)


def _unsharp(at: Floats, spread: Floats | float, random: np.random.Generator) -> Floats:
    return np.maximum(at + random.normal(0, 1, len(at)) * spread, 0.0)


def _next_flare(at: Floats, flares: Floats) -> Floats:
    """Return the onset of the first flare after each time; infinity where there is none."""
    flares = np.sort(flares)
    place = np.searchsorted(flares, at, side="right")
    return np.append(flares, np.inf)[place]
