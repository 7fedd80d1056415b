"""What is kept ready and runs out: auto-injectors, other devices, supplies; with what is due about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from mastkit.record.facts import Device
from mastkit.record.time import Moment
from mastkit.reports.current import CurrentFacts
from mastkit.reports.questions import EXPIRES_SOON, is_injector
from mastkit.reports.words import plain


@dataclass(frozen=True)
class KeptReady:
    """A device or supply that is still there. ``days_left`` counts to the last day it can be used."""

    fact: UUID
    name: str
    injector: bool
    place: str | None
    expires: str | None
    last_day: date | None
    days_left: int | None
    practised: str | None

    @property
    def sentence(self) -> str:
        """Say what it is, where, and until when."""
        where = f", {self.place}" if self.place else ""
        if self.last_day is None or self.days_left is None:
            return f"{self.name}{where}: no expiry written down"
        if self.days_left < 0:
            return f"{self.name}{where}: expired {self.expires}"
        return f"{self.name}{where}: expires {self.expires}"


def kept_ready(facts: CurrentFacts) -> tuple[KeptReady, ...]:
    """Return what is kept ready, soonest to expire first; what is used, lost or thrown away is left out."""
    found = [_kept(facts, device) for device in facts.of(Device) if device.gone is None]
    return tuple(sorted(found, key=lambda one: (one.last_day or date.max, one.name)))


def expiring(ready: tuple[KeptReady, ...]) -> tuple[KeptReady, ...]:
    """Return what has expired or will within two months."""
    return tuple(one for one in ready if one.days_left is not None and one.days_left <= EXPIRES_SOON.days)


def last_day(expires: Moment) -> date:
    """Return the last day on which something can be used; a month printed on a box counts to its end."""
    end = expires.interval()[1] - timedelta(seconds=1)
    return end.astimezone(expires.clock.tzinfo).date()


def _kept(facts: CurrentFacts, device: Device) -> KeptReady:
    until = last_day(device.expires) if device.expires else None
    name = device.name or ("Adrenaline auto-injector" if is_injector(device) else plain(device.code, "device"))
    return KeptReady(
        fact=device.id,
        name=name,
        injector=is_injector(device),
        place=device.place,
        expires=str(device.expires) if device.expires else None,
        last_day=until,
        days_left=(until - facts.on).days if until else None,
        practised=str(device.practised) if device.practised else None,
    )
