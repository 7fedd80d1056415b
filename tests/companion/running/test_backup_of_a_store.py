"""The restore drill: a store is backed up, lost, and made again from the backup."""

import io
import json
import zipfile

import pytest
from django.contrib.auth.models import User
from django_scopes import scope
from PIL import Image

from mastkit.backup.keys import Key, Lock
from mastkit.backup.read import contents, verify
from mastkit.companion.exchange.outgoing import record_file
from mastkit.companion.people.models import Person
from mastkit.companion.people.rights import rights
from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.running.backing import back_up, take_back
from mastkit.companion.sharing.models import Grant
from mastkit.companion.store.facts import append
from mastkit.companion.store.models import Picture
from mastkit.companion.store.pictures import keep_picture
from mastkit.record.problems import CannotRead
from tests.companion.actors import granted, marked_facts
from tests.companion.reminders.conftest import turned_on
from tests.companion.store.test_adding_facts import fact

pytestmark = pytest.mark.django_db

PASSPHRASE = "a long passphrase of tests"


@pytest.fixture
def backup(record, ada, ben, tmp_path):
    append(record, [*marked_facts(), fact(20, "flare", replaces=2)], actor=ada)
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(photo, "JPEG")
    photo.seek(0)
    keep_picture(record, photo, ada)
    granted(record, ben, see=["flares"])
    path = tmp_path / "store.mastkit-backup"
    back_up(path, Lock(PASSPHRASE))
    return path


def lost(record) -> None:
    record.delete()
    User.objects.all().delete()


def test_a_restored_store_gives_the_same_record_file_byte_for_byte(backup, record, ada) -> None:
    before = record_file(record)
    with scope(person=record):
        picture = bytes(Picture.objects.get().content)
    key = record.pk
    lost(record)
    said = take_back(backup, Key(PASSPHRASE))
    again = Person.objects.get(pk=key)
    assert record_file(again) == before
    with scope(person=again):
        assert bytes(Picture.objects.get().content) == picture
    assert again.owner.username == "ada"
    assert not again.owner.has_usable_password()
    assert "10 facts and 1 photos" in said[0]


def test_reminders_by_e_mail_come_back_as_they_were_chosen_and_off(record, ada, tmp_path) -> None:
    turned_on(ada, record, leads={"injector": 14}, names=True)
    path, key = tmp_path / "store.mastkit-backup", record.pk
    back_up(path, Lock(PASSPHRASE))
    assert b"ada@example.org" not in path.read_bytes()
    lost(record)
    said = take_back(path, Key(PASSPHRASE))
    assert any("Reminders by e-mail are off" in line for line in said)
    chosen = MailReminders.objects.get()
    assert (chosen.user.username, chosen.person_id, chosen.address) == ("ada", key, "ada@example.org")
    assert (chosen.leads, chosen.names) == ({"injector": 14}, True)
    assert not chosen.on
    assert chosen.confirmed_at is None


def test_access_is_not_restored_silently(backup, record) -> None:
    key = record.pk
    lost(record)
    said = take_back(backup, Key(PASSPHRASE))
    assert not Grant.objects.exists()
    assert any("Not brought back: the access of ben" in line for line in said)
    ben = User.objects.create_user("ben")
    assert not rights(ben, Person.objects.get(pk=key)).any


def test_a_store_that_has_the_record_is_left_as_it_is(backup, record) -> None:
    with pytest.raises(CannotRead, match="is in this store already"):
        take_back(backup, Key(PASSPHRASE))
    record.refresh_from_db()
    assert record.facts_count == 10


def test_a_backup_verifies_and_shows_no_name_outside(backup) -> None:
    found = verify(backup, Key(PASSPHRASE))
    assert {entry.role for entry in found.files} == {"settings", "record", "photo", "grants", "audit"}
    # Three letters stand among the encrypted bytes by chance: they are looked for where it can be read.
    with zipfile.ZipFile(backup) as outside:
        assert "Ada" not in outside.read("manifest.json").decode()
        assert all("Ada" not in name for name in outside.namelist())
    assert any(b"recorded_by" in content for _, content in contents(backup, Key(PASSPHRASE)))
    assert b"recorded_by" not in backup.read_bytes()


def test_another_passphrase_restores_nothing(backup, record) -> None:
    lost(record)
    with pytest.raises(CannotRead):
        take_back(backup, Key("another long passphrase"))
    assert not Person.objects.exists()


def test_the_log_of_who_looked_is_in_the_backup(backup, record) -> None:
    held = {entry.name: content for entry, content in contents(backup, Key(PASSPHRASE))}
    log = json.loads(held[f"people/{record.pk}/audit.json"])
    assert {"invited", "accepted", "added"} <= {one["action"] for one in log}
