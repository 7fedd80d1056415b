"""The baseline sample after a flare, on the page of what is due and in its calendar, by the protocol chosen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from mastkit.companion.accounts.models import Preferences
from mastkit.record.time import zone_of
from tests.companion.reminders.conftest import add, moment

pytestmark = pytest.mark.django_db


def sample(client, record):
    content = client.get(reverse("calendar", args=[record.pk]), {"titles": "plain"}).content
    (event,) = [one for one in Calendar.from_ical(content).walk("VEVENT") if str(one["uid"]).startswith("baseline")]
    return event


def test_the_page_and_the_file_follow_the_protocol_of_the_settings(record, ada, as_ada) -> None:
    began = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=20)
    ended = moment((began + timedelta(hours=2)).isoformat())
    flare = add(record, "flare", began.isoformat(), anaphylaxis=True, end=ended)
    before = sample(as_ada, record)
    page = as_ada.get(reverse("due", args=[record.pk])).text
    assert "Baseline blood sample (tryptase when well)" in page
    assert "mastkit: what the consensus accepts" in page
    Preferences.objects.create(user=ada, sampling_protocol="usz")
    after = sample(as_ada, record)
    assert before["uid"] == after["uid"] == f"baseline-{flare}@{record.pk}"
    assert "University Hospital Zurich" in str(after["description"])
    assert "University Hospital Zurich" in as_ada.get(reverse("due", args=[record.pk])).text


def test_a_new_flare_moves_it_and_its_sample_ends_it(record, as_ada) -> None:
    began = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(days=4)
    add(record, "flare", began.isoformat(), anaphylaxis=True, end=moment((began + timedelta(hours=2)).isoformat()))
    uid = str(sample(as_ada, record)["uid"])
    again = began + timedelta(days=2)
    add(record, "flare", again.isoformat(), end=moment((again + timedelta(hours=2)).isoformat()))
    moved = sample(as_ada, record)
    assert str(moved["uid"]) == uid
    berlin = (again + timedelta(hours=2)).astimezone(zone_of("Europe/Berlin"))
    assert f"counted from the end of the last flare, {berlin:%Y-%m-%d %H:%M}" in str(moved["description"])
    value = {"value": 20.0, "unit": "ng/mL"}
    add(record, "measurement", (again + timedelta(hours=40)).isoformat(), code="tryptase", quantity=value,
        context="baseline")  # fmt: skip
    with pytest.raises(ValueError, match="not enough values"):
        sample(as_ada, record)
