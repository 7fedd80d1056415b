"""Which baseline sample of tryptase a flare still asks for, and from when on it can be drawn.

The interval is that of the sampling protocol chosen. It is counted from the flare that is over last, so every new
flare puts the sample off. Pure: it is given the day and asks no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from mastkit.followup.history import day_of
from mastkit.followup.signs import coded, reading_times
from mastkit.followup.view import RecordView
from mastkit.followup.windows import BaselineWorth, baseline_worth
from mastkit.record.facts import TRYPTASE, Flare, Measurement
from mastkit.record.record import Record
from mastkit.record.time import Moment, zone_of
from mastkit.rulebooks.windows import Protocol, Sample, tryptase_windows

ASKED_FOR = timedelta(days=30)
"""How long after a flare its baseline sample is asked for where the rule can be judged without it: our choice."""


@dataclass(frozen=True, slots=True)
class BaselineSample:
    """A baseline sample that can be drawn, or will be.

    Attributes:
        flare: the first of the flares that ask for it, by the id it was first written down with; ``None`` where
            no flare does and the record has no baseline at all.
        opens, closes: the first and the last instant, in UTC; ``closes`` is ``None`` where there is no end.
        certain: whether the end of each flare that it is counted from is known. Where it is not, ``opens`` is the
            earliest instant that it can be.
        because: what of the record it rests on, in words.
        facts: the facts it rests on.
    """

    flare: UUID | None
    protocol: Protocol
    sample: Sample
    opens: datetime
    closes: datetime | None
    certain: bool
    because: tuple[str, ...]
    facts: tuple[UUID, ...]


def baseline_sample(record: Record, on: date, protocol: str | None = None) -> BaselineSample | None:
    """Return the baseline sample that is asked for on a day; ``None`` where none is.

    One is asked for after a flare for which tryptase was drawn, or which was judged to be anaphylaxis, until it is
    drawn; where an earlier baseline can serve, for 30 days. After any other flare, for 30 days and only where no
    value of the record qualifies as a baseline: without one no flare can be judged.

    Args:
        record: all facts of the person; those after the day are not looked at.
        on: the day, in the record's zone.
        protocol: id of the sampling protocol; the default one where none is named. One that names no time for a
            baseline, or whose time is over, gives way to the default one, because the rule can still use it.

    Raises:
        ValueError: in one sentence, where there is no such protocol.
    """
    chosen = tryptase_windows().protocol(protocol)
    flares = _Flares(record, on)
    if not flares.all:
        return None
    start = datetime(on.year, on.month, on.day, tzinfo=zone_of(record.zone))
    timed = _Timed.of(chosen, flares.all)
    if timed is None or (timed.closes is not None and timed.closes < start):
        timed = _Timed.of(tryptase_windows().protocol(), flares.all)
        assert timed is not None  # the default protocol names a time: a test holds it
    wanting = flares.wanting(timed.sample, start)
    lately = start - flares.over_last <= ASKED_FOR
    if not wanting and (flares.known or not lately):
        return None
    first = flares.view.record.history(wanting[0].id)[0].id if wanting else None
    return BaselineSample(
        flare=first,
        protocol=timed.protocol,
        sample=timed.sample,
        opens=timed.opens,
        closes=timed.closes,
        certain=timed.certain,
        because=tuple(_because(flares, wanting, timed, chosen)),
        facts=tuple(dict.fromkeys(one.id for one in (*wanting, timed.last))),
    )


@dataclass(frozen=True, slots=True)
class _Timed:
    """The times of a sample, counted from the flare that puts it off the longest."""

    protocol: Protocol
    sample: Sample
    last: Flare
    opens: datetime
    closes: datetime | None
    certain: bool

    @classmethod
    def of(cls, protocol: Protocol, flares: Sequence[Flare]) -> _Timed | None:
        sample = protocol.baseline
        if sample is None:
            return None
        last = max(flares, key=lambda flare: _start(sample, flare))
        start = _start(sample, last)
        return cls(
            protocol=protocol,
            sample=sample,
            last=last,
            opens=_opens(sample, last),
            closes=None if sample.closes is None else start + timedelta(minutes=sample.closes),
            certain=sample.after == "onset" or last.end is not None,
        )


class _Flares:
    """The flares and the values of tryptase of a record until a day."""

    def __init__(self, record: Record, on: date) -> None:
        self.view = RecordView(record)
        self.all = [one for one in self.view.flares if _until(one, record, on)]
        measured = self.view.measurements.get(coded(TRYPTASE), [])
        self._values = [one for one in measured if _until(one, record, on)]
        self._events = [(one.time, one.end) for one in self.all]

    @property
    def over_last(self) -> datetime:
        """The last instant at which a flare can have begun or ended, as far as it is written down."""
        return max(_latest(one.end or one.time) for one in self.all)

    @cached_property
    def known(self) -> bool:
        """Whether a value of the record qualifies as a baseline."""
        own = (one for one in self._values if one.flare is None or one.context == "baseline")
        return any(self._worth(one).qualifies for one in own)

    def wanting(self, sample: Sample, start: datetime) -> list[Flare]:
        """The flares that ask for a sample that was not drawn yet, the earliest first."""
        asking = [one for one in self.all if one.anaphylaxis or any(self.samples(one))]
        open_ = [one for one in asking if not self._drawn(sample, one)]
        if self.known:
            return [one for one in open_ if start - _latest(one.end or one.time) <= ASKED_FOR]
        return open_

    def samples(self, flare: Flare) -> Iterator[Measurement]:
        """The samples that were drawn for a flare: those that name it, and others of its first hours."""
        ids = self.view.ids_of(flare)
        longest = timedelta(hours=reading_times().sample_after)
        for one in self._values:
            exact = one.time.precision == flare.time.precision == "minute"
            by_time = (
                one.flare is None
                and one.context != "baseline"
                and exact
                and timedelta() <= one.time.at - flare.time.at <= longest
            )
            if one.flare in ids or by_time:
                yield one

    def _drawn(self, sample: Sample, flare: Flare) -> bool:
        opens = _opens(sample, flare)
        return any(_earliest(one.time) >= opens and self._worth(one).qualifies is not False for one in self._values)

    def _worth(self, one: Measurement) -> BaselineWorth:
        return baseline_worth(one.time, one.context, one.hours_since_full_resolution, self._events)


def _because(flares: _Flares, wanting: list[Flare], timed: _Timed, chosen: Protocol) -> Iterable[str]:
    for flare in wanting[:1]:
        drawn = next(flares.samples(flare), None)
        why = "tryptase was drawn for it" if drawn is not None else "it was judged to be anaphylaxis"
        yield f"flare that began {flare.time}: {why}"
    if not flares.known:
        yield "no value in the record qualifies as a baseline"
    if timed.sample.after == "resolution":
        ended = timed.last.end
        if ended is None:
            yield f"the end of the flare that began {timed.last.time} is not written down: no earlier than this"
        else:
            yield f"counted from the end of the last flare, {ended}"
    else:
        yield f"counted from the beginning of the last flare, {timed.last.time}"
    if timed.protocol is not chosen:
        yield f"{chosen.title} names no time for it that is still ahead"


def _until(fact: Flare | Measurement, record: Record, on: date) -> bool:
    day = day_of(fact, record)
    return day is not None and day <= on


def _start(sample: Sample, flare: Flare) -> datetime:
    """What the minutes of a sample are counted from; where the end is not known, the beginning: no earlier."""
    return _latest(flare.time if sample.after == "onset" or flare.end is None else flare.end)


def _opens(sample: Sample, flare: Flare) -> datetime:
    beyond = timedelta.resolution if sample.beyond else timedelta()
    return _start(sample, flare) + timedelta(minutes=sample.opens) + beyond


def _latest(moment: Moment) -> datetime:
    return moment.at if moment.precision == "minute" else moment.interval()[1]


def _earliest(moment: Moment) -> datetime:
    return moment.at if moment.precision == "minute" else moment.interval()[0]
