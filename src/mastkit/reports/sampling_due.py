"""The baseline sample after a flare, as an entry of what is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mastkit.followup.baseline import BaselineSample, baseline_sample
from mastkit.record.problems import CannotRead
from mastkit.record.time import zone_of
from mastkit.reports.current import CurrentFacts

FIRST_HOUR, LAST_HOUR = time(8), time(18)
"""When a laboratory is expected to draw blood: our choice, so that no calendar rings at night."""

TITLE = "Baseline blood sample (tryptase when well)"
RULE = "Only when all symptoms have been gone for the whole time; a new flare puts it off."


def baseline_of(facts: CurrentFacts, protocol: str | None) -> BaselineSample | None:
    """Return the baseline sample that is asked for. Raises `CannotRead` for a protocol that there is not."""
    try:
        return baseline_sample(facts.record, facts.on, protocol)
    except ValueError as error:
        raise CannotRead(f"--protocol: {error}.") from None


def drawn_from(sample: BaselineSample, zone: str) -> datetime:
    """Return from when on it is drawn in practice: as soon as the protocol allows, in the hours of a laboratory.

    In the time of the zone. Where the protocol's time would be over by then, the protocol's own beginning.
    """
    here = zone_of(zone)
    opens = sample.opens.astimezone(here)
    if FIRST_HOUR <= opens.time() < LAST_HOUR:
        return opens
    later = _morning(opens.date() if opens.time() < FIRST_HOUR else opens.date() + timedelta(days=1), here)
    return opens if sample.closes is not None and later.astimezone(UTC) > sample.closes else later


def reason_of(sample: BaselineSample, zone: str) -> str:
    """Return why it is due and from when on, in words."""
    opens = sample.opens.astimezone(zone_of(zone))
    first = opens if not opens.second and not opens.microsecond else _next_minute(opens)
    when = f"From {first:%Y-%m-%d %H:%M}" if sample.certain else f"Not before {first:%Y-%m-%d %H:%M}"
    until = f" until {sample.closes.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}" if sample.closes else ""
    return f"{sample.sample.title}. {when}{until} ({zone}). {RULE} ({'; '.join(sample.because)}.)"


def source_of(sample: BaselineSample) -> str:
    """Return who says so."""
    link = f" ({sample.protocol.link})" if sample.protocol.link else ""
    return f"{sample.protocol.title}: {sample.protocol.source}{link}"


def _next_minute(at: datetime) -> datetime:
    """Return the next full minute: more than 24 hours after an instant is not yet at its minute."""
    utc = at.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    return utc.astimezone(at.tzinfo)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, FIRST_HOUR, tzinfo=zone)
