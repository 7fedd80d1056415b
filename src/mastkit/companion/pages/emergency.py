"""Emergency: the steps that the person's own clinician wrote, and whom to call. The program adds no treatment."""

from dataclasses import dataclass

from mastkit.companion.pages.describe import Line, describe
from mastkit.companion.pages.picks import emergency_number
from mastkit.record import facts as f
from mastkit.record.record import Record

OTHER_NUMBERS = (("112", "Europe and most countries"), ("911", "North America"), ("999", "United Kingdom"))


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call."""

    name: str
    role: str
    phone: str


@dataclass(frozen=True, slots=True)
class Emergency:
    """The page."""

    number: str
    steps: tuple[str, ...]
    written_by: str
    written: str
    calls: tuple[Call, ...]
    injectors: tuple[Line, ...]


def emergency(record: Record, zone: str) -> Emergency:
    """Return the page: the latest plan, the people to call, and where the injectors are."""
    current = record.current()
    plans = [fact for fact in current if isinstance(fact, f.EmergencyPlan)]
    plan = max(plans, key=lambda fact: fact.time.at, default=None)
    contacts = [fact for fact in current if isinstance(fact, f.Contact) and fact.emergency and fact.phone]
    devices = [fact for fact in current if isinstance(fact, f.Device) and not fact.gone and "injector" in fact.code]
    return Emergency(
        number=emergency_number(record),
        steps=plan.steps if plan is not None else (),
        written_by=(plan.written_by or "") if plan is not None else "",
        written=describe(plan, zone).when if plan is not None else "",
        calls=tuple(Call(fact.name, fact.role or "", fact.phone or "") for fact in contacts),
        injectors=tuple(describe(fact, zone) for fact in devices),
    )
