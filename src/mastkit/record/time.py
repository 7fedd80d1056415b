"""When something happened: an instant, the zone it was entered in, and how precisely it is known."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

Precision = Literal["minute", "day", "month", "year"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years of which a record can speak; beyond them a year is a mistake."""


def _instant(value: datetime) -> datetime:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a time from {FIRST_YEAR} to {LAST_YEAR}")
    return value.astimezone(UTC)


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """Return an IANA time zone, or raise `ValueError` with what was expected."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise ValueError("an IANA time zone such as Europe/Berlin") from None


def _zone_name(value: str) -> str:
    zone_of(value)
    return value


Instant = Annotated[AwareDatetime, AfterValidator(_instant)]
"""A point of time with its offset from UTC; kept in UTC."""

ZoneName = Annotated[str, AfterValidator(_zone_name)]
"""The name of an IANA time zone."""


class Moment(BaseModel):
    """When something happened, as precisely as it is known."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    at: Instant = Field(description="The instant in UTC; of a day, month or year, its beginning in the zone.")
    zone: ZoneName = Field(description="The IANA time zone it was entered in, such as Europe/Berlin.")
    precision: Precision = Field(default="minute", description="How precisely the time is known.")

    @classmethod
    def local(cls, clock: datetime, zone: str) -> "Moment":
        """Return the moment at which the clocks of a zone show a time.

        An hour that the clocks show twice is the first of the two, unless ``fold`` says otherwise; an hour
        that they leave out is read as if they had not yet been put forward.
        """
        return cls(at=clock.replace(tzinfo=zone_of(zone)).astimezone(UTC), zone=zone)

    @classmethod
    def on(cls, day: date, zone: str, precision: Literal["day", "month", "year"] = "day") -> "Moment":
        """Return a day, or the month or year that it lies in."""
        first = _first_day(day, precision)
        return cls(at=_midnight(first, zone_of(zone)), zone=zone, precision=precision)

    @property
    def clock(self) -> datetime:
        """What the clocks of its zone showed."""
        return self.at.astimezone(zone_of(self.zone))

    def day(self, zone: str) -> date:
        """Return the day in the record's zone; a day that was told as a day stays that day."""
        shown = self.clock if self.precision != "minute" else self.at.astimezone(zone_of(zone))
        return shown.date()

    def interval(self) -> tuple[datetime, datetime]:
        """Return the first instant that this can mean, and the first that it can no longer mean."""
        if self.precision == "minute":
            start = self.at.replace(second=0, microsecond=0)
            return start, start + timedelta(minutes=1)
        first = _first_day(self.clock.date(), self.precision)
        zone = zone_of(self.zone)
        return _midnight(first, zone), _midnight(_next(first, self.precision), zone)

    def elapsed_since(self, earlier: "Moment") -> tuple[timedelta, timedelta]:
        """Return the shortest and the longest time that can lie between the two."""
        if self.precision == earlier.precision == "minute":
            return self.at - earlier.at, self.at - earlier.at
        (start, end), (earlier_start, earlier_end) = self.interval(), earlier.interval()
        return start - earlier_end, end - earlier_start

    def __str__(self) -> str:
        """Return it as a person would write it, no more precise than it is known."""
        pattern = {"minute": "%Y-%m-%d %H:%M", "day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
        return self.clock.strftime(pattern[self.precision])

    def model_post_init(self, context: Any) -> None:
        """Put a day, month or year at its beginning, so that one time is written one way."""
        if self.precision != "minute":
            first = _first_day(self.clock.date(), self.precision)
            object.__setattr__(self, "at", _midnight(first, zone_of(self.zone)))


def _first_day(day: date, precision: Precision) -> date:
    match precision:
        case "year":
            return day.replace(month=1, day=1)
        case "month":
            return day.replace(day=1)
        case _:
            return day


def _next(first: date, precision: Precision) -> date:
    days = {"minute": 1, "day": 1, "month": 32, "year": 367}[precision]
    return _first_day(first + timedelta(days=days), precision)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
