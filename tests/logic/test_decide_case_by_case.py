"""Decision diagrams on small rules, every case of every variable."""

from __future__ import annotations

import itertools

import pytest

from mastkit.logic.decide import Classifier
from mastkit.logic.diagram import FALSE, TRUE, Diagrams, in_order
from mastkit.logic.domains import domains_of
from mastkit.logic.expressions import ALWAYS, NEVER, all_of, any_of, at_least, criterion, divided, score_at_least
from mastkit.logic.facts import read_facts
from mastkit.logic.rulebook import Label, Rulebook
from mastkit.logic.values import Interval
from mastkit.logic.variables import boolean, number
from tests.logic.draws import COPIES, CRP

A, B, C, D = VARIABLES = tuple(boolean(name) for name in "abcd")


def book(condition) -> Rulebook:
    question = criterion("Q", "Q", condition)
    return Rulebook("b", "b", question, (question,), {}, (Label("yes", "", question), Label("no", "", ALWAYS)))


def truth(condition, **said):
    rulebook = book(condition)
    classifier = Classifier(rulebook)
    return classifier.truth(rulebook.question, classifier.masks(read_facts(rulebook, said)))


@pytest.mark.parametrize("sign", [">", ">=", "<", "<="])
def test_a_quotient_on_every_number_and_count(sign: str) -> None:
    few = number("few", low=1, high=4, integer=True)
    compare = {">": float.__gt__, ">=": float.__ge__, "<": float.__lt__, "<=": float.__le__}[sign]
    for count in (COPIES, few):
        node = {
            ">": divided(CRP, one_plus=count) > 20,
            ">=": divided(CRP, one_plus=count) >= 20,
            "<": divided(CRP, one_plus=count) < 20,
            "<=": divided(CRP, one_plus=count) <= 20,
        }[sign]
        rulebook = book(node)
        classifier = Classifier(rulebook)
        counts = range(int(count.low), int(count.high) + 1)
        for crp in (10.0, 19.5, 20.0, 20.5, 40.0, 41.0, 59.0, 60.0, 61.0, 80.0, 99.0, 100.0, 101.0):
            answers = {n: compare(crp, 20.0 * (1 + n)) for n in counts}
            for n, expected in answers.items():
                facts = read_facts(rulebook, {"crp": crp, count.name: float(n)})
                assert classifier.truth(node, classifier.masks(facts)) is expected
            together = set(answers.values())
            facts = read_facts(rulebook, {"crp": crp})
            assert classifier.truth(node, classifier.masks(facts)) is (
                together.pop() if len(together) == 1 else None
            )


@pytest.mark.parametrize(
    "weights", [(1, 1, 1, 1), (2, 1, 1, 1), (3, -1, 2, -2), (-1, -2, -3, 1), (0, 5, -1, 1)], ids=str
)
def test_points_on_every_combination(weights) -> None:
    for threshold in range(-7, 8):
        node = score_at_least(threshold, zip(weights, VARIABLES, strict=True))
        rulebook = book(any_of(node, all_of(*VARIABLES) & NEVER))
        classifier = Classifier(rulebook)
        for given in itertools.product((True, False, None), repeat=4):
            totals = {
                sum(w for w, met in zip(weights, world, strict=True) if met) >= threshold
                for world in itertools.product((True, False), repeat=4)
                if all(g is None or g is w for g, w in zip(given, world, strict=True))
            }
            said = {name: value for name, value in zip("abcd", given, strict=True) if value is not None}
            masks = classifier.masks(read_facts(rulebook, said))
            assert classifier.truth(node, masks) is (totals.pop() if len(totals) == 1 else None)


def test_items_that_share_variables_are_counted_together() -> None:
    either = at_least(1, [A & B, ~A])
    assert truth(either, b=True) is True
    assert truth(at_least(2, [A, ~A, B]), b=True) is True
    assert truth(at_least(2, [A, ~A, B]), b=False) is False
    assert truth(at_least(2, [A, A, B])) is None
    assert truth(at_least(2, [A, A, B]), a=True) is True


def test_two_limits_of_one_number_are_not_independent() -> None:
    assert truth((CRP > 20) | (CRP < 200)) is True
    assert truth((CRP > 200) & (CRP < 20)) is False
    assert truth((CRP > 20) | (CRP <= 20)) is True
    assert truth((CRP > 20) | (CRP < 20)) is None
    assert truth((CRP > 20) | (CRP < 20), crp=20.0) is False
    assert truth((CRP > 20) & ~(CRP > 10), crp=Interval(0, 99)) is False


def diagrams(*roots) -> Diagrams:
    return Diagrams(in_order(domains_of(roots, ()), [A, B, C, D, CRP]))


def test_equal_parts_are_stored_once_and_idle_questions_not_at_all() -> None:
    made = diagrams(all_of(A, B, C))
    assert made.of(all_of(A, B)) == made.of(all_of(B, A)) == made.of(~any_of(~A, ~B))
    assert made.of(any_of(A, ~A)) == TRUE
    assert made.of(all_of(A, ~A)) == FALSE
    assert made.of(all_of(A, any_of(B, ~B))) == made.of(all_of(A))
    assert made.node(0, (TRUE, TRUE)) == TRUE
    assert made.of(ALWAYS) == TRUE
    assert made.of(NEVER) == FALSE
    assert made.choose(TRUE, 5, 6) == 5
    assert made.choose(FALSE, 5, 6) == 6


def test_the_nodes_of_a_diagram_come_parents_first_and_each_once() -> None:
    made = diagrams(all_of(A, B, C))
    root = made.of(all_of(A, B, C))
    nodes = made.below(root)
    assert len(nodes) == len(set(nodes)) == 3
    assert nodes[0] == root
    assert [made.levels[n] for n in nodes] == [0, 1, 2]
    assert made.below(TRUE) == []


def test_a_diagram_asks_only_the_variables_of_its_order() -> None:
    domains = domains_of([all_of(A, B), CRP > 1], ())
    assert [d.variable for d in in_order(domains, [CRP, C, A])] == [CRP, A]
