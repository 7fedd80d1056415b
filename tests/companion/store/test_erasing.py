import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse

from mastkit.companion.audit.models import Act
from mastkit.companion.people.models import Person
from mastkit.companion.reminders.models import MailReminders, SentReminder
from mastkit.companion.sharing.models import Grant, ShareLink
from tests.companion.actors import filled_record, granted
from tests.companion.conftest import signed_in
from tests.companion.reminders.conftest import turned_on
from tests.companion.sharing.test_grants import fresh

pytestmark = pytest.mark.django_db

ALL_ABOUT_A_PERSON = (
    "store_storedfact", "store_picture", "sharing_grant", "sharing_sharelink", "people_person",
    "reminders_mailreminders", "reminders_sentreminder",
)  # fmt: skip


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_erasing_leaves_nothing_of_the_record(record, ada, ben) -> None:
    filled_record(record)
    granted(record, ben, see=["flares"])
    chosen = turned_on(ada, record)
    SentReminder.objects.create(reminders=chosen, key="appointment", occasion="", sent_at=chosen.on_since)
    assert all(rows(table) for table in ALL_ABOUT_A_PERSON if table != "store_picture")
    page = fresh(ada).post(reverse("erase", args=[record.pk]), {"name": "Ada"})
    assert page.status_code == 200
    assert {table: rows(table) for table in ALL_ABOUT_A_PERSON} == dict.fromkeys(ALL_ABOUT_A_PERSON, 0)
    assert [one.action for one in Act.objects.all()] == ["erased"]
    assert User.objects.filter(username="ada").exists()
    assert not Grant.objects.exists()
    assert not ShareLink.objects.exists()


def test_nothing_that_hangs_on_a_person_is_forgotten_here() -> None:
    """A new table about a person has to stand in the list above, or in the log."""
    about = {one.related_model._meta.db_table for one in Person._meta.related_objects}
    further = {one.related_model._meta.db_table for one in MailReminders._meta.related_objects}
    assert (about | further) - {"audit_act", "exchange_waitingimport"} <= set(ALL_ABOUT_A_PERSON)


def test_the_account_goes_too_where_that_is_wanted(record, ada) -> None:
    client = fresh(ada)
    assert client.post(reverse("erase", args=[record.pk]), {"name": "Ada", "account": "on"}).status_code == 200
    assert not User.objects.filter(username="ada").exists()
    assert client.get(reverse("home")).status_code == 302


def test_another_record_of_the_same_owner_stays(record, ada) -> None:
    other = Person.objects.create(owner=ada, name="Erik", zone="UTC")
    filled_record(record)
    assert fresh(ada).post(reverse("erase", args=[record.pk]), {"name": "Ada", "account": "on"}).status_code == 302
    assert list(Person.objects.all()) == [other]
    assert User.objects.filter(username="ada").exists()


def test_a_slip_of_the_hand_erases_nothing(record, ada) -> None:
    assert fresh(ada).post(reverse("erase", args=[record.pk]), {"name": "Adam"}).status_code == 422
    assert fresh(ada).get(reverse("erase", args=[record.pk])).status_code == 200
    assert Person.objects.filter(pk=record.pk).exists()


def test_erasing_asks_for_the_password_again(record, as_ada) -> None:
    page = as_ada.post(reverse("erase", args=[record.pk]), {"name": "Ada"})
    assert "reauthenticate" in page["Location"]
    assert Person.objects.filter(pk=record.pk).exists()


def test_nobody_else_erases(record, ben) -> None:
    granted(record, ben, see=["flares"])
    assert signed_in(ben).post(reverse("erase", args=[record.pk]), {"name": "Ada"}).status_code == 404
    assert Client().post(reverse("erase", args=[record.pk]), {"name": "Ada"}).status_code == 302
    assert Person.objects.filter(pk=record.pk).exists()
