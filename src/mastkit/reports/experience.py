"""The person's own experience with each substance: tolerated, reacted, or taken with nothing written down.

What was stated counts first: a finding ``tolerated`` or ``reacted_to`` whose value is the substance, and the
suspicions of a flare. What can only be counted is told as a count: a dose or exposure with no flare in the
hours behind it is no proof of tolerance, because an unlogged reaction leaves the same trace.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from mastkit.record.facts import Dose, Exposure, Finding, Flare, MedicineCourse
from mastkit.reports.current import CurrentFacts
from mastkit.reports.words import key_of, plain, substance

TOLERATED = "tolerated"
REACTED = "reacted_to"

HOURS_WATCHED = 24
"""How long after a dose or exposure a flare is looked for: our choice, wider than the lags of immediate
reactions; a count within it is told as what it is."""


@dataclass(frozen=True)
class Event:
    """A time when a substance was met, and what is written about it."""

    day: str
    what: str
    fact: UUID


@dataclass(frozen=True)
class Experience:
    """What a record says about one person and one substance."""

    code: str
    name: str
    tolerated: tuple[Event, ...]
    """Stated as tolerated, by whom it says."""
    reacted: tuple[Event, ...]
    """Stated or suspected reactions."""
    quiet: int
    """Doses and exposures with no flare written down in the hours watched."""
    quiet_last: date | None
    severe: bool
    """A reaction judged as anaphylaxis, or stated as severe."""

    @property
    def known(self) -> bool:
        """Whether anything is written down at all."""
        return bool(self.tolerated or self.reacted or self.quiet)


def experiences(facts: CurrentFacts) -> dict[str, Experience]:
    """Return the experience with every substance that the record names, by its key in the vocabulary."""
    gathered: dict[str, _Gathered] = {}

    def of(code: str) -> _Gathered:
        return gathered.setdefault(key_of(code), _Gathered(code))

    for finding in facts.of(Finding):
        if finding.code in (TOLERATED, REACTED) and finding.value:
            _state(of(finding.value), finding)
    flares = facts.of(Flare)
    for flare in flares:
        for code in dict.fromkeys(flare.suspected):
            entry = of(code)
            entry.reacted.append(Event(str(flare.time), _reaction(flare), flare.id))
            entry.severe |= flare.anaphylaxis is True
    for course in facts.of(MedicineCourse):
        if course.response == "worse":
            why = f"worse while taking it; {course.stopped_because}" if course.stopped_because else "worse while taking it"
            of(course.medicine).reacted.append(Event(str(course.time), why, course.id))
    starts = sorted(flare.time.at for flare in flares)
    window = timedelta(hours=HOURS_WATCHED)
    for met in (*facts.of(Dose), *facts.of(Exposure)):
        if isinstance(met, Dose) and met.status != "taken":
            continue
        if isinstance(met, Exposure) and met.symptoms_already_there:
            continue
        if isinstance(met, Dose) and met.flare is not None:
            continue  # taken because of a flare: what followed says nothing about the medicine
        at = bisect_left(starts, met.time.at)
        if at < len(starts) and starts[at] <= met.time.at + window:
            continue
        entry = of(met.medicine if isinstance(met, Dose) else met.code)
        entry.quiet += 1
        day = facts.day(met)
        entry.quiet_last = max(entry.quiet_last or day, day)
    return {key: entry.freeze() for key, entry in sorted(gathered.items())}


def known_reactions(all_of_them: dict[str, Experience]) -> tuple[Experience, ...]:
    """Return the substances with a stated or suspected reaction, severe ones first, then the most frequent."""
    reacted = [one for one in all_of_them.values() if one.reacted]
    return tuple(sorted(reacted, key=lambda one: (not one.severe, -len(one.reacted), one.name)))


class _Gathered:
    """What is being collected about one substance."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.tolerated: list[Event] = []
        self.reacted: list[Event] = []
        self.quiet = 0
        self.quiet_last: date | None = None
        self.severe = False

    def freeze(self) -> Experience:
        return Experience(
            code=self.code,
            name=substance(self.code),
            tolerated=tuple(self.tolerated),
            reacted=tuple(self.reacted),
            quiet=self.quiet,
            quiet_last=self.quiet_last,
            severe=self.severe,
        )


def _state(entry: _Gathered, finding: Finding) -> None:
    """Add what a finding states. Absent turns the statement round only where that is what it says."""
    if finding.state == "unknown":
        return
    by = finding.recorded_by.name or finding.recorded_by.source
    words = [f"stated by {by}", finding.method or "", finding.note or ""]
    text = "; ".join(word for word in words if word)
    event = Event(str(finding.time), text, finding.id)
    if finding.state == "present":
        (entry.tolerated if finding.code == TOLERATED else entry.reacted).append(event)
    elif finding.code == TOLERATED:
        entry.reacted.append(Event(event.day, f"not tolerated, {text}", finding.id))
    # "no reaction to" is not yet "tolerated": nothing is concluded from it


def _reaction(flare: Flare) -> str:
    parts = [", ".join(plain(item.code, "symptom") for item in flare.symptoms) or "a flare"]
    if flare.severity is not None:
        parts.append(f"severity {flare.severity}/10")
    if flare.anaphylaxis:
        parts.append("judged to be anaphylaxis")
    return "; ".join(parts)
