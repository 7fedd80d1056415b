"""Sampling windows around an event: what is open, to come or missed now, and what a sample drawn then is worth.

Pure: it is given the instants and asks no clock. All instants carry their offset and are reckoned in UTC, so a
clock change or a flight between onset and blood draw makes no difference; show them with ``astimezone``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from mastkit.logic.values import Truth
from mastkit.record.time import Moment
from mastkit.rulebooks.windows import Protocol, Sample, tryptase_windows

State = Literal["upcoming", "open", "taken", "missed", "waiting"]
"""``waiting``: counted from the moment when all symptoms are gone, which is not known yet."""

Worth = Literal["valid", "proves only", "says nothing", "unknown"]
"""``proves only``: the sample may be falsely low. A rise that it shows counts, none shown does not."""


@dataclass(frozen=True, slots=True)
class Window:
    """One sample of a protocol for one event, with its times.

    Attributes:
        opens, closes: the first and the last instant of the window in UTC; ``None`` where it is not known yet,
            or has no end.
        ideal: the part that the authority prefers.
        next_change: when its state will change by itself; ``None`` where it will not.
        protocol: id of the protocol.
    """

    protocol: str
    sample: Sample
    state: State
    opens: datetime | None
    closes: datetime | None
    ideal: tuple[datetime, datetime] | None
    next_change: datetime | None


def windows_of(
    protocol: Protocol,
    onset: datetime,
    now: datetime,
    *,
    resolved: datetime | None = None,
    taken: Iterable[datetime] = (),
) -> tuple[Window, ...]:
    """The windows of an event as they stand at an instant, in the order of the protocol.

    Args:
        onset: when the event began.
        now: the instant to judge at.
        resolved: when all symptoms were gone; ``None`` while they are not, or where it is not known.
        taken: when samples were drawn.

    Raises:
        ValueError: in one sentence, for an instant without its offset from UTC, or an end before the onset.
    """
    onset, now = _utc(onset, "onset"), _utc(now, "now")
    end = None if resolved is None else _utc(resolved, "resolved")
    if end is not None and end < onset:
        raise ValueError("resolved: expected an instant that is not before onset")
    drawn = [_utc(t, "taken") for t in taken]
    return tuple(_window(protocol, s, onset if s.after == "onset" else end, now, drawn) for s in protocol.samples)


def _window(
    protocol: Protocol, sample: Sample, start: datetime | None, now: datetime, drawn: list[datetime]
) -> Window:
    if start is None:
        return Window(protocol.id, sample, "waiting", None, None, None, None)
    # A window that begins beyond a minute begins with the next instant that a clock can show.
    opens = start + timedelta(minutes=sample.opens) + (timedelta.resolution if sample.beyond else timedelta())
    closes = None if sample.closes is None else start + timedelta(minutes=sample.closes)
    ideal = None
    if sample.ideal is not None:
        first, last = sample.ideal
        ideal = (start + timedelta(minutes=first), start + timedelta(minutes=last))
    state: State
    change: datetime | None = None
    if any(opens <= t and (closes is None or t <= closes) for t in drawn):
        state = "taken"
    elif now < opens:
        state, change = "upcoming", opens
    elif closes is None or now <= closes:
        state, change = "open", closes
    else:
        state = "missed"
    return Window(protocol.id, sample, state, opens, closes, ideal, change)


@dataclass(frozen=True, slots=True)
class SampleWorth:
    """What a sample of an event is worth, by when it was drawn.

    Attributes:
        hours: the shortest and the longest time after onset that it can have been drawn; ``None`` where
            nothing is known of it.
        why: in words.
    """

    worth: Worth
    hours: tuple[float, float] | None
    why: str


def worth_of(protocol: Protocol, hours: tuple[float, float] | None) -> SampleWorth:
    """What a sample is worth that was drawn between so many hours after onset."""
    if hours is None:
        return SampleWorth("unknown", None, "it is not known how long after onset it was drawn")
    low, high = hours
    first, last = protocol.valid_hours
    weak = tryptase_windows().weak_hours[1]
    drawn = f"drawn {hours_in_words(hours)} after onset"
    if high < 0:
        return SampleWorth("says nothing", hours, "drawn before the onset")
    if low >= first and high <= last:
        return SampleWorth("valid", hours, f"{drawn}, in time ({first:g} to {last:g} hours)")
    if low > max(weak, last):
        return SampleWorth("says nothing", hours, f"{drawn}, too late to say anything (after {weak:g} hours)")
    if low >= 0 and high <= max(weak, last):
        when = "early" if high < first else "late" if low > last else "early or late"
        return SampleWorth(
            "proves only", hours, f"{drawn}, {when}: it may be falsely low, so only a rise that it shows counts"
        )
    return SampleWorth("unknown", hours, f"{drawn}: not known precisely enough to say whether it was in time")


@dataclass(frozen=True, slots=True)
class BaselineWorth:
    """Whether a tryptase value qualifies as baseline; ``None`` where it cannot be judged; why, in words."""

    qualifies: Truth
    why: str


def baseline_worth(
    drawn: Moment,
    context: Literal["baseline", "event", "unknown"],
    stated_hours: float | None,
    events: Iterable[tuple[Moment, Moment | None]],
    protocol: Protocol | None = None,
) -> BaselineWorth:
    """Whether a sample qualifies as baseline: before any event, or long enough after one is fully over.

    Args:
        drawn: when it was drawn.
        context: what it was said to be taken for.
        stated_hours: hours since all symptoms were gone, where that was stated.
        events: the beginning and, where known, the end of every recorded flare.
        protocol: whose baseline condition holds; one that names none, or counts from onset, gives way to the
            default one.
    """
    if context == "event":
        return BaselineWorth(False, "it was taken for an event")
    needed, beyond = _hours_needed(protocol)
    rule = f"a baseline is drawn {'more than ' if beyond else 'at least '}{needed:g} h after all symptoms were gone"
    verdicts = [_beside(drawn, start, end, needed) for start, end in events]
    spoilt = next((v for v in verdicts if v.qualifies is False), None)
    if stated_hours is not None:
        enough = stated_hours > needed if beyond else stated_hours >= needed
        stated = f"stated to be drawn {stated_hours:g} h after all symptoms were gone"
        if enough and spoilt is not None:
            return BaselineWorth(None, f"{stated}, but the record says that it was {spoilt.why}")
        return BaselineWorth(enough, f"{stated}; {rule}")
    if spoilt is not None:
        return BaselineWorth(False, f"{spoilt.why}; {rule}")
    if context == "unknown":
        return BaselineWorth(None, "it is not said whether it was drawn when the person was well or for an event")
    unclear = next((v for v in verdicts if v.qualifies is None), None)
    if unclear is not None:
        return BaselineWorth(None, f"{unclear.why}; {rule}")
    resting = [v.why for v in verdicts if v.why]
    why = resting[-1] if resting else "no recorded flare speaks against it"
    return BaselineWorth(True, f"stated to be a baseline; {why}")


def _beside(drawn: Moment, start: Moment, end: Moment | None, needed: float) -> BaselineWorth:
    """What one flare says of a baseline sample: long over or not yet begun, not over, or not clear."""
    from_start = _since(start, drawn)
    if from_start[1] < 0:
        return BaselineWorth(True, "")
    if end is not None:
        from_end = _since(end, drawn)
        if from_end[0] >= needed:
            return BaselineWorth(True, "")
        if from_start[0] >= 0 and from_end[1] < needed:
            where = f"{hours_in_words(from_end)} after a flare was over" if from_end[0] >= 0 else "during a flare"
            return BaselineWorth(False, f"drawn {where}")
    elif from_start[0] >= needed:
        return BaselineWorth(
            True, f"the end of the flare that began {start} is not recorded, so it rests on that statement"
        )
    elif from_start[0] >= 0 and from_start[1] < needed:
        return BaselineWorth(False, f"drawn {hours_in_words(from_start)} after a flare began")
    return BaselineWorth(None, f"not known precisely enough when it was drawn beside the flare that began {start}")


def _hours_needed(protocol: Protocol | None) -> tuple[float, bool]:
    sample = protocol.baseline if protocol is not None else None
    if sample is None or sample.after != "resolution":
        sample = tryptase_windows().protocol().baseline
        assert sample is not None  # the default protocol has one: a test holds it
    return sample.opens / 60, sample.beyond


def _since(earlier: Moment, later: Moment) -> tuple[float, float]:
    shortest, longest = later.elapsed_since(earlier)
    return shortest / timedelta(hours=1), longest / timedelta(hours=1)


def hours_in_words(hours: tuple[float, float]) -> str:
    """A time in hours, or between two: "1.5 h", "0 to 24 h"."""
    low, high = (f"{h:.3g}" for h in hours)
    return f"{low} h" if low == high else f"{low} to {high} h"


def _utc(instant: datetime, name: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{name}: expected an instant with its offset from UTC, found {instant.isoformat()}")
    return instant.astimezone(UTC)
