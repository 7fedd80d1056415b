"""The evidence behind a result: the days themselves, with a flare after the exposure and without."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.pages.clocks import instant
from mastkit.record.time import zone_of
from mastkit.triggers.result import Evidence, Occasion


@dataclass(frozen=True, slots=True)
class Followed:
    """An exposure after which a flare began within six hours."""

    when: str
    later: str
    """How long after it the flare began."""
    late: bool
    """Whether it was entered only after the flare had begun."""
    day: str
    """The day of the flare, as an address has it."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """The exposures of one month after which none came."""

    month: str
    days: str
    count: int


@dataclass(frozen=True, slots=True)
class Days:
    """All exposures of one kind, the latest first."""

    followed: tuple[Followed, ...]
    quiet: tuple[Quiet, ...]
    quiet_count: int


def days_of(evidence: Evidence, zone: str) -> Days:
    """Return the days behind a result, in a zone."""
    latest = sorted(evidence.occasions, key=lambda one: one.at, reverse=True)
    quiet = [one.at.astimezone(zone_of(zone)) for one in latest if one.flare is None]
    months = groupby(quiet, key=lambda at: (at.year, at.month))
    return Days(
        followed=tuple(_followed(one, one.flare, zone) for one in latest if one.flare is not None),
        quiet=tuple(_month(list(days)) for _key, days in months),
        quiet_count=len(quiet),
    )


def _followed(one: Occasion, flare: datetime, zone: str) -> Followed:
    minutes = max(0, round((flare - one.at).total_seconds() / 60))
    hours, rest = divmod(minutes, 60)
    alone = ngettext("%(minutes)d minute", "%(minutes)d minutes", rest)
    later = _("%(hours)d h %(minutes)d min") if hours else alone
    return Followed(
        when=instant(one.at, zone),
        later=later % {"hours": hours, "minutes": rest},
        late=one.entered_after_flare,
        day=flare.astimezone(zone_of(zone)).date().isoformat(),
    )


def _month(days: list[datetime]) -> Quiet:
    """Return a month with its days in order; a day with two exposures is told once, with their number."""
    counted = [(day, len(list(same))) for day, same in groupby(sorted(at.day for at in days))]
    words = ", ".join(f"{day} (×{count})" if count > 1 else str(day) for day, count in counted)
    return Quiet(date_format(days[0], "F Y"), words, len(days))
