"""Reactions: for each flare of a record what the definitions, the gradings and the tryptase rule say.

A way of looking back. Whoever may be having anaphylaxis now follows their own emergency plan and calls the
emergency number; nothing here is waited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from mastkit.followup.flare import FlareValues, flare_values
from mastkit.followup.tryptase import TryptaseRule
from mastkit.followup.tryptase_answer import TryptaseAnswer
from mastkit.followup.view import RecordView
from mastkit.followup.windows import Window
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.explain import Ground, explain
from mastkit.logic.expressions import Criterion, Expression, variables_of
from mastkit.logic.facts import Facts, read_facts
from mastkit.logic.rulebook import RuleSet
from mastkit.logic.score import Level, Points, Score
from mastkit.logic.values import Truth
from mastkit.logic.variables import Variable
from mastkit.record.facts import EmergencyPlan, Flare
from mastkit.record.record import Record
from mastkit.rulebooks.anaphylaxis import anaphylaxis
from mastkit.rulebooks.severity import BROWN, MUELLER_GRADE, RING_MESSMER

SAFETY = (
    "This looks back at what was written down. In a reaction, follow your own emergency plan and call the emergency"
    " number; do not wait for a result."
)


@dataclass(frozen=True, slots=True)
class JudgedCriterion:
    """A criterion for one flare.

    Attributes:
        truth: from what was written down; ``None`` where that leaves it open.
        if_complete: the truth if nothing was there but what was written down.
        missing: what would have to be known to judge it, where it is open.
    """

    criterion: Criterion
    truth: Truth
    if_complete: Truth
    ground: Ground
    missing: tuple[Variable, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grading for one flare: from the lowest grade that is certain to the highest that is possible.

    Attributes:
        if_complete: the grade if nothing was there but what was written down.
    """

    grading: Score
    points: Points
    if_complete: Points

    @property
    def certain(self) -> Level:
        """The lowest grade that is certain."""
        return self.grading.levels_at(Points(self.points.low, self.points.low))[0]

    @property
    def highest(self) -> Level:
        """The highest grade that is possible."""
        return self.grading.levels_at(Points(self.points.high, self.points.high))[0]

    @property
    def written(self) -> Level:
        """The grade if nothing was there but what was written down."""
        return self.grading.levels_at(Points(self.if_complete.high, self.if_complete.high))[0]


@dataclass(frozen=True)
class Reaction:
    """What is said of one flare.

    Attributes:
        judged: whether it was judged to be anaphylaxis when it was written down.
        warning: words on a fall in blood pressure or fainting that the definitions do not cover; empty otherwise.
        windows: the sampling windows as they stand at the instant that was asked for; empty without one.
    """

    flare: Flare
    known: FlareValues
    criteria: tuple[JudgedCriterion, ...]
    grades: tuple[Grade, ...]
    tryptase: TryptaseAnswer
    warning: str
    windows: tuple[Window, ...] = ()

    @property
    def judged(self) -> bool | None:
        """Whether it was judged to be anaphylaxis when it was written down."""
        return self.flare.anaphylaxis

    def truth(self, id: str) -> Truth:  # noqa: A002 - the word of the criteria
        """The truth of a criterion, such as ``NIAID`` or ``WAO``."""
        return next(j.truth for j in self.criteria if j.criterion.id == id)


def reactions(
    record: Record, readings: Mapping[str, str] | None = None, *, now: datetime | None = None
) -> tuple[Reaction, ...]:
    """Every flare of a record that holds now, earliest first.

    Args:
        readings: options of the readings of mast cell activation that are not at their defaults.
        now: the instant at which sampling windows are open or missed; without it they are left out.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """
    view = RecordView(record)
    rule = TryptaseRule(view, readings)
    return tuple(_reaction(view, flare, rule, now) for flare in view.flares)


def reaction(
    record: Record, flare: Flare, readings: Mapping[str, str] | None = None, *, now: datetime | None = None
) -> Reaction:
    """One flare of a record alone; the arguments are those of :func:`reactions`."""
    view = RecordView(record)
    return _reaction(view, flare, TryptaseRule(view, readings), now)


def _reaction(view: RecordView, flare: Flare, rule: TryptaseRule, now: datetime | None) -> Reaction:
    known = flare_values(view, flare)
    criteria = tuple(_judge(known))
    gradings = (BROWN, RING_MESSMER, *((MUELLER_GRADE,) if known.after_a_sting else ()))
    grades = tuple(_grade(g, known) for g in gradings)
    windows = rule.windows(flare, now) if now is not None else ()
    return Reaction(flare, known, criteria, grades, rule.answer(flare), _warning(criteria), windows)


def plan_of(record: Record) -> EmergencyPlan | None:
    """The emergency plan that holds now: the latest one."""
    plans = [fact for fact in record.current() if isinstance(fact, EmergencyPlan)]
    return max(plans, key=lambda p: (p.time.at, p.recorded_at), default=None)


@cache
def _rules() -> RuleSet:
    return anaphylaxis()


def _judge(known: FlareValues) -> Iterable[JudgedCriterion]:
    rules = _rules()
    facts, complete = read_facts(rules, known.values), read_facts(rules, known.complete())
    evaluate, evaluate_complete = _evaluator(facts), _evaluator(complete)
    for criterion in rules.criteria:
        truth = evaluate(criterion)
        missing = tuple(dict.fromkeys(_open(criterion, evaluate)))
        ground = explain(criterion, facts, evaluate)
        yield JudgedCriterion(criterion, truth, evaluate_complete(criterion), ground, missing)


def _open(node: Expression, evaluate: Evaluator) -> Iterable[Variable]:
    """The variables that keep a condition open: parts that are decided are passed over."""
    if evaluate(node) is not None:
        return
    for child in node.children:
        yield from _open(child, evaluate)
    if not node.children:
        yield from (v for v in variables_of(node) if v.observable and v not in evaluate.stated)


def _grade(grading: Score, known: FlareValues) -> Grade:
    return Grade(
        grading,
        grading.total(_evaluator(read_facts(grading, known.values))),
        grading.total(_evaluator(read_facts(grading, known.complete()))),
    )


def _evaluator(facts: Facts) -> Evaluator:
    return Evaluator(facts.known, facts.stated)


def _warning(criteria: tuple[JudgedCriterion, ...]) -> str:
    """Isolated hypotension: shown as soon as neither definition is surely met and the trap may be there."""
    truths = {j.criterion.id: j for j in criteria}
    trap = truths["ISOLATED"]
    if truths["NIAID"].truth or truths["WAO"].truth or not (trap.truth or trap.if_complete):
        return ""
    return (
        "A fall in blood pressure or fainting without skin signs: it need not meet a definition of anaphylaxis, and"
        " in mast cell disease it is a warning all the same. 'Not met' is no all-clear."
    )
