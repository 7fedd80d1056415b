import itertools
from datetime import UTC, datetime
from uuid import UUID

import pytest

from mastkit.companion.people.models import Person
from mastkit.companion.reminders import opting
from mastkit.companion.reminders.models import Kind, MailReminders
from mastkit.companion.reminders.opting import Choice
from mastkit.companion.store.facts import append
from mastkit.record.facts import FACT
from tests.companion.facts import number
from tests.companion.reminders.server import MailServer

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
_numbers = itertools.count(1000)


@pytest.fixture
def server():
    """A mail server that takes everything."""
    running = MailServer().start()
    yield running
    running.stop()


def add(person: Person, kind: str, when: str | None = None, **more) -> UUID:
    """Add a fact to a record, and return its id."""
    content = {
        "kind": kind,
        "id": UUID(number(next(_numbers))),
        "recorded_at": NOW,
        "recorded_by": {"source": "self"},
        **({"time": moment(when)} if when else {}),
        **more,
    }
    (outcome,) = append(person, [FACT.validate_python(content)], actor=None)
    assert outcome.status == "accepted", outcome
    return content["id"]


def moment(when: str, precision: str = "minute") -> dict:
    at = datetime.fromisoformat(when)
    return {"at": at.replace(tzinfo=at.tzinfo or UTC), "zone": "Europe/Berlin", "precision": precision}


def injector(person: Person, expires: str) -> None:
    add(person, "device", code="adrenaline_auto_injector", place="bag", expires=moment(expires, "day"))


def visit(person: Person, when: str, with_whom: str = "Dr Cole", **more) -> UUID:
    return add(person, "appointment", when, with_whom=with_whom, **more)


ALL = dict.fromkeys(Kind.values, 7)


def turned_on(user, person: Person, **more) -> MailReminders:
    """Reminders that are on, with an address that was confirmed."""
    usual = {"address": f"{user.username}@example.org", "leads": ALL, "names": False, "language": "en"}
    chosen = opting.choose(user, person, Choice(**{**usual, "origin": "https://diary.example", **more}))
    MailReminders.objects.filter(pk=chosen.pk).update(confirmed_at=NOW)
    assert opting.turn_on(chosen, NOW)
    chosen.refresh_from_db()
    return chosen
