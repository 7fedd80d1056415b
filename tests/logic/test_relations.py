"""A number beside a multiple of another: it decides what every permitted value decides, and no more."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.logic.diagram import Diagrams
from mastkit.logic.domains import Domain
from mastkit.logic.evaluate import Evaluator
from mastkit.logic.exact import side
from mastkit.logic.explain import explain
from mastkit.logic.expressions import Relation, variables_of
from mastkit.logic.facts import Facts
from mastkit.logic.values import Interval, exactly
from mastkit.logic.variables import boolean, number
from mastkit.logic.words import in_words
from tests.logic.draws import budget

ACUTE = number("acute", "Acute", unit="ng/mL", low=0)
BASE = number("base", "Baseline", unit="ng/mL", low=0)
OPERATORS = (">", ">=", "<", "<=")


def above(value: float) -> Interval:
    return Interval(math.nextafter(value, math.inf), math.inf)


def below(value: float) -> Interval:
    return Interval(0.0, math.nextafter(value, -math.inf))


def truth(node: object, **known: Interval) -> bool | None:
    facts = {{"acute": ACUTE, "base": BASE}[name]: value for name, value in known.items()}
    return Evaluator(facts, frozenset(facts))(node)  # type: ignore[arg-type]


def test_it_reads_like_the_formula() -> None:
    node = ACUTE >= 1.2 * BASE + 2
    assert isinstance(node, Relation)
    assert in_words(node) == "Acute at least 1.2 times Baseline plus 2 ng/mL"
    assert in_words(~node) == "Acute below 1.2 times Baseline plus 2 ng/mL"
    assert in_words(ACUTE > 1.685 * BASE) == "Acute above 1.685 times Baseline"
    assert variables_of(node) == (ACUTE, BASE)
    assert node is (ACUTE >= 1.2 * BASE + 2)


@pytest.mark.parametrize(
    ("acute", "base", "expected"),
    [
        (exactly(38), exactly(30), True),
        (exactly(37.9), exactly(30), False),
        (above(200), exactly(30), True),
        (above(30), exactly(30), None),
        (above(38), exactly(30), True),
        (exactly(3.2), below(1.0), True),  # the highest baseline below 1.0 gives a limit below 3.2
        (exactly(3.1), below(1.0), None),
        (exactly(1.9), below(1.0), False),  # the lowest limit is 2
        (below(2.0), exactly(0), False),
        (exactly(10), above(200), False),
        (above(10), above(5), None),
    ],
)
def test_censored_numbers(acute: Interval, base: Interval, expected: bool | None) -> None:
    assert truth(ACUTE >= 1.2 * BASE + 2, acute=acute, base=base) is expected


def test_an_unknown_number_still_has_its_limits() -> None:
    node = ACUTE >= 1.2 * BASE + 2
    assert truth(node) is None
    assert truth(node, base=exactly(5)) is None
    assert truth(node, acute=exactly(50)) is None
    assert truth(node, acute=exactly(1.5)) is False  # no baseline is below 0


@pytest.mark.parametrize(
    ("operator", "below_limit", "at_limit", "above_limit"),
    [(">", False, False, True), (">=", False, True, True), ("<", True, False, False), ("<=", True, True, False)],
)
def test_each_comparator_at_its_limit(operator: str, below_limit: bool, at_limit: bool, above_limit: bool) -> None:
    node = Relation(ACUTE, operator, 1.2, BASE, 2.0)  # type: ignore[arg-type]
    for acute, expected in ((23.5, below_limit), (23.6, at_limit), (23.7, above_limit)):
        assert truth(node, acute=exactly(acute), base=exactly(18)) is expected


@pytest.mark.parametrize(
    ("operator", "up_to_limit", "from_limit"),
    [(">", False, None), (">=", None, True), ("<", None, False), ("<=", True, None)],
)
def test_each_comparator_where_a_range_ends_at_its_limit(
    operator: str, up_to_limit: bool | None, from_limit: bool | None
) -> None:
    node = Relation(ACUTE, operator, 1.2, BASE, 2.0)  # type: ignore[arg-type]
    assert truth(node, acute=Interval(20, 23.6), base=exactly(18)) is up_to_limit
    assert truth(node, acute=Interval(23.6, 30), base=exactly(18)) is from_limit


ENDS = st.integers(0, 300).map(lambda n: n / 10)
RANGES = st.tuples(ENDS, ENDS).map(lambda ends: Interval(min(ends), max(ends)))


@given(st.sampled_from(OPERATORS), RANGES, RANGES)
@budget
def test_it_is_decided_exactly_when_every_corner_agrees(operator: str, acute: Interval, base: Interval) -> None:
    node = Relation(ACUTE, operator, 1.2, BASE, 2.0)  # type: ignore[arg-type]
    holds = {">": lambda s: s > 0, ">=": lambda s: s >= 0, "<": lambda s: s < 0, "<=": lambda s: s <= 0}[operator]
    corners = {holds(side(a, 1.2, b, 2.0)) for a in (acute.low, acute.high) for b in (base.low, base.high)}
    assert truth(node, acute=acute, base=base) is (corners.pop() if len(corners) == 1 else None)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(ValueError, match="is no number"):
        Relation(boolean("yes"), ">", 1.0, BASE)
    with pytest.raises(ValueError, match="compared with itself"):
        _ = ACUTE > 1.2 * ACUTE
    with pytest.raises(ValueError, match="a factor above 0"):
        _ = ACUTE > -1.0 * BASE


def test_a_decision_diagram_says_that_it_cannot() -> None:
    diagrams = Diagrams([Domain(ACUTE, starts=(0.0,)), Domain(BASE, starts=(0.0,))])
    with pytest.raises(TypeError, match="cannot compare two numbers"):
        diagrams.of(ACUTE > 1.2 * BASE)


def test_the_explanation_names_both_numbers() -> None:
    known = {ACUTE: exactly(24), BASE: exactly(18)}
    ground = explain(ACUTE >= 1.2 * BASE + 2, Facts(known, frozenset(known)))
    assert ground.truth is True
    assert ground.fact == "Acute 24 ng/mL; Baseline 18 ng/mL"
    assert ground.variables == (ACUTE, BASE)
