"""Random rules and random persons, from a small made-up clinic of sore throats.

The variables are few and of every kind; limits lie close together, so that the rare cases are common.
"""

from __future__ import annotations

import math
import os

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from mastkit.logic.expressions import (
    ALWAYS,
    NEVER,
    Comparison,
    Constant,
    Expression,
    Member,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
    gated,
    known,
    score_at_least,
)
from mastkit.logic.rulebook import Label, Presumption, Retest, Rulebook, presume
from mastkit.logic.score import Level, Score, part
from mastkit.logic.values import Fact, Interval
from mastkit.logic.variables import Variable, boolean, choice, latent, number

COUGH = boolean("cough", "Cough")
RASH = boolean("rash", "Rash")
TRAVEL = boolean("travel", "Travel", absent=False, absent_reason="a traveller says so")
SWAB = choice(
    "swab",
    ("none", "strep", "virus", "unclear", "suspected"),
    "Throat swab",
    open_values={"unclear": ("none", "strep")},
    provisional=("suspected",),
)
SIZE = choice("size", ("small", "large", "swollen"), open_values={"swollen": ("small", "large")}, absent="small")
TEMPERATURE = number("temperature", "Temperature", unit="Cel", low=30, high=45)
CRP = number("crp", "CRP", unit="mg/L", low=0)
DAYS = number("days", "Days in bed", absent=0, low=0, high=365, absent_reason="nobody speaks of it")
COPIES = number("copies", "Extra copies", low=0, high=2, integer=True)
NODES = number("nodes", "Swollen nodes", low=0, high=9, integer=True)
CARRIER = latent("carrier", "Whether strep is there for good")
HIDDEN = latent("hidden", "What a better swab would show")

# Under mutation a failure is all that counts: no time is spent on making it small.
_MUTATING = "MASTKIT_MUTATING" in os.environ

budget = settings(
    deadline=None,
    max_examples=int(os.environ.get("MASTKIT_EXAMPLES", "60")),
    phases=[Phase.explicit, Phase.generate] if _MUTATING else list(Phase),
    derandomize=_MUTATING,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Few examples on every run; set MASTKIT_EXAMPLES to look for longer."""

POOL = (COUGH, RASH, TRAVEL, SWAB, SIZE, TEMPERATURE, CRP, DAYS, COPIES, NODES, CARRIER, HIDDEN)
LIMITS: dict[Variable, tuple[float, ...]] = {
    TEMPERATURE: (30.0, 37.0, 38.5, 45.0),
    CRP: (0.0, 5.0, 10.0, 20.0),
    DAYS: (0.0, 3.0),
    COPIES: (0.0, 0.5, 1.0),
    NODES: (0.5, 1.0, 2.0, 9.0),
}

# Any few of them, and as often those whose meeting is rare: a quotient, a statement that is no last word.
few_variables = st.one_of(
    st.lists(st.sampled_from(POOL), min_size=2, max_size=4, unique=True),
    st.sampled_from(([CRP, COPIES], [NODES, COPIES, COUGH], [SWAB, CARRIER], [SWAB, RASH, CRP])),
)


def leaves(variables: list[Variable]) -> st.SearchStrategy[Expression]:
    """Questions about these variables that are made of nothing smaller."""
    found: list[st.SearchStrategy[Expression]] = [st.sampled_from((ALWAYS, NEVER))]
    for v in variables:
        if v.observable:
            found.append(st.just(known(v)))
        if v.kind == "boolean":
            found += [st.just(Member(v, frozenset({True}))), st.just(Member(v, frozenset({False})))]
        elif v.kind == "choice":
            found.append(
                st.sets(st.sampled_from((*v.truths, *v.provisional)), min_size=1).map(
                    lambda values, v=v: Member(v, frozenset(values))
                )
            )
        else:
            compared = st.tuples(st.sampled_from((">", ">=", "<", "<=")), st.sampled_from(LIMITS[v]))
            found.append(compared.map(lambda c, v=v: Comparison(v, c[0], c[1])))
            if COPIES in variables and v is not COPIES:
                found.append(compared.map(lambda c, v=v: Comparison(v, c[0], c[1], COPIES)))
    return st.one_of(found)


def expressions(variables: list[Variable], largest: int = 8) -> st.SearchStrategy[Expression]:
    """Questions of any shape about these variables, and about the two truths that no test shows."""

    def larger(smaller: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
        some = st.lists(smaller, max_size=4)
        weighted = st.lists(st.tuples(st.integers(-3, 3), smaller), max_size=4)
        return st.one_of(
            smaller.map(lambda e: ~e),
            st.tuples(smaller, smaller).map(lambda p: p[0] & p[1]),
            st.tuples(smaller, smaller).map(lambda p: p[0] | p[1]),
            some.map(lambda s: all_of(*s)),
            some.map(lambda s: any_of(*s)),
            st.tuples(st.integers(-1, 4), some).map(lambda p: at_least(p[0], p[1])),
            st.tuples(st.integers(-3, 5), weighted).map(lambda p: score_at_least(p[0], p[1])),
            st.tuples(smaller, smaller, st.sampled_from((CARRIER, HIDDEN))).map(
                lambda t: gated(t[0], adequate=t[1], latent=t[2])
            ),
            smaller.map(lambda e: criterion("C", "A criterion", e)),
        )

    return st.recursive(leaves(variables), larger, max_leaves=largest)


def conclusions(v: Variable) -> st.SearchStrategy[Expression]:
    """What silence on a variable may be taken to say."""
    if v.kind == "boolean":
        yes = Member(v, frozenset({True}))
        return st.sampled_from((yes, ~yes))
    if v.kind == "choice":
        return st.sets(st.sampled_from(v.truths), min_size=1).map(lambda values: Member(v, frozenset(values)))
    inside = [limit for limit in LIMITS[v] if v.low < limit < v.high]
    return st.tuples(st.sampled_from((">", ">=", "<", "<=")), st.sampled_from(inside)).map(
        lambda c: Comparison(v, c[0], c[1])
    )


@st.composite
def presumptions(draw: st.DrawFn, variables: list[Variable], largest: int = 3) -> Presumption:
    v = draw(st.sampled_from([v for v in variables if v.absent is None]))
    when = draw(expressions(variables, largest))
    return presume(v, draw(conclusions(v)), when=when, title="silence says so", kind="reading", clause="7")


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """A small classification with everything a rulebook can have."""
    variables = draw(few_variables)
    rule = expressions(variables, 6)
    question = criterion("Q", "The question", draw(rule))
    other = criterion("O", "Another question", draw(rule))
    codes = ["A", "B", "C"][: draw(st.integers(1, 3))]
    labels = [Label(code, f"Kind {code}", draw(rule | st.just(question) | st.just(other))) for code in codes]
    silent = any(v.absent is None for v in variables)
    silences = draw(st.lists(presumptions(variables), max_size=2)) if silent else []
    again = [v for v in variables if v.observable]
    retests = ()
    if again and draw(st.booleans()):
        retests = (Retest(tuple(draw(st.sets(st.sampled_from(again), min_size=1))), draw(rule), "once more"),)
    return Rulebook(
        id="throat",
        title="Sore throats",
        question=question,
        criteria=(question, other),
        groups={"signs": (other,)},
        labels=(*labels, Label("none", "Nothing", ALWAYS)),
        presumptions=tuple(silences),
        retests=retests,
        order=tuple(draw(st.permutations(variables))),
    )


def numbers_of(v: Variable) -> st.SearchStrategy[Fact]:
    """Numbers on and around the limits, and intervals that end there."""
    steps = (0.0, 1.0) if v.integer else (0.0, 0.25, -0.25, 7.0)
    points = sorted(
        {
            min(max(float(round(p)) if v.integer else p, v.low), v.high)
            for limit in LIMITS[v]
            for factor in (1, 2, 3)
            for step in steps
            for p in (limit * factor + step,)
        }
    )
    exact = st.sampled_from(points)
    ranges = st.tuples(exact, exact).map(lambda pair: Interval(min(pair), max(pair)))
    above = exact.map(lambda low: Interval(low, v.high))
    strictly_below = exact.filter(lambda high: high > v.low).map(
        lambda high: Interval(v.low, math.nextafter(high, -math.inf))
    )
    return st.one_of(exact, ranges, above, strictly_below)


def values_of(v: Variable) -> st.SearchStrategy[Fact]:
    """Anything that may be stated of a variable."""
    if v.kind == "boolean":
        return st.booleans()
    if v.kind == "choice":
        # Statements that are no last word are the interesting ones: twice as often.
        return st.sampled_from((*v.values, *v.provisional, *(name for name, _ in v.open_values)))
    return numbers_of(v)


@st.composite
def statements(draw: st.DrawFn, variables: tuple[Variable, ...]) -> dict[str, Fact]:
    """What is stated of a person; about half of it is missing."""
    found: dict[str, Fact] = {}
    for v in variables:
        if v.observable and draw(st.booleans()):
            found[v.name] = draw(values_of(v))
    return found


@st.composite
def scores(draw: st.DrawFn) -> Score:
    variables = draw(few_variables)
    rule = expressions(variables, 3)
    line = st.builds(
        lambda choices, otherwise: part("A line", *choices, otherwise=otherwise),
        st.lists(st.tuples(rule, st.integers(-3, 4)), max_size=3),
        st.integers(-2, 2),
    )
    parts = tuple(draw(st.lists(line, min_size=1, max_size=3)))
    lows = sorted(draw(st.sets(st.integers(-4, 6), max_size=3)))
    levels = tuple(Level(f"L{low}", f"from {low}", low) for low in lows)
    silent = any(v.absent is None for v in variables)
    silences = draw(st.lists(presumptions(variables, 2), max_size=1)) if silent else []
    return Score("throat", "Sore throat score", parts, levels, presumptions=tuple(silences))


__all__ = ["POOL", "Constant", "divided", "expressions", "rulebooks", "scores", "statements"]
