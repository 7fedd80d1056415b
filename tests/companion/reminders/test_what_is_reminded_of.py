"""What goes, when, and what the e-mail says: to a real mail server."""

from datetime import UTC, datetime, timedelta

import pytest

from mastkit.companion.accounts.models import Preferences
from mastkit.companion.people.models import Person
from mastkit.companion.reminders.models import Kind, MailReminders
from mastkit.companion.reminders.sending import send_due, would_send
from tests.companion.reminders.conftest import ALL, NOW, add, injector, moment, turned_on, visit
from tests.companion.reminders.server import SENDER

pytestmark = pytest.mark.django_db


def run(server, now=NOW, **more):
    return list(send_due(server.mail(), now, **more))


def test_a_thing_is_reminded_of_once(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    turned_on(ada, record)
    assert [one.how for one in run(server)] == ["sent"]
    assert run(server) == []
    assert run(server, NOW + timedelta(days=3)) == []
    assert len(server.inbox) == 1


def test_without_names_it_says_nothing_of_health(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    injector(record, "2026-03-15")
    turned_on(ada, record)
    run(server)
    to, message = server.inbox[0]
    assert to == "ada@example.org"
    assert message["From"] == SENDER
    assert message["Subject"] == "Reminder"
    assert message.get_content_type() == "text/plain"
    everything = message.as_string().casefold()
    for word in ("mast", "injector", "adrenaline", "cole", "appointment", "ada ", "health", "medic", "test"):
        assert word not in everything, word
    assert "https://diary.example/\n" in server.text()


def test_with_names_it_lists_what_is_due(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    injector(record, "2026-03-15")
    turned_on(ada, record, names=True)
    run(server)
    assert "- 15 Mar 2026: Adrenaline auto-injector expires\n- 16 Mar 2026: Appointment: Dr Cole\n" in server.text()


def test_it_speaks_the_language_chosen(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    turned_on(ada, record, language="de")
    run(server)
    assert server.last["Subject"] == "Erinnerung"
    assert "Something" not in server.text()


def test_only_the_kinds_that_were_chosen(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    injector(record, "2026-03-15")
    turned_on(ada, record, names=True, leads={"injector": 7})
    run(server)
    assert "injector" in server.text()
    assert "Cole" not in server.text()


def test_an_appointment_that_is_moved_is_reminded_of_anew(record, ada, server) -> None:
    first = visit(record, "2026-03-16T09:00")
    chosen = turned_on(ada, record, names=True)
    run(server)
    visit(record, "2026-03-17T09:00", replaces=first)
    run(server)
    assert "16 Mar" in server.text(0)
    assert "17 Mar" in server.text(1)
    assert "16 Mar" not in server.text(1)
    assert len({sent.key for sent in chosen.sent.all()}) == 1
    visit(record, "2026-03-17T09:00", purpose="with blood", replaces=first)
    assert run(server) == []


def test_what_is_overdue_goes_once_too(record, ada, server) -> None:
    injector(record, "2025-12-01")
    turned_on(ada, record, names=True)
    run(server)
    run(server, NOW + timedelta(days=1))
    assert len(server.inbox) == 1


def test_tests_of_which_the_record_has_no_result_are_not_mailed(record, ada, server) -> None:
    add(record, "diagnosis", "2025-02-17T10:00", label="ISM", code="ISM", status="confirmed")
    turned_on(ada, record)
    assert run(server) == []


def test_a_test_that_is_due_goes_once_whatever_the_number_of_sources(record, ada, server) -> None:
    add(record, "diagnosis", "2020-02-17T10:00", label="ISM", code="ISM", status="confirmed")
    value = {"value": 20.0, "unit": "ng/mL"}
    add(record, "measurement", "2024-02-17T10:00", code="tryptase", quantity=value, context="baseline")
    turned_on(ada, record, names=True, leads={"test": 0})
    run(server)
    lines = [line for line in server.text().splitlines() if line.startswith("- ")]
    assert len(lines) == len({line.partition(": ")[2] for line in lines}) >= 1
    assert run(server, NOW + timedelta(days=40)) == []


def test_the_baseline_sample_goes_when_the_flare_is_over_and_not_while_it_runs(record, ada, server) -> None:
    add(record, "flare", "2026-03-11T08:00", anaphylaxis=True)
    chosen = turned_on(ada, record, names=True, leads={"sample": 1})
    assert run(server) == []
    add(record, "flare", "2026-03-11T09:00", anaphylaxis=True, end=moment("2026-03-11T13:00"))
    run(server)
    assert "- 12 Mar 2026: Baseline blood sample" in server.text()
    assert chosen.sent.count() == 1


@pytest.mark.parametrize("days", [0, 1, 2, 3, 7, 14, 30])
@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25", "2026-11-20"])
def test_days_ahead_are_days_of_the_calendar_across_a_clock_change(record, ada, days, day) -> None:
    """In Berlin clocks change on two of these days; the first e-mail goes on the local day, not an hour off."""
    visit(record, f"{day}T13:00")
    turned_on(ada, record, leads={"appointment": days})
    first = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=days)
    midnight = first - timedelta(hours=2 if "03-29" < f"{first:%m-%d}" <= "10-25" else 1)
    assert list(would_send(midnight - timedelta(seconds=1))) == []
    assert [one.how for one in would_send(midnight)] == ["would go"]


def test_the_day_is_that_of_the_zone_the_person_chose(record, ada) -> None:
    visit(record, "2026-03-14T12:00")
    turned_on(ada, record, leads={"appointment": 1})
    late = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)
    assert list(would_send(late)) == []
    Preferences.objects.create(user=ada, zone="Asia/Tokyo")
    assert len(list(would_send(late))) == 1


def test_a_zone_that_is_gone_from_the_system_stops_nobody(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    turned_on(ada, record)
    Preferences.objects.create(user=ada, zone="Europe/Atlantis")
    assert [one.how for one in run(server, unattended=True)] == ["sent"]


def test_the_running_server_sends_by_day_alone(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    turned_on(ada, record)
    for hour in (2, 6, 20, 23):
        assert run(server, NOW.replace(hour=hour), unattended=True) == []
    assert [one.how for one in run(server, NOW.replace(hour=7), unattended=True)] == ["sent"]


def test_nobody_is_told_of_a_record_that_is_not_theirs(record, ada, ben, server) -> None:
    from mastkit.companion.sharing import granting
    from mastkit.companion.sharing.models import Role
    from tests.companion.actors import granted

    visit(record, "2026-03-16T09:00")
    grant = granted(record, ben, role=Role.PARENT)
    turned_on(ben, record)
    granting.end(grant, ada)
    assert run(server) == []
    assert list(would_send(NOW)) == []
    assert not MailReminders.objects.exists()
    assert server.inbox == []


def test_each_account_is_told_of_its_own(record, ada, dana, server) -> None:
    other = Person.objects.create(owner=dana, name="Dana", zone="UTC")
    visit(record, "2026-03-16T09:00", "Dr Cole")
    visit(other, "2026-03-16T09:00", "Dr Doe")
    turned_on(ada, record, names=True)
    turned_on(dana, other, names=True)
    run(server)
    told = {to: message.get_content() for to, message in server.inbox}
    assert "Cole" in told["ada@example.org"]
    assert "Doe" not in told["ada@example.org"]
    assert "Doe" in told["dana@example.org"]
    assert "Cole" not in told["dana@example.org"]


def test_everything_an_e_mail_reminds_of_stands_on_the_page(record, ada, as_ada, server) -> None:
    """The page shows things as of today, so what is reminded of lies around today."""
    from django.urls import reverse
    from django.utils import timezone

    now = timezone.now()
    soon = (now + timedelta(days=2)).isoformat()
    visit(record, soon, "Dr Zebedee")
    add(record, "device", code="adrenaline_auto_injector", name="Pen Zulu", expires=moment(soon, "day"))
    add(record, "device", code="cromolyn supply", name="Box Yankee", expires=moment(soon, "day"))
    began, ended = now - timedelta(days=3), now - timedelta(days=2)
    add(record, "flare", began.isoformat(), anaphylaxis=True, end=moment(ended.isoformat()))
    add(record, "diagnosis", "2020-02-17T10:00", label="ISM", code="ISM", status="confirmed")
    value = {"value": 20.0, "unit": "ng/mL"}
    add(record, "measurement", "2024-02-17T10:00", code="tryptase", quantity=value, context="baseline")
    chosen = turned_on(ada, record, names=True, leads=ALL)
    list(send_due(server.mail(), now))
    kinds = {key.partition("-")[0] for key in chosen.sent.values_list("key", flat=True)}
    assert kinds == {"appointment", "expiry", "baseline", "test"}
    page = as_ada.get(reverse("due", args=[record.pk])).text
    for line in server.text().splitlines():
        if line.startswith("- "):
            assert line.partition(": ")[2] in page
    assert len(Kind.values) == 5
