"""Looking again: what has changed since the last look.

One may look at any time. Nothing is kept from one look to the next: a status, once shown, is not held, so that
looking often collects no false claims; what changed is said with its reason (method notes 1.4 and 4.2).
"""

from dataclasses import dataclass
from datetime import date

from mastkit.record.record import Record
from mastkit.triggers.analysis import analyse, day_of
from mastkit.triggers.read import read_diary
from mastkit.triggers.result import STATUS_WORDS, MyTriggers, Status, Trigger


@dataclass(frozen=True, slots=True)
class Change:
    """One exposure whose status is not what it was."""

    code: str
    label: str
    before: Status | None
    now: Status
    text: str
    more: int = 0
    """Exposures that came since."""
    followed: int = 0
    """Those of them after which a flare began."""


def as_it_was(record: Record, day: date) -> MyTriggers:
    """Return what was said at the end of a day: from what had been entered by then."""
    diary = read_diary(record)
    first = day_of(diary, 0)
    days = (day - first).days + 1 if first else 0
    return analyse(diary.up_to(max(days, 0)))


def changes(before: MyTriggers, now: MyTriggers) -> tuple[Change, ...]:
    """Return what is said otherwise than at the last look, with the counts that explain it."""
    found = []
    for trigger in now.triggers:
        old = before.of(trigger.code)
        if old is not None and not old.evidence.exposures and not old.why_known:
            old = None
        if old is None or old.status != trigger.status:
            found.append(_change(old, trigger))
    return tuple(found)


def _change(old: Trigger | None, now: Trigger) -> Change:
    word = STATUS_WORDS[now.status].lower()
    if old is None:
        return Change(now.code, now.label, None, now.status, f"{now.label}: new, {word}.")
    more = now.evidence.exposures - old.evidence.exposures
    followed = now.evidence.followed - old.evidence.followed
    text = (
        f"{now.label}: was {STATUS_WORDS[old.status].lower()}, now {word}; since then {more} more exposures,"
        f" {followed} of them followed by a flare."
    )
    return Change(now.code, now.label, old.status, now.status, text, more, followed)
