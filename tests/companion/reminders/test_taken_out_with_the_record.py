"""What was chosen about e-mail is in the archive that the owner takes out, and no part of what is read back."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from mastkit.companion.exchange.packed import unpack
from mastkit.companion.reminders.sending import send_due
from tests.companion.reminders.conftest import NOW, turned_on, visit
from tests.companion.sharing.test_grants import fresh

pytestmark = pytest.mark.django_db


def test_the_archive_holds_it(record, ada, server) -> None:
    visit(record, "2026-03-16T09:00")
    turned_on(ada, record, leads={"appointment": 7})
    list(send_due(server.mail(), NOW))
    content = fresh(ada).get(reverse("archive", args=[record.pk])).content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        held = json.loads(packed.read("reminders.json"))
    assert held["address"] == "ada@example.org"
    assert held["days_ahead"] == {"appointment": 7}
    assert held["on_since"] == NOW.isoformat()
    assert [one["which"] for one in held["reminded_of"]] == ["2026-03-16T09:00:00+00:00"]
    assert unpack(content, "record.zip").strange == []


def test_without_a_choice_there_is_nothing_to_take_out(record, ada) -> None:
    content = fresh(ada).get(reverse("archive", args=[record.pk])).content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist() == ["record.json"]
