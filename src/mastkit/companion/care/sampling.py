"""The sampling times of a flare, in local time, as the page shows them; and what the tryptase rule answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mastkit.companion.pages.clocks import when
from mastkit.companion.pages.describe import ids_of, root_of
from mastkit.companion.pages.said import said
from mastkit.followup.reaction import Reaction, reaction
from mastkit.followup.windows import Window, windows_of
from mastkit.record.facts import TRYPTASE, Flare, Measurement
from mastkit.record.record import Record
from mastkit.record.time import Moment
from mastkit.reports.hand_over import VERIFIED
from mastkit.reports.reaction import tryptase_lines
from mastkit.rulebooks.windows import Protocol, tryptase_windows

LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Sampling:
    """One sample: what it is, how it stands, and when; ``next_change`` is what the page counts down to."""

    title: str
    state: str
    state_name: str
    opens: str
    closes: str
    ideal: str
    next_change: datetime | None


@dataclass(frozen=True)
class FlarePage:
    """A flare with its sampling times."""

    flare: Flare
    began: str
    ended: str
    precise: bool
    """Whether its beginning is known to the minute; sampling times need that."""
    protocol: Protocol
    version: str
    samplings: tuple[Sampling, ...]
    reaction: Reaction | None
    """None where the test results are not shared."""

    @property
    def answer(self) -> tuple[str, ...]:
        """The answer of the tryptase rule with its numbers, times and baselines; in English, as the rules are."""
        return tuple(tryptase_lines(self.reaction)) if self.reaction is not None else ()

    @property
    def checked(self) -> str:
        """How well the reading of the protocol is verified, in words."""
        return said(VERIFIED[self.protocol.verified])

    @property
    def rule(self) -> str:
        """What the tryptase rule asks, in a sentence."""
        return _(
            "The rule of 20 % + 2: whether tryptase rose enough above the person's own baseline to show that mast "
            "cells were active."
        )

    @property
    def verdict(self) -> str:
        """What the tryptase rule answers, in a word or two."""
        met = self.reaction.tryptase.met if self.reaction is not None else None
        return {True: _("Meets 20 % + 2"), False: _("Does not meet 20 % + 2"), None: _("Cannot be judged")}[met]


def flare_page(record: Record, flare: Flare, protocol: str, zone: str, now: datetime, *, tests: bool) -> FlarePage:
    """Return the page of a flare at an instant; ``tests`` says whether test results may be seen."""
    chosen = protocol_called(protocol)
    precise = flare.time.precision == "minute"
    return FlarePage(
        flare=flare,
        began=when(flare.time, zone),
        ended=when(flare.end, zone) if flare.end is not None else "",
        precise=precise,
        protocol=chosen,
        version=tryptase_windows().version,
        samplings=tuple(_sampling(one, zone) for one in windows(record, flare, chosen, now)) if precise else (),
        reaction=reaction(record, flare) if tests else None,
    )


def protocol_called(name: str) -> Protocol:
    """Return the protocol of that name; the default one where there is none of it."""
    known = tryptase_windows()
    return known.protocol(name if name in known.protocols else None)


def windows(record: Record, flare: Flare, protocol: Protocol, now: datetime) -> tuple[Window, ...]:
    """Return the windows of a flare with the samples that were drawn for it."""
    ids = ids_of(record, flare)
    tests = (fact for fact in record.current() if isinstance(fact, Measurement) and fact.code == TRYPTASE)
    # A result that names no flare counts by its time, as it does for the tryptase rule.
    taken = [
        one.time.at for one in tests if one.time.precision == "minute" and (one.flare is None or one.flare in ids)
    ]
    ended = flare.end.at if flare.end is not None and flare.end.precision == "minute" else None
    resolved = ended if ended is not None and ended >= flare.time.at else None
    return windows_of(protocol, flare.time.at, now, resolved=resolved, taken=taken)


def recent_flares(record: Record, now: datetime) -> list[Flare]:
    """Return the flares whose sampling times may still matter, the latest first."""
    flares = [fact for fact in record.current() if isinstance(fact, Flare)]
    recent = [
        one
        for one in flares
        if one.time.precision == "minute" and timedelta() <= now - (one.end or one.time).at <= LATELY
    ]
    return sorted(recent, key=lambda one: one.time.at, reverse=True)


@dataclass(frozen=True, slots=True)
class NextSampling:
    """The next sample of a flare, for the first page."""

    root: UUID
    title: str
    state_name: str
    when: str


def next_samplings(record: Record, protocol: str, zone: str, now: datetime) -> list[NextSampling]:
    """Return of each recent flare the sample that is open, else the next one to come."""
    found = []
    for flare in recent_flares(record, now):
        shown = [_sampling(one, zone) for one in windows(record, flare, protocol_called(protocol), now)]
        first = next((one for state in ("open", "upcoming") for one in shown if one.state == state), None)
        if first is not None:
            when_ = first.closes if first.state == "open" else first.opens
            found.append(NextSampling(root_of(record, flare), first.title, first.state_name, when_))
    return found


def _sampling(window: Window, zone: str) -> Sampling:
    def local(moment: datetime | None) -> str:
        return when(Moment(at=moment.replace(microsecond=0), zone=zone), zone) if moment is not None else ""

    return Sampling(
        title=said(window.sample.title),
        state=window.state,
        state_name=_state(window.state),
        opens=local(window.opens),
        closes=local(window.closes),
        ideal=" – ".join(local(one) for one in window.ideal) if window.ideal else "",
        next_change=window.next_change,
    )


def _state(state: str) -> str:
    return {
        "upcoming": _("to come"),
        "open": _("open now"),
        "taken": pgettext("a sample", "taken"),
        "missed": _("over"),
        "waiting": _("waits for the end of all symptoms"),
    }[state]
