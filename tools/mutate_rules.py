"""Mutation testing of rules as data: change one rule of a classification and see whether an expectation notices.

    uv run python -m tools.mutate_rules             # both systems; a few minutes
    uv run python -m tools.mutate_rules who-2022

A rulebook is made of values, so a mutant is the rulebook with one of them changed: a comparison made strict or
loose or its limit moved by a tenth, a count one higher or lower, a part of "all of" or "at least one of" left
out, a value left out of a choice, a gate left open or shut, a presumption left out. Tools that change source text
do not reach these, because most rules stand at the level of a module.

Every mutant classifies the sheets of ``tests/rulebooks``, the published cases, and the persons on whom the
rulebooks and the second encoding agree (``tests/oracle``). It is killed when an expectation is contradicted, or
when the answer to such a person is another one. ``docs/mutation.md`` keeps what was found.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, fields, replace
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from mastkit.assessment.systems import SYSTEMS
from mastkit.assessment.table import stated_cases
from mastkit.logic.decide import Classifier
from mastkit.logic.expressions import (
    And,
    AtLeast,
    Comparison,
    Criterion,
    Expression,
    Gate,
    Member,
    Not,
    Or,
    walk,
)
from mastkit.logic.rulebook import Rulebook
from mastkit.record.sheets import SheetTable
from mastkit.rulebooks import rulebook
from tests import published_cases
from tests.oracle.test_rulebooks_agree import persons
from tests.rulebooks import expectations
from tests.rulebooks import test_limits_and_silence_one_by_one as limits

ROOT = Path(__file__).parents[1]
STRICT = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}
FILES = ("worked_examples.jsonl", "boundaries.jsonl", "readings.jsonl")
AGREED = range(4)
"""Seeds of the persons of ``tests/oracle/test_rulebooks_agree.py``."""
Json = dict[str, Any]


@dataclass(frozen=True)
class Mutant:
    """A rulebook with one thing changed, and what was changed."""

    what: str
    book: Rulebook


def rewritten(node: Expression, old: Expression, new: Expression, made: dict[Expression, Expression]) -> Expression:
    """The expression with one of its parts replaced wherever it stands."""
    if node is old:
        return new
    if node not in made:
        match node:
            case And(items=items) | Or(items=items) | AtLeast(items=items):
                changed: Expression = replace(node, items=tuple(rewritten(i, old, new, made) for i in items))
            case Not(item=item):
                changed = Not(rewritten(item, old, new, made))
            case Criterion(condition=condition):
                changed = replace(node, condition=rewritten(condition, old, new, made))
            case Gate(finding=finding, adequate=adequate):
                parts = {"finding": finding, "adequate": adequate}
                changed = replace(node, **{k: rewritten(v, old, new, made) for k, v in parts.items()})
            case _:
                changed = node
        made[node] = changed
    return made[node]


def with_part(book: Rulebook, old: Expression, new: Expression) -> Rulebook:
    """The rulebook with one expression replaced everywhere."""
    made: dict[Expression, Expression] = {}

    def of(node: Any) -> Any:
        return rewritten(node, old, new, made)

    return replace(
        book,
        question=of(book.question),
        criteria=tuple(map(of, book.criteria)),
        groups={name: tuple(map(of, members)) for name, members in book.groups.items()},
        labels=tuple(replace(label, condition=of(label.condition)) for label in book.labels),
        presumptions=tuple(replace(p, when=of(p.when), then=of(p.then)) for p in book.presumptions),
    )


def changes(node: Expression) -> Iterator[tuple[str, Expression]]:
    """The ways in which one expression is changed."""
    match node:
        case Comparison():
            yield "strictness", replace(node, operator=STRICT[node.operator])
            step = 1.0 if node.variable.integer else max(abs(node.limit) * 0.1, 0.1)
            yield "limit up", replace(node, limit=node.limit + step)
            yield "limit down", replace(node, limit=node.limit - step)
            if node.one_plus is not None:
                yield "copies ignored", replace(node, one_plus=None)
        case And(items=items) | Or(items=items) if len(items) > 1:
            for i in range(len(items)):
                yield f"part {i + 1} left out", replace(node, items=items[:i] + items[i + 1 :])
            yield "all and any exchanged", (Or if isinstance(node, And) else And)(items)
        case AtLeast(count=count, items=items):
            yield "one more", replace(node, count=count + 1)
            yield "one less", replace(node, count=count - 1)
            for i in range(len(items)):
                yield f"part {i + 1} left out", replace(node, items=items[:i] + items[i + 1 :])
        case Member(values=values) if len(values) > 1:
            for value in sorted(map(str, values)):
                yield f"{value} left out", replace(node, values=frozenset(v for v in values if str(v) != value))
        case Gate(finding=finding):
            yield "gate always adequate", finding
        case Not(item=item):
            yield "not left out", item
        case _:
            return


def mutants(book: Rulebook) -> Iterator[Mutant]:
    """Every mutant of the rules of a classification."""
    roots = [*book.criteria, *(label.condition for label in book.labels), *(p.when for p in book.presumptions)]
    for node in list(walk(*roots)):
        for how, new in changes(node):
            yield Mutant(f"{_name(node)}: {how}", with_part(book, node, new))
    for i, presumption in enumerate(book.presumptions):
        left = book.presumptions[:i] + book.presumptions[i + 1 :]
        yield Mutant(
            f"presumption left out: {presumption.title} ({presumption.variable})", replace(book, presumptions=left)
        )


def _name(node: Expression) -> str:
    shown = [f"{getattr(node, f.name)!s:.60}" for f in fields(node) if f.name not in ("items", "condition")]
    return f"{type(node).__name__} {' '.join(shown)} of {', '.join(sorted(_variables(node))[:4])}"


def _variables(node: Expression) -> set[str]:
    return {n.variable.name for n in walk(node) if isinstance(n, Comparison | Member)}


def asked_one_by_one() -> list[tuple[str, str | None, Json]]:
    """What ``tests/rulebooks/test_limits_and_silence_one_by_one.py`` asks: system, criterion (or all), sheet."""
    asked: list[tuple[str, str | None, Json]] = []
    truth, possible = limits.truth, limits.possible

    def noted_truth(system: str, key: str, **sheet: Any) -> bool | None:
        asked.append((system, key, sheet))
        return truth(system, key, **sheet)

    def noted_possible(system: str, **sheet: Any) -> set[str]:
        asked.append((system, None, sheet))
        return possible(system, **sheet)

    with patch.multiple(limits, truth=noted_truth, possible=noted_possible), redirect_stdout(StringIO()):
        if pytest.main(["-q", "-p", "no:cacheprovider", str(limits.__file__)]) != 0:
            raise SystemExit("a limit that is asked one by one is not kept; run the tests first")
    return asked


class Judge:
    """Holds the answers of a rulebook against everything that is expected of one system."""

    def __init__(self, system: str) -> None:
        self.system = system
        lines = [line for name in FILES for line in expectations.load(name) if system in line["expect"]]
        self.expected = [line["expect"][system] for line in lines]
        cases = published_cases.read_cases(ROOT / "examples" / "published.jsonl")
        self.cases = [case for case in cases if system in case["expect"]]
        agreed = [person for seed in AGREED for person in persons(seed)]
        self.asked = [(key, sheet) for asked_of, key, sheet in asked_one_by_one() if asked_of == system]
        parts = [
            [line["sheet"] for line in lines],
            [case["sheet"] for case in self.cases],
            agreed,
            [sheet for _, sheet in self.asked],
        ]
        self.ends = [sum(map(len, parts[:i])) for i in range(1, len(parts) + 1)]
        sheets = [sheet for part in parts for sheet in part]
        self.table = SheetTable.from_sheets([{"id": str(i), "sheet": sheet} for i, sheet in enumerate(sheets)])
        self.before = list(self._answers(rulebook(system)))

    def accepts(self, book: Rulebook) -> bool:
        """Whether no expectation is contradicted. What is missing is not asked: it follows from the rest."""
        answers = list(self._answers(book))
        for expected, got in zip(self.expected, answers, strict=False):
            wanted = {k: v for k, v in expected.items() if k != "missing_contains"}
            if expectations.differences(wanted, got) or expectations.criterion_differences(wanted, got):
                return False
        expected, published, agreed, _ = self.ends
        if answers[published:agreed] != self.before[published:agreed]:
            return False
        for (key, _), got, was in zip(self.asked, answers[agreed:], self.before[agreed:], strict=True):
            if (
                (got["possible"] != was["possible"])
                if key is None
                else (got["criteria"][key] != was["criteria"][key])
            ):
                return False
        return not any(
            published_cases.contradictions(case["id"], self.system, case["expect"][self.system], got)
            for case, got in zip(self.cases, answers[expected:published], strict=True)
        )

    def _answers(self, book: Rulebook) -> Iterator[Json]:
        classifier = Classifier(book)
        masks = classifier.masks_many(stated_cases(self.table, classifier.domains, slice(None)), len(self.table))
        possible = classifier.possible_many(masks).tolist()
        truths = {c.id.partition("-")[2]: classifier.truth_many(c, masks).tolist() for c in book.criteria}
        keys = {name: [c.id.partition("-")[2] for c in members] for name, members in book.groups.items()}
        codes = [label.code for label in book.labels]
        for i in range(len(self.table)):
            criteria = {key: (None, False, True)[column[i] + 1] for key, column in truths.items()}
            left = [code for place, code in enumerate(codes) if possible[i] >> place & 1]
            counts: Mapping[str, Json] = {
                name: {
                    "met": sum(criteria[k] is True for k in members),
                    "possible": sum(criteria[k] is not False for k in members),
                }
                for name, members in keys.items()
            }
            yield {
                "systemic_mastocytosis": criteria["SM"],
                "subtype": left[0] if len(left) == 1 else None,
                "possible": left,
                **counts,
                "criteria": criteria,
                "missing": [],
            }


def main(arguments: list[str]) -> int:
    """Try every mutant of the named systems and print the survivors and the score."""
    for system in arguments or SYSTEMS:
        judge, book = Judge(system), rulebook(system)
        if not judge.accepts(book):
            print(f"{system}: the rules themselves contradict an expectation; run the tests first.")
            return 1
        killed, survivors, refused = 0, [], 0
        for mutant in mutants(book):
            try:
                alive = judge.accepts(mutant.book)
            except (ValueError, KeyError):  # the rule language refuses it: no such rulebook can be written
                refused += 1
                continue
            if alive:
                survivors.append(mutant.what)
            else:
                killed += 1
        for what in survivors:
            print(f"  survived: {what}")
        total = killed + len(survivors)
        print(json.dumps({"system": system, "mutants": total, "killed": killed, "refused": refused}))
        print(f"{system}: {killed} of {total} killed ({100 * killed / total:.1f} %)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
