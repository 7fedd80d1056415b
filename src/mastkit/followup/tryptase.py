"""The tryptase rule for one flare: which samples count, which baseline is used, and the answer in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property

from mastkit.followup.flare import interval_of
from mastkit.followup.signs import reading_times
from mastkit.followup.tryptase_answer import UNIT, Baseline, EventSample, RuleAnswer, TryptaseAnswer, in_words
from mastkit.followup.view import RecordView
from mastkit.followup.windows import (
    Window,
    baseline_worth,
    windows_of,
    worth_of,
)
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.facts import read_facts
from mastkit.logic.values import Fact, Interval, Truth
from mastkit.record.facts import TRYPTASE, Flare, Measurement
from mastkit.rulebooks.mast_cell_activation import mast_cell_activation
from mastkit.rulebooks.windows import tryptase_windows


class TryptaseRule:
    """The tryptase rule for the flares of one record, under one choice of readings.

    The baseline used is the last qualifying one drawn before the flare, or else the first one after it.

    Args:
        readings: options of the readings of mast cell activation that are not at their defaults.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """

    def __init__(self, view: RecordView, readings: Mapping[str, str] | None = None) -> None:
        self.view = view
        self.rules = mast_cell_activation(readings)
        self.protocol = tryptase_windows().protocol(self.rules.option("window"))

    def answer(self, flare: Flare) -> TryptaseAnswer:
        """What the rule says of one flare."""
        samples = tuple(self._samples(flare))
        baselines = self._besides(samples)
        usable = [b for b in baselines if b.worth.qualifies]
        used = _used(usable, flare)
        answers = tuple(self._apply(s, used) for s in samples) if used is not None else ()
        met = _together(a.met for a in answers)
        others = [b for b in usable if b is not used]
        differ = tuple(b for b in others if _together(self._apply(s, b).met for s in samples) != met)
        words = tuple(in_words(samples, baselines, used, answers, met, differ))
        return TryptaseAnswer(self.protocol, met, samples, baselines, used, answers, differ, words)

    def windows(self, flare: Flare, now: datetime) -> tuple[Window, ...]:
        """The sampling windows of a flare as they stand at an instant.

        Samples that belong to the flare, and values that qualify as its baseline, count as taken. Empty where the
        beginning of the flare is not known to the minute: nothing can be counted from it.

        Raises:
            ValueError: in one sentence, for ``now`` without its offset from UTC.
        """
        if flare.time.precision != "minute":
            return ()
        resolved = flare.end.at if flare.end is not None and flare.end.precision == "minute" else None
        samples = tuple(self._samples(flare))
        drawn = [s.measurement.time.at for s in samples]
        drawn += [b.measurement.time.at for b in self._besides(samples) if b.worth.qualifies]
        return windows_of(self.protocol, flare.time.at, now, resolved=resolved, taken=drawn)

    def _samples(self, flare: Flare) -> Iterable[EventSample]:
        ids = self.view.ids_of(flare)
        longest = reading_times().sample_after
        for fact in self._values:
            hours = _hours(fact, flare)
            by_time = (
                fact.flare is None
                and fact.context != "baseline"
                and fact.time.precision == flare.time.precision == "minute"
                and 0 <= hours[0] <= longest
            )
            linked = fact.flare in ids
            if linked or by_time:
                yield EventSample(fact, _value(fact), worth_of(self.protocol, hours), linked)

    def _besides(self, samples: tuple[EventSample, ...]) -> tuple[Baseline, ...]:
        """Every value that is no sample of an event, whether it qualifies as baseline or not."""
        of_this_flare = {s.measurement.id for s in samples}
        return tuple(b for b in self._baselines if b.measurement.id not in of_this_flare)

    @cached_property
    def _values(self) -> list[Measurement]:
        return self.view.measurements.get(TRYPTASE, [])

    @cached_property
    def _baselines(self) -> list[Baseline]:
        events = [(flare.time, flare.end) for flare in self.view.flares]
        return [
            Baseline(
                fact,
                _value(fact),
                baseline_worth(fact.time, fact.context, fact.hours_since_full_resolution, events, self.protocol),
            )
            for fact in self._values
            if fact.context != "event" and fact.flare is None
        ]

    @cached_property
    def _copies(self) -> float | None:
        copies = [f.extra_copies for f in self.view.variants if f.gene.upper() == "TPSAB1"]
        known = [c for c in copies if c is not None]
        return float(known[-1]) if known else None

    def _apply(self, sample: EventSample, baseline: Baseline) -> RuleAnswer:
        values: dict[str, Fact | None] = {
            "tryptase_acute": sample.value,
            "bst": baseline.value,
            "tpsab1_extra_copies": self._copies,
        }
        hours = sample.worth.hours
        drawn_after_onset = hours is not None and hours[1] >= 0
        if hours is not None and drawn_after_onset:
            values["tryptase_acute_hours"] = Interval(max(hours[0], 0.0), hours[1])
        facts = read_facts(self.rules, values)
        evaluate = Evaluator(facts.known, facts.stated)
        met, formula, *more = (
            evaluate(self.rules.criterion(c))
            for c in ("MCAS-B", "MCA-20+2", "MCA-BORDERLINE", "MCA-RATIO", "MCA-VARIABILITY", "TRYPTASE-GENOTYPE")
        )
        low, high = baseline.value.low, baseline.value.high
        times = Interval(sample.value.low / high, sample.value.high / low) if low > 0 else None
        limit = Interval(_limit(low), _limit(high))
        return RuleAnswer(sample, baseline, limit, times, met if drawn_after_onset else None, formula, *more)


def _value(fact: Measurement) -> Interval:
    """The value in ng/mL: a record holds no tryptase in a unit that does not fit."""
    return interval_of(fact.quantity, UNIT)


def _hours(sample: Measurement, flare: Flare) -> tuple[float, float]:
    """Hours from onset to the sample: by the clock where both are known to the minute, else as was stated."""
    low, high = (t / timedelta(hours=1) for t in sample.time.elapsed_since(flare.time))
    if low != high and sample.hours_after_onset is not None:
        return sample.hours_after_onset, sample.hours_after_onset
    return low, high


def _used(usable: list[Baseline], flare: Flare) -> Baseline | None:
    before = [b for b in usable if b.measurement.time.at <= flare.time.at]
    if before:
        return max(before, key=lambda b: (b.measurement.time.at, str(b.measurement.id)))
    return min(usable, key=lambda b: (b.measurement.time.at, str(b.measurement.id)), default=None)


def _limit(baseline: float) -> float:
    """The limit for the reader; whether it is reached is decided by the rule itself, on exact decimals."""
    return float(f"{1.2 * baseline + 2:.10g}")


def _together(truths: Iterable[Truth]) -> Truth:
    """Several samples: one that shows a rise is enough; else one that was drawn in time and shows none."""
    found = list(truths)
    return True if True in found else False if False in found else None
