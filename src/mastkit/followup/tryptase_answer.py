"""What the tryptase rule says of a flare: plain frozen values, and the same in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mastkit.followup.windows import BaselineWorth, SampleWorth
from mastkit.logic.values import Interval, Truth
from mastkit.logic.variables import number
from mastkit.logic.words import fact_in_words
from mastkit.record.facts import Measurement
from mastkit.rulebooks.mast_cell_activation import RATIO
from mastkit.rulebooks.windows import Protocol

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
        raised_for_genotype: whether the baseline is above the limit for the number of extra TPSAB1 copies.
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
    raised_for_genotype: Truth


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


def in_words(
    samples: tuple[EventSample, ...],
    baselines: tuple[Baseline, ...],
    used: Baseline | None,
    answers: tuple[RuleAnswer, ...],
    met: Truth,
    differ: tuple[Baseline, ...],
) -> Iterable[str]:
    """The answer in sentences, with the numbers, the times, and what is missing."""
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
    if answer.raised_for_genotype is not None:
        text += f" The baseline is {'' if answer.raised_for_genotype else 'not '}raised for the gene copies."
    if answer.within_variability:
        text += " Within the reported variability of a baseline: repeat a paired sample at the next event."
    return text


def shown(value: Interval, unit: str = UNIT) -> str:
    """A number with its unit, exact or as a limit."""
    rounded = Interval(*(float(f"{end:.3g}") for end in (value.low, value.high))) if not unit else value
    return fact_in_words(number("value", unit=unit, low=0), rounded)
