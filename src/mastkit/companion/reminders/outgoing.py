"""What a person chose about reminders by e-mail, taken out with the record and into a backup."""

from typing import Any

from django.contrib.auth.models import User

from mastkit.companion.people.models import Person
from mastkit.companion.reminders.models import Kind, MailReminders
from mastkit.companion.reminders.opting import reminders_of


def choice_as_data(user: User, person: Person) -> dict[str, Any] | None:
    """Return what an account chose about a record as plain data, with what it was reminded of; None for nothing."""
    chosen = reminders_of(user, person)
    if chosen is None:
        return None
    sent = chosen.sent.order_by("sent_at", "key")
    return {
        "address": chosen.address,
        "confirmed_at": _text(chosen.confirmed_at),
        "on_since": _text(chosen.on_since),
        "days_ahead": chosen.leads,
        "names": chosen.names,
        "language": chosen.language,
        "reminded_of": [{"what": one.key, "which": one.occasion, "at": _text(one.sent_at)} for one in sent],
    }


def take_back(user: User, person: Person, data: dict[str, Any], origin: str) -> MailReminders:
    """Bring a choice back as it was, but off and with the address not confirmed: no e-mail begins by itself."""
    leads = {kind: int(days) for kind, days in data["days_ahead"].items() if kind in Kind.values}
    return MailReminders.objects.create(
        user=user,
        person=person,
        address=data["address"],
        leads=leads,
        names=bool(data["names"]),
        language=str(data["language"])[:10],
        origin=origin,
    )


def _text(at: Any) -> str | None:
    return None if at is None else at.isoformat()
