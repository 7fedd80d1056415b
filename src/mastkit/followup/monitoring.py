"""The published monitoring schedules, and which facts of a record show that a test was done. All of it is data."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias, TypeVar, get_args

from mastkit.followup.sources import PACKAGE, sources
from mastkit.logic.expressions import Source, Verification
from mastkit.logic.values import Interval
from mastkit.vocabulary.tables import rows

Word = TypeVar("Word", bound=str)
Unit: TypeAlias = Literal["day", "week", "month", "once", "as indicated"]
When: TypeAlias = Literal["", "never", "used", "no-osteoporosis"]


@dataclass(frozen=True, slots=True)
class Done:
    """A kind of fact that shows that a test was done: its kind, its code, and a detail such as a context."""

    kind: str
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpTest:
    """A test that is repeated.

    Attributes:
        counts: the facts that show that it was done.
        shows: those of them whose value is shown as its result, the first that is there.
    """

    id: str
    label: str
    plain_label: str
    counts: tuple[Done, ...]
    shows: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """One published interval.

    Attributes:
        subtypes: the types of disease it is for; none means that the type does not matter.
        medicines: the treatments it is for; none means that treatment does not matter.
        from_week, to_week: the part of the treatment it is for, the end not included.
        last: what the last result must be; ``None`` where it does not matter.
        when: a further condition: ``never`` done before, ``used`` before, ``no-osteoporosis``.
        every_from, every_to: the interval; without ``every_to`` the test has an earliest time and no latest.
    """

    id: str
    test: FollowUpTest
    subtypes: frozenset[str]
    medicines: tuple[str, ...]
    from_week: int | None
    to_week: int | None
    last: Interval | None
    when: When
    every_from: int | None
    every_to: int | None
    unit: Unit
    reason: str
    plain: str
    source: Source
    authority: str
    country: str
    year: str
    verified: Verification


@cache
def follow_up_tests() -> Mapping[str, FollowUpTest]:
    """Return the tests by id, in the order of the file."""
    return MappingProxyType(
        {
            row["id"]: FollowUpTest(
                row["id"], row["label"], row["plain_label"], _done(row["counts"]), _done(row["shows"])
            )
            for row in rows("tests.csv", PACKAGE)
        }
    )


@cache
def schedules() -> tuple[Schedule, ...]:
    """Return the published schedules, in the order of the file.

    Raises:
        ValueError: naming the row, where the file is wrong.
    """
    return tuple(_schedules())


def _schedules() -> Iterator[Schedule]:
    for row in rows("monitoring.csv", PACKAGE):
        try:
            yield _schedule(row)
        except (KeyError, ValueError) as error:
            raise ValueError(f"monitoring.csv, row {row.get('id')}: {error}") from error


def _schedule(row: dict[str, str]) -> Schedule:
    return Schedule(
        id=row["id"],
        test=follow_up_tests()[row["test"]],
        subtypes=frozenset(row["subtypes"].split()),
        medicines=tuple(row["medicine"].split()),
        from_week=_whole(row["from_week"]),
        to_week=_whole(row["to_week"]),
        last=_last(row["last"]),
        when=_one_of(get_args(When), row["when"]),
        every_from=_whole(row["every_from"]),
        every_to=_whole(row["every_to"]),
        unit=_one_of(get_args(Unit), row["unit"]),
        reason=row["reason"],
        plain=row["plain"],
        source=sources()[row["source"]],
        authority=row["authority"],
        country=row["country"],
        year=row["year"],
        verified=_one_of(get_args(Verification), row["verified"]),
    )


def _done(text: str) -> tuple[Done, ...]:
    found = []
    for word in text.split():
        kind, _, rest = word.partition(":")
        code, _, detail = rest.partition("@")
        found.append(Done(kind, code, detail))
    return tuple(found)


def _last(text: str) -> Interval | None:
    """A condition on the last result: ``<75``, ``75-100`` with both ends, ``>100``; nothing is no condition."""
    if not text:
        return None
    if text[0] == "<":
        return Interval(-math.inf, math.nextafter(float(text[1:]), -math.inf))
    if text[0] == ">":
        return Interval(math.nextafter(float(text[1:]), math.inf), math.inf)
    ends = re.fullmatch(r"([0-9.]+)-([0-9.]+)", text)
    if ends is None:
        raise ValueError(f"last: found {text!r}, expected such as <75, 75-100 or >100")
    return Interval(float(ends[1]), float(ends[2]))


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _one_of(words: tuple[Word, ...], text: str) -> Word:
    for word in words:
        if word == text:
            return word
    raise ValueError(f"found {text!r}, expected one of {', '.join(map(repr, words))}")
