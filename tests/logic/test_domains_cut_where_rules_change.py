"""The cases of a variable are cut exactly where a rule changes its mind."""

from __future__ import annotations

import math

from mastkit.logic.domains import Domain, domains_of
from mastkit.logic.expressions import Comparison, any_of, divided, gated, known
from mastkit.logic.values import Interval, exactly
from mastkit.logic.variables import choice, number
from tests.logic.draws import COPIES, COUGH, CRP, HIDDEN, NODES, SWAB, TEMPERATURE

ABOVE_20 = math.nextafter(20, 99)


def domain(variable, *roots, twice=()) -> Domain:
    return domains_of(roots, twice)[variable]


def test_a_strict_limit_begins_a_case_just_after_it_and_a_loose_one_on_it() -> None:
    assert domain(CRP, CRP > 20).starts == (0, ABOVE_20)
    assert domain(CRP, CRP <= 20).starts == (0, ABOVE_20)
    assert domain(CRP, CRP >= 20).starts == (0, 20)
    assert domain(CRP, CRP < 20).starts == (0, 20)
    assert domain(CRP, (CRP > 20) | (CRP >= 20) | (CRP < 5)).starts == (0, 5, 20, ABOVE_20)


def test_limits_outside_the_range_cut_nothing() -> None:
    assert domain(TEMPERATURE, TEMPERATURE > 45).starts == (30,)
    assert domain(TEMPERATURE, TEMPERATURE >= 45).starts == (30, 45)
    assert domain(TEMPERATURE, TEMPERATURE >= 30).starts == (30,)
    assert domain(TEMPERATURE, TEMPERATURE > 30).starts == (30, math.nextafter(30, 99))


def test_counts_are_cut_at_whole_numbers() -> None:
    assert domain(NODES, NODES > 2).starts == (0, 3)
    assert domain(NODES, NODES > 2.5).starts == (0, 3)
    assert domain(NODES, NODES >= 2.5).starts == (0, 3)
    assert domain(NODES, NODES <= 2).starts == (0, 3)
    assert domain(NODES, NODES < 2).starts == (0, 2)


def test_a_quotient_cuts_the_number_at_every_multiple_and_the_count_everywhere() -> None:
    node = divided(CRP, one_plus=COPIES) >= 20
    assert domain(CRP, node).starts == (0, 20, 40, 60)
    assert domain(COPIES, node).starts == (0, 1, 2)
    few = number("few", low=1, high=3, integer=True)
    node = divided(CRP, one_plus=few) >= 20
    assert domain(CRP, node).starts == (0, 40, 60, 80)
    assert domain(few, node).starts == (1, 2, 3)


def test_values_that_are_always_mentioned_together_are_one_case() -> None:
    swab = domain(SWAB, SWAB.is_in("strep"))
    assert set(swab.groups) == {frozenset({"none", "virus"}), frozenset({"strep"}), frozenset({"suspected"})}
    assert (swab.cases, swab.size) == (3, 3)
    assert set(domain(COUGH, any_of(COUGH)).groups) == {frozenset({True}), frozenset({False})}
    assert domain(HIDDEN, gated(COUGH, adequate=COUGH, latent=HIDDEN)).cases == 2


def test_an_unknown_choice_may_be_anything_but_a_provisional_statement() -> None:
    swab = domain(SWAB, SWAB.is_in("strep") | SWAB.is_in("suspected"))
    possible = [group for i, group in enumerate(swab.groups) if swab.unknown >> i & 1]
    assert set(possible) == {frozenset({"none", "virus"}), frozenset({"strep"})}
    assert domain(COUGH, any_of(COUGH)).unknown == 0b11
    assert domain(CRP, CRP > 20).unknown == 0b11


def test_what_is_known_leaves_some_cases() -> None:
    crp = domain(CRP, (CRP > 5) | (CRP >= 20))

    def cases(known_value) -> list[int]:
        mask = crp.mask(known_value, stated=True)
        return [i for i in range(crp.size) if mask >> i & 1]

    assert cases(exactly(5)) == [0]
    assert cases(exactly(math.nextafter(5, 9))) == [1]
    assert cases(exactly(20)) == [2]
    assert cases(Interval(0, 19)) == [0, 1]
    assert cases(Interval(6, math.inf)) == [1, 2]
    assert cases(None) == [0, 1, 2]
    cough = domain(COUGH, any_of(COUGH))
    assert cough.mask(frozenset({True}), stated=True) == cough.member(frozenset({True}))
    assert cough.mask(frozenset({True, False}), stated=True) == 0b11


def test_where_it_matters_whether_it_is_stated_each_case_is_there_twice() -> None:
    cough = domain(COUGH, any_of(COUGH), known(COUGH), twice=[COUGH])
    assert (cough.cases, cough.size) == (2, 4)
    yes = frozenset({True})
    silent, said = cough.mask(yes, stated=False), cough.mask(yes, stated=True)
    assert said == silent << 2
    assert cough.member(yes) == silent | said
    assert cough.stated == 0b1100
    assert cough.statable == 0b1100
    assert cough.mask(None, stated=False) == 0b0011
    once = domain(COUGH, any_of(COUGH))
    assert once.stated == 0
    assert once.statable == 0b11
    assert once.mask(yes, stated=False) == once.mask(yes, stated=True)


def test_a_variable_of_which_only_the_knowing_matters_has_one_case_twice() -> None:
    for variable in (COUGH, SWAB, CRP):
        found = domain(variable, known(variable), twice=[variable])
        assert (found.cases, found.size, found.unknown, found.stated) == (1, 2, 0b1, 0b10)
    assert domain(CRP, known(CRP), twice=[CRP]).starts == (0,)
    assert domain(SWAB, known(SWAB), twice=[SWAB]).groups[0] == {"none", "strep", "virus", "suspected"}
    assert domain(COUGH, known(COUGH), twice=[COUGH]).groups[0] == {True, False}


def test_a_comparison_holds_in_the_cases_beyond_its_limit() -> None:
    nodes = [CRP > 5, CRP >= 5, CRP < 5, CRP <= 5, CRP > 20, CRP >= 0, CRP < 0, CRP > 1000]
    crp = domain(CRP, *nodes)
    samples = [(*crp.starts, 1e9)[i] for i in range(crp.cases)]
    tests = {">": float.__gt__, ">=": float.__ge__, "<": float.__lt__, "<=": float.__le__}
    for node in nodes:
        expected = sum(1 << i for i, p in enumerate(samples) if tests[node.operator](float(p), node.limit))
        assert crp.compared(node) == expected
    doubled = domain(CRP, Comparison(CRP, ">=", 40.0), twice=[CRP])
    assert doubled.compared(Comparison(CRP, ">=", 20.0), 2) == 0b1010


def test_every_variable_has_a_domain_and_only_those() -> None:
    colour = choice("colour", ("red", "blue"))
    found = domains_of([any_of(COUGH), CRP > 1, colour.is_in("red")], [SWAB])
    assert list(found) == [COUGH, colour, CRP, SWAB]
    assert found[SWAB].twice
    assert not found[CRP].twice
