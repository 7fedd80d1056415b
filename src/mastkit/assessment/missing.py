"""Which tests would settle the answer, the easiest for the person first."""

from __future__ import annotations

from collections.abc import Sequence

from mastkit.assessment.answer import MissingSet
from mastkit.logic.decision import DecidingSet
from mastkit.logic.variables import Variable
from mastkit.vocabulary.variables import clinical_tests, sheet_variables


def ranked(sets: Sequence[DecidingSet]) -> tuple[MissingSet, ...]:
    """The smallest sets with the tests that give them: smallest first, then least invasive."""
    return tuple(sorted((with_tests(found.variables, found.answers) for found in sets), key=_ease))


def with_tests(missing: Sequence[Variable], answers: tuple[str, ...]) -> MissingSet:
    """Missing variables with the clinical tests that give them, least invasive first."""
    variables, tests = sheet_variables(), clinical_tests()
    names = tuple(v.name for v in missing)
    needed = sorted({variables[name].test for name in names}, key=lambda test: (tests[test].burden, test))
    burden = tuple(sorted((tests[test].burden for test in needed), reverse=True))
    return MissingSet(names, answers, tuple(needed), burden)


def _ease(found: MissingSet) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    return len(found.variables), found.burden, found.variables
