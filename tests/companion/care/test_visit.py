"""The pack on the page of a visit is that of the command: the lines about triggers and trends are in both."""

import json
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse

from mastkit.companion.care.visits import visit_page
from mastkit.companion.pages.trigger_results import triggers_of
from mastkit.companion.store.facts import append
from mastkit.record.record import Record
from mastkit.reports.current import until
from mastkit.reports.report_command import Asked, made
from mastkit.simulation.people import ada as ada_of
from tests.reports.cast import fact as dated
from tests.reports.cast import record as of

DAY = date(2026, 11, 24)


NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_page_and_command_say_the_same_of_triggers_and_trends() -> None:
    record = ada_of(DAY)
    page = visit_page(record, "Europe/Berlin", NOON, None, "haematology", ())
    asked = Asked("appointment", "json", None, "en", "haematology", str(DAY), "a4")
    command = json.loads(made(record, asked, "json"))
    assert page.pack.triggers is not None
    assert list(page.pack.triggers.summary) == command["triggers"]["summary"]
    assert len(page.pack.triggers.summary) == 4
    assert [one.change for one in page.pack.trends] == [one["change"] for one in command["trends"]]


def test_what_the_page_of_triggers_has_worked_out_is_not_worked_out_again() -> None:
    record = ada_of(DAY)
    assert until(record, DAY) is record
    known = triggers_of(record)
    assert triggers_of(until(record, DAY)) is known


def test_an_appointment_ahead_takes_nothing_away_and_a_later_flare_does() -> None:
    ahead = of(dated(1, "flare", "2026-11-01T10:00"), dated(2, "appointment", "2026-12-01T10:00"))
    assert until(ahead, DAY) is ahead
    later = of(dated(1, "flare", "2026-11-01T10:00"), dated(3, "flare", "2026-12-01T10:00"))
    assert [one.kind for one in until(later, DAY)] == ["flare"]
    assert isinstance(until(later, DAY), Record)


@pytest.mark.django_db
def test_the_page_shows_the_lines_about_triggers(record, ada, as_ada) -> None:
    append(record, list(ada_of(DAY)), actor=ada)
    shown = unescape(as_ada.get(reverse("visit", args=[record.pk])).content.decode())
    assert "Triggers: what my diary says" in shown
    assert "triggers, one by one" in shown
