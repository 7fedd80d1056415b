"""Assess a whole table of case sheets, column by column: the same answers as one by one, much faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mastkit.assessment.missing import ranked
from mastkit.assessment.systems import System, systems
from mastkit.logic.domains import Domain
from mastkit.logic.facts import read_facts
from mastkit.logic.variables import Variable
from mastkit.record.sheets.table import SheetTable

Progress = Callable[[int, int], None]
"""Told how many steps of how many are done."""

_CHUNK = 10_000


@dataclass(frozen=True)
class SystemColumns:
    """The answers of one system, a row a person.

    Attributes:
        codes: the subtype codes, bit ``i`` of ``possible`` standing for ``codes[i]``.
        possible: bit mask of the subtypes that are possible.
        truths: for each criterion by key, 1 met, 0 not met, -1 undecided.
        counts: for each group of findings, the number surely met and the number possibly met.
        missing: for each row the smallest deciding sets, where they were asked for.
    """

    system: str
    codes: tuple[str, ...]
    possible: npt.NDArray[np.uint16]
    systemic: npt.NDArray[np.int8]
    truths: Mapping[str, npt.NDArray[np.int8]]
    counts: Mapping[str, tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]]
    missing: Sequence[list[list[str]]] | None

    def possible_codes(self, i: int) -> list[str]:
        """The subtypes that are possible for one row, in the order of the classification."""
        bits = int(self.possible[i])
        return [code for place, code in enumerate(self.codes) if bits >> place & 1]

    def row(self, i: int) -> dict[str, Any]:
        """The answer for one row as plain data."""
        possible = self.possible_codes(i)
        answer: dict[str, Any] = {
            "systemic_mastocytosis": _truth(self.systemic[i]),
            "subtype": possible[0] if len(possible) == 1 else None,
            "possible": possible,
        }
        for name, (met, may_be) in self.counts.items():
            answer[name] = {"met": int(met[i]), "possible": int(may_be[i])}
        if self.missing is not None:
            answer["missing"] = self.missing[i]
        answer["criteria"] = {key: _truth(column[i]) for key, column in self.truths.items()}
        return answer


@dataclass(frozen=True)
class TableAnswer:
    """The answers of both systems for a table."""

    ids: Sequence[str]
    systems: tuple[SystemColumns, ...]

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, i: int) -> dict[str, Any]:
        """One person's answer as plain data, of the form that one person's assessment has."""
        return {"id": self.ids[i], **{s.system: s.row(i) for s in self.systems}}

    def rows(self) -> Iterator[dict[str, Any]]:
        """One answer a row, in the order of the table."""
        return (self.row(i) for i in range(len(self)))


def assess_table(
    table: SheetTable,
    *,
    readings: Mapping[str, str] | None = None,
    missing: bool = False,
    progress: Progress | None = None,
) -> TableAnswer:
    """Assess every row of a table under both systems.

    Args:
        table: the case sheets.
        readings: as for :func:`mastkit.assessment.assess`.
        missing: whether to look for the smallest deciding sets too, which takes a person at a time.
        progress: told how many rows of how many are done.

    Raises:
        ValueError: in one sentence, for a reading or an option that does not exist.
    """
    chosen = systems(readings)
    report = progress or (lambda done, total: None)
    total, done = len(table) * len(chosen), 0
    columns = []
    for one in chosen:
        parts = []
        for start in range(0, len(table), _CHUNK):
            rows = range(start, min(start + _CHUNK, len(table)))
            parts.append(_columns(one, table, rows, missing))
            done += len(rows)
            report(done, total)
        columns.append(_joined(parts) if parts else _columns(one, table, range(0), missing))
    return TableAnswer(table.ids, tuple(columns))


def _columns(chosen: System, table: SheetTable, rows: range, missing: bool) -> SystemColumns:
    book, classifier = chosen.rulebook, chosen.classifier
    part = slice(rows.start, rows.stop)
    stated = stated_cases(table, classifier.domains, part)
    masks = classifier.masks_many(stated, len(rows))
    possible = classifier.possible_many(masks)
    truths = {c: classifier.truth_many(c, masks) for c in book.criteria}
    counts = {}
    for name, members in book.groups.items():
        together = np.array([truths[c] for c in members], dtype=np.int8)
        counts[name] = ((together == 1).sum(axis=0, dtype=np.int8), (together != 0).sum(axis=0, dtype=np.int8))
    sets = None
    if missing:
        sets = [[] if bits & (bits - 1) == 0 else _missing(chosen, table, i) for i, bits in
                zip(rows, possible.tolist(), strict=True)]  # fmt: skip
    return SystemColumns(
        book.id,
        tuple(label.code for label in book.labels),
        possible,
        truths[book.question],
        {c.id.partition("-")[2]: column for c, column in truths.items()},
        counts,
        sets,
    )


def _missing(chosen: System, table: SheetTable, i: int) -> list[list[str]]:
    facts = read_facts(chosen.classifier, table.sheet(i).values)
    return [list(found.variables) for found in ranked(chosen.classifier.decide(facts).deciding_sets())]


def stated_cases(
    table: SheetTable, domains: Sequence[Domain], part: slice
) -> dict[Variable, npt.NDArray[np.uint64]]:
    """For each variable of which something is stated, the cases that its value leaves; 0 where nothing is."""
    found = {}
    known = set(table.known)
    for domain in domains:
        name = domain.variable.name
        if name not in known or not domain.variable.observable:
            continue
        match domain.variable.kind:
            case "number":
                low, high = (side[part] for side in table.numbers[name])
                column = _number_cases(domain, low, high)
            case "boolean":
                by_code = [domain.mask(frozenset({truth}), stated=True) for truth in (False, True)]
                column = np.array([*by_code, 0], dtype=np.uint64)[table.booleans[name][part]]
            case _:
                opened = dict(domain.variable.open_values)
                by_code = [
                    domain.mask(frozenset(opened.get(value, (value,))), stated=True)
                    for value in domain.variable.values
                ]
                column = np.array([*by_code, 0], dtype=np.uint64)[table.choices[name][part]]
        found[domain.variable] = column
    return found


def _number_cases(
    domain: Domain, low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]
) -> npt.NDArray[np.uint64]:
    there = ~np.isnan(low)
    starts = np.array(domain.starts)
    first = np.searchsorted(starts, np.where(there, low, 0.0), side="right") - 1
    last = np.searchsorted(starts, np.where(there, high, 0.0), side="right") - 1
    one = np.uint64(1)
    until = one << (last.astype(np.uint64) + one)
    bits = until - (one << np.maximum(first, 0).astype(np.uint64))
    if domain.twice:
        bits = bits << np.uint64(domain.cases)
    cases: npt.NDArray[np.uint64] = np.where(there, bits, np.uint64(0))
    return cases


def _joined(parts: Sequence[SystemColumns]) -> SystemColumns:
    first = parts[0]
    if len(parts) == 1:
        return first
    return SystemColumns(
        first.system,
        first.codes,
        np.concatenate([p.possible for p in parts]),
        np.concatenate([p.systemic for p in parts]),
        {key: np.concatenate([p.truths[key] for p in parts]) for key in first.truths},
        {
            name: (
                np.concatenate([p.counts[name][0] for p in parts]),
                np.concatenate([p.counts[name][1] for p in parts]),
            )
            for name in first.counts
        },
        None if first.missing is None else [row for p in parts for row in p.missing or ()],
    )


def _truth(code: np.int8) -> bool | None:
    return (None, False, True)[int(code) + 1]
