"""The tryptase rule for one flare: which samples count, which baseline is used, and the answer in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mastkit.followup.flare import ids_of, interval_of
from mastkit.followup.signs import coded, reading_times
from mastkit.followup.windows import BaselineWorth, SampleWorth, baseline_worth, hours_in_words, worth_of
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import RuleSet
from mastkit.logic.values import Fact, Interval, Truth
from mastkit.record.facts import TRYPTASE, Flare, Measurement, Variant
from mastkit.record.record import Record
from mastkit.rulebooks.mast_cell_activation import RATIO, mast_cell_activation
from mastkit.rulebooks.windows import Protocol, tryptase_windows

UNIT = "ng/mL"


@dataclass(frozen=True, slots=True)
class EventSample:
    """A tryptase sample of a flare.

    Attributes:
        linked: the sample names the flare; otherwise it was found by its time.
    """

    measurement: Measurement
    value: Interval
    worth: SampleWorth
    linked: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """A tryptase value that may serve as baseline, and whether it qualifies."""

    measurement: Measurement
    value: Interval
    worth: BaselineWorth


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """The rule for one sample and one baseline.

    Attributes:
        limit: 1.2 times the baseline plus 2; an interval where the baseline is not exact.
        ratio: sample by baseline, likewise; ``None`` where the baseline may be 0.
        met: criterion MCAS-B, which heeds when the sample was drawn.
        formula: the bare comparison.
        borderline, above_ratio, within_variability: the criteria of these names.
    """

    sample: EventSample
    baseline: Baseline
    limit: Interval
    ratio: Interval | None
    met: Truth
    formula: Truth
    borderline: Truth
    above_ratio: Truth
    within_variability: Truth


@dataclass(frozen=True)
class TryptaseAnswer:
    """What tryptase says of a flare.

    Attributes:
        met: a rise by 20 % + 2 in a sample that counts; ``None`` where it cannot be judged.
        answers: one for each sample, with the baseline that is used.
        others_differ: qualifying baselines with which the answer would be another one.
        words: the answer in sentences, with the numbers, the times, and what is missing.
    """

    protocol: Protocol
    met: Truth
    samples: tuple[EventSample, ...]
    baselines: tuple[Baseline, ...]
    used: Baseline | None
    answers: tuple[RuleAnswer, ...]
    others_differ: tuple[Baseline, ...]
    words: tuple[str, ...]


def tryptase_answer(
    record: Record, flare: Flare, readings: Mapping[str, str] | None = None
) -> TryptaseAnswer:
    """Apply the tryptase rule to one flare of a record.

    The baseline used is the last qualifying one drawn before the flare, or else the first one after it.

    Args:
        readings: options of the readings of mast cell activation that are not at their defaults.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """
    rules = mast_cell_activation(readings)
    protocol = tryptase_windows().protocol(rules.option("window"))
    samples = tuple(_samples(record, flare, protocol))
    baselines = tuple(_baselines(record, samples, protocol))
    usable = [b for b in baselines if b.worth.qualifies]
    used = _used(usable, flare)
    copies = _copies(record)
    answers = tuple(_apply(rules, s, used, copies) for s in samples) if used is not None else ()
    met = _together(a.met for a in answers)
    differ = tuple(
        b
        for b in usable
        if used is not None and b is not used and _together(_apply(rules, s, b, copies).met for s in samples) != met
    )
    words = tuple(_in_words(samples, baselines, used, answers, met, differ))
    return TryptaseAnswer(protocol, met, samples, baselines, used, answers, differ, words)


def _tryptase(record: Record) -> Iterable[tuple[Measurement, Interval]]:
    for fact in record.current():
        if isinstance(fact, Measurement) and coded(fact.code) == TRYPTASE:
            yield fact, interval_of(fact.quantity, UNIT)  # the record holds no tryptase in another kind of unit


def _samples(record: Record, flare: Flare, protocol: Protocol) -> Iterable[EventSample]:
    ids = ids_of(record, flare)
    for fact, value in _tryptase(record):
        hours = _hours(fact, flare)
        linked = fact.flare in ids
        longest = reading_times().sample_after
        by_time = (
            fact.flare is None
            and fact.context != "baseline"
            and fact.time.precision == flare.time.precision == "minute"
            and hours is not None
            and 0 <= hours[0] <= longest
        )
        if linked or by_time:
            yield EventSample(fact, value, worth_of(protocol, hours), linked)


def _hours(sample: Measurement, flare: Flare) -> tuple[float, float] | None:
    """Hours from onset to the sample: by the clock where both are known to the minute, else as was stated."""
    low, high = (t / timedelta(hours=1) for t in sample.time.elapsed_since(flare.time))
    if low == high:
        return low, high
    if sample.hours_after_onset is not None:
        return sample.hours_after_onset, sample.hours_after_onset
    return low, high


def _baselines(record: Record, samples: tuple[EventSample, ...], protocol: Protocol) -> Iterable[Baseline]:
    """Every value that is no sample of an event, whether it qualifies or not."""
    events = [(fact.time, fact.end) for fact in record.current() if isinstance(fact, Flare)]
    of_this_flare = {s.measurement.id for s in samples}
    for fact, value in _tryptase(record):
        if fact.context == "event" or fact.flare is not None or fact.id in of_this_flare:
            continue
        worth = baseline_worth(fact.time, fact.context, fact.hours_since_full_resolution, events, protocol)
        yield Baseline(fact, value, worth)


def _used(usable: list[Baseline], flare: Flare) -> Baseline | None:
    before = [b for b in usable if b.measurement.time.at <= flare.time.at]
    if before:
        return max(before, key=lambda b: (b.measurement.time.at, str(b.measurement.id)))
    return min(usable, key=lambda b: (b.measurement.time.at, str(b.measurement.id)), default=None)


def _copies(record: Record) -> float | None:
    found = [f for f in record.current() if isinstance(f, Variant) and f.gene.upper() == "TPSAB1"]
    copies = [f.extra_copies for f in found if f.extra_copies is not None]
    return float(copies[-1]) if copies else None


def _apply(rules: RuleSet, sample: EventSample, baseline: Baseline, copies: float | None) -> RuleAnswer:
    values: dict[str, Fact | None] = {
        "tryptase_acute": sample.value,
        "bst": baseline.value,
        "tpsab1_extra_copies": copies,
    }
    hours = sample.worth.hours
    if hours is not None and hours[1] >= 0:
        values["tryptase_acute_hours"] = Interval(max(hours[0], 0.0), hours[1])
    facts = read_facts(rules, values)
    evaluate = Evaluator(facts.known, facts.stated)
    met, formula, borderline, ratio, variability = (
        evaluate(rules.criterion(c))
        for c in ("MCAS-B", "MCA-20+2", "MCA-BORDERLINE", "MCA-RATIO", "MCA-VARIABILITY")
    )
    if hours is None or hours[1] < 0:
        met = None
    low, high = baseline.value.low, baseline.value.high
    times = Interval(sample.value.low / high, sample.value.high / low) if low > 0 else None
    limit = Interval(_limit(low), _limit(high))
    return RuleAnswer(sample, baseline, limit, times, met, formula, borderline, ratio, variability)


def _limit(baseline: float) -> float:
    """The limit for the reader; whether it is reached is decided by the rule itself, on exact decimals."""
    return float(f"{1.2 * baseline + 2:.10g}")


def _together(truths: Iterable[Truth]) -> Truth:
    """Several samples: one that shows a rise is enough; else one that was drawn in time and shows none."""
    found = list(truths)
    return True if True in found else False if False in found else None


def _in_words(
    samples: tuple[EventSample, ...],
    baselines: tuple[Baseline, ...],
    used: Baseline | None,
    answers: tuple[RuleAnswer, ...],
    met: Truth,
    differ: tuple[Baseline, ...],
) -> Iterable[str]:
    if met is None:
        reasons = []
        if not samples:
            reasons.append("no tryptase sample of the event is recorded")
        if used is None:
            reasons.append(_no_baseline(baselines))
        if samples and used is not None:
            reasons += [_open_because(a) for a in answers]
        yield f"Cannot be judged, because {'; and because '.join(reasons)}."
    for answer in answers:
        yield _answer_in_words(answer)
    if met is None and samples and used is None:
        for sample in samples:
            yield f"The sample of {sample.measurement.time}, {shown(sample.value)}, was {sample.worth.why}."
    if differ:
        others = ", ".join(f"{shown(b.value)} of {b.measurement.time}" for b in differ)
        yield f"With another qualifying baseline ({others}) the answer would be another one."


def _no_baseline(baselines: tuple[Baseline, ...]) -> str:
    if not baselines:
        return (
            "no baseline is recorded: one drawn before the event, or at least 24 hours after all symptoms are gone"
        )
    why = "; ".join(f"{shown(b.value)} of {b.measurement.time}: {b.worth.why}" for b in baselines)
    return f"no value qualifies as baseline ({why})"


def _open_because(answer: RuleAnswer) -> str:
    if answer.formula is None:
        return f"{shown(answer.sample.value)} may lie on either side of the limit of {shown(answer.limit)}"
    return f"the sample was {answer.sample.worth.why}"


def _answer_in_words(answer: RuleAnswer) -> str:
    base = answer.baseline
    how = {True: "reaches", False: "does not reach", None: "may or may not reach"}[answer.formula]
    text = (
        f"{shown(answer.sample.value)}, {answer.sample.worth.why}, {how} the limit of {shown(answer.limit)}"
        f" (1.2 × {shown(base.value)} + 2; baseline of {base.measurement.time}: {base.worth.why})."
    )
    if answer.ratio is not None:
        where = {True: "above", False: "not above", None: "on either side of"}[answer.above_ratio]
        text += f" The ratio is {shown(answer.ratio, '')}, {where} {RATIO:g}."
    if answer.borderline:
        text += " Borderline: within 10 % of the limit, where the measurement alone can tip it."
    if answer.within_variability:
        text += " Within the reported variability of a baseline: repeat a paired sample at the next event."
    return text


def shown(value: Interval, unit: str = UNIT) -> str:
    """A number with its unit, exact or as a limit."""
    from mastkit.logic.variables import number
    from mastkit.logic.words import fact_in_words

    rounded = Interval(*(float(f"{end:.3g}") for end in (value.low, value.high))) if not unit else value
    return fact_in_words(number("value", unit=unit, low=0), rounded)


def tryptase_as_data(answer: TryptaseAnswer) -> dict[str, Any]:
    """The answer as plain data, ready to be written as JSON."""
    return {
        "rule": "20 % + 2",
        "met": answer.met,
        "words": list(answer.words),
        "protocol": {
            "id": answer.protocol.id,
            "title": answer.protocol.title,
            "year": answer.protocol.year,
            "source": answer.protocol.source,
            "verified": answer.protocol.verified,
        },
        "samples": [
            {
                "id": str(s.measurement.id),
                "time": str(s.measurement.time),
                "value": shown(s.value),
                "hours_after_onset": None if s.worth.hours is None else list(s.worth.hours),
                "worth": s.worth.worth,
                "why": s.worth.why,
                "linked": s.linked,
            }
            for s in answer.samples
        ],
        "baselines": [
            {
                "id": str(b.measurement.id),
                "time": str(b.measurement.time),
                "value": shown(b.value),
                "qualifies": b.worth.qualifies,
                "why": b.worth.why,
                "used": b is answer.used,
            }
            for b in answer.baselines
        ],
        "answers": [
            {
                "sample": str(a.sample.measurement.id),
                "baseline": str(a.baseline.measurement.id),
                "limit": shown(a.limit),
                "ratio": None if a.ratio is None else shown(a.ratio, ""),
                "met": a.met,
                "formula": a.formula,
                "borderline": a.borderline,
                "above_ratio": a.above_ratio,
                "within_variability": a.within_variability,
            }
            for a in answer.answers
        ],
        "others_differ": [str(b.measurement.id) for b in answer.others_differ],
    }


__all__ = ["Baseline", "EventSample", "RuleAnswer", "TryptaseAnswer", "hours_in_words", "shown", "tryptase_answer",
           "tryptase_as_data"]
