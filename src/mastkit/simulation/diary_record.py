"""A simulated diary written as the facts of a record."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from mastkit.record.record import Record
from mastkit.record.time import Moment, zone_of
from mastkit.simulation.diary import SimulatedDiary, simulate
from mastkit.simulation.scenarios import Scenario
from mastkit.simulation.written import Writer
from mastkit.triggers.diary import UNKNOWN, YES

Describe = Callable[[int], Mapping[str, Any]]


def write_diary(
    writer: Writer,
    simulated: SimulatedDiary,
    describe: Describe = lambda _: {},
    without: frozenset[str] = frozenset(),
) -> list[UUID]:
    """Write flares, exposures, check-ins and doses; return the ids of the flares.

    ``describe`` adds what is known of the n-th flare; exposures of the codes in ``without`` are left out.
    """
    diary = simulated.diary

    shift = simulated.life.conditions.shift

    def moment(hour: float) -> Moment:
        at = diary.instant(hour)
        ahead = int(shift[min(int(hour // 24), len(shift) - 1)])
        return Moment(at=at, zone=_zone_ahead(at, writer.zone, ahead) if ahead else writer.zone)

    flares, exposures = diary.flares, diary.exposures
    ids = []
    for n in range(len(flares.onset)):
        id_ = writer.put(
            "flare", moment(flares.onset[n]), recorded_at=diary.instant(flares.entered[n]),
            **({"end": moment(flares.end[n])} | dict(describe(n))),
        )  # fmt: skip
        ids.append(id_)
    for n in range(len(exposures.at)):
        if diary.codes[exposures.trigger[n]] in without:
            continue
        known = exposures.already[n] != UNKNOWN
        writer.put(
            "exposure", moment(exposures.at[n]), recorded_at=diary.instant(exposures.entered[n]),
            code=diary.codes[exposures.trigger[n]],
            symptoms_already_there=bool(exposures.already[n] == YES) if known else None,
        )  # fmt: skip
    asked = tuple(code for code in diary.codes if code not in without) if simulated.scenario.captured else ()
    check_ins = diary.day_edges[1:] - 1.0
    day = np.searchsorted(diary.day_edges, exposures.at[exposures.asked], side="right") - 1
    check_ins[day] = exposures.entered[exposures.asked]
    for at in check_ins[diary.observed]:
        writer.put("check_in", moment(at), asked=asked)
    for medicine, spans in diary.medicines.items():
        for begin, _ in spans:
            writer.put("dose", moment(begin + 8.0), medicine=medicine)
    return ids


def _zone_ahead(at: datetime, home: str, hours: int) -> str:
    """Return a zone whose clocks are so many hours ahead of those at home."""
    there = (at.astimezone(zone_of(home)).utcoffset() or timedelta(0)) + timedelta(hours=hours)
    return f"Etc/GMT{-round(there / timedelta(hours=1)):+d}"  # the sign of these zones is the other way round


def simulated_record(
    scenario: Scenario | str = "main", *, days: int = 240, seed: int = 0, zone: str = "Europe/Berlin"
) -> Record:
    """Return the record of an invented person of whom nothing but a diary is known."""
    first = datetime(2025, 1, 6, tzinfo=zone_of(zone))
    simulated = simulate(scenario, days=days, seed=seed, start=first.astimezone(UTC))
    name = scenario if isinstance(scenario, str) else scenario.name
    writer = Writer(f"{name} {seed}", zone, (first + timedelta(days=days)).date())
    write_diary(writer, simulated)
    return writer.record()
