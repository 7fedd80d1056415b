"""What is due: each published interval beside what the record shows was done, with reason and source."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from mastkit.companion.pages.clocks import short_date
from mastkit.companion.pages.held import Held
from mastkit.companion.pages.said import said
from mastkit.followup.due import Due, due
from mastkit.record.record import Record


@dataclass(frozen=True, slots=True)
class Advice:
    """What one source says of a test for this person."""

    by: str
    """Between which days, in words."""
    why: str
    because: str
    source: str
    link: str
    verified: str
    certain: bool
    """Whether it surely applies, or only if something that is not known turns out so."""


@dataclass(frozen=True, slots=True)
class Item:
    """A test or visit, with what each source says."""

    plain: str
    clinical: str
    state: str
    mark: str
    last: str
    last_fact: UUID | None
    advice: tuple[Advice, ...]


@dataclass(frozen=True, slots=True)
class DuePage:
    """The page: what to see to, and what can wait."""

    now: tuple[Item, ...]
    later: tuple[Item, ...]


def due_page(record: Record, today: date) -> DuePage:
    """Return the page for a day. The most urgent comes first; sources that differ stand side by side."""
    tests: dict[str, list[Due]] = {}
    for one in _due(Held(record), today):
        tests.setdefault(one.test, []).append(one)
    items = [(_item(found), found[0].state) for found in tests.values()]
    waits = ("later", "as indicated")
    return DuePage(
        now=tuple(item for item, state in items if state not in waits),
        later=tuple(item for item, state in items if state in waits),
    )


@lru_cache(maxsize=16)
def _due(held: Held, today: date) -> tuple[Due, ...]:
    return tuple(due(held.record, today))


def _item(found: list[Due]) -> Item:
    first = found[0]
    last = first.last
    states = {
        "overdue": (_("time to ask about it"), "warn"),
        "due": (_("can be done now"), "good"),
        "not in the record": (_("not in your record"), "warn"),
        "later": (_("later"), ""),
        "as indicated": (_("when there is a reason"), ""),
    }
    state, mark = states[first.state]
    return Item(
        plain=said(first.plain),
        clinical=said(first.title),
        state=state,
        mark=mark,
        last=f"{short_date(last.day)}: {said(last.result)}" if last is not None else "",
        last_fact=last.fact if last is not None else None,
        advice=tuple(_advice(one) for one in found),
    )


def _advice(one: Due) -> Advice:
    return Advice(
        by=_days(one),
        why=said(one.plain_reason or one.reason),
        because="; ".join(map(said, one.because)),
        source=one.source.reference,
        link=one.source.link,
        verified={
            "primary": _("checked against the publication"),
            "reprint": _("read in a reprint of the publication"),
            "unverified": _("recalled, not checked against the publication"),
        }[one.verified],
        certain=one.applies is True,
    )


def _days(one: Due) -> str:
    if one.earliest is not None and one.by is not None and one.earliest != one.by:
        return _("from %(earliest)s to %(by)s") % {"earliest": short_date(one.earliest), "by": short_date(one.by)}
    if one.by is not None:
        return _("by %(by)s") % {"by": short_date(one.by)}
    if one.earliest is not None:
        return _("from %(earliest)s") % {"earliest": short_date(one.earliest)}
    return ""
