"""A backup of the store, and a store made from a backup. Who may see a record does not come back by itself."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from mastkit.backup.items import Item
from mastkit.backup.keys import Key, Lock
from mastkit.backup.manifest import Manifest
from mastkit.backup.read import contents
from mastkit.backup.write import write_backup
from mastkit.companion.keys.ring import FILE, NoKey
from mastkit.companion.running.django_setup import prepare, set_up
from mastkit.companion.running.opening import Means, Terminal, open_store
from mastkit.record.files import parse_record
from mastkit.record.problems import CannotRead


def back_up(path: Path, lock: Lock) -> Manifest:
    """Write a backup of every record in the store; Django is set up."""
    from mastkit.companion.people.models import Person

    items = [item for person in Person.objects.select_related("owner") for item in _items(person)]
    return write_backup(items, path, lock)


def _items(person: Any) -> Iterator[Item]:
    from django_scopes import scope

    from mastkit.companion.audit.models import Act
    from mastkit.companion.exchange.outgoing import REMINDERS, record_file
    from mastkit.companion.reminders.outgoing import choice_as_data
    from mastkit.companion.store.models import Picture

    folder = f"people/{person.pk}"
    about = {"name": person.name, "zone": person.zone, "owner": person.owner.username}
    yield Item.of_bytes(f"{folder}/person.json", _json(about), "settings")
    yield Item.of_bytes(f"{folder}/record.json", record_file(person), "record")
    if (reminders := choice_as_data(person.owner, person)) is not None:
        yield Item.of_bytes(f"{folder}/{REMINDERS}", _json(reminders), "settings")
    with scope(person=person):
        pictures = list(Picture.objects.order_by("sha256").values_list("sha256", flat=True))
    for sha256 in pictures:
        yield Item(f"{folder}/photos/{sha256}.jpg", lambda sha256=sha256: _picture(person, sha256), "photo")  # type: ignore[misc]
    grants = [
        {
            "name": grant.name,
            "role": grant.role,
            "account": grant.grantee.username if grant.grantee else None,
            "see": grant.see,
            "log": grant.log,
            "until": grant.until,
        }
        for grant in person.grants.in_force().select_related("grantee")
    ]
    yield Item.of_bytes(f"{folder}/grants.json", _json(grants), "grants")
    log = Act.objects.filter(person=person).order_by("at").values("at", "actor_name", "action", "data")
    yield Item.of_bytes(f"{folder}/audit.json", _json(list(log)), "audit")


def _picture(person: Any, sha256: str) -> io.BytesIO:
    from mastkit.companion.store.pictures import picture

    found = picture(person, sha256)
    if found is None:
        raise CannotRead(f"photo {sha256}: it is gone, expected the picture of its fact.")
    return io.BytesIO(bytes(found.content))


def take_back(path: Path, key: Key) -> list[str]:
    """Bring the records of a backup into this store, which has none of them yet; all of them or nothing.

    Returns what to say. The owners' accounts are made without a password: a link lets each choose a new one.
    Grants stay out: nobody gets access again without being invited anew.
    """
    from django.db import transaction

    files = {entry.name: (entry, content) for entry, content in contents(path, key)}
    folders = sorted({name.split("/")[1] for name in files if name.startswith("people/")})
    if not folders:
        raise CannotRead(f"{path}: no record of a store is in it, expected a backup made with --store.")
    with transaction.atomic():
        return [line for folder in folders for line in _take(path, folder, files)]


def _take(path: Path, folder: str, files: dict[str, Any]) -> Iterator[str]:
    from django.conf import settings
    from django.contrib.auth.models import User

    from mastkit.companion.exchange.outgoing import REMINDERS
    from mastkit.companion.people.models import Person
    from mastkit.companion.reminders.outgoing import take_back as keep_choice
    from mastkit.companion.store.facts import append
    from mastkit.companion.store.pictures import take_picture

    def content(name: str) -> bytes:
        try:
            found: bytes = files[f"people/{folder}/{name}"][1]
        except KeyError:
            raise CannotRead(f"{path}: {name} of a record is missing, expected a whole backup.") from None
        return found

    about = orjson.loads(content("person.json"))
    if Person.objects.filter(pk=UUID(folder)).exists():
        raise CannotRead(
            f"{path}: the record of {about['name']} is in this store already, expected a store without it."
        )
    owner = User.objects.filter(username__iexact=about["owner"]).first()
    if owner is None:
        owner = User.objects.create_user(about["owner"])  # it gets its password by a link
    person = Person.objects.create(pk=UUID(folder), name=about["name"], zone=about["zone"], owner=owner)
    read = parse_record(content("record.json"), f"{path}: record.json")
    refused = [one for one in append(person, read.record, actor=None) if one.status == "refused"]
    if read.problems or refused:
        why = read.problems[0].sentence() if read.problems else refused[0].sentence
        raise CannotRead(f"{path}: the record of {about['name']} cannot be taken back whole: {why}")
    photos = [name for name in files if name.startswith(f"people/{folder}/photos/")]
    for name in photos:
        take_picture(person, files[name][1], name.rsplit("/", 1)[1].removesuffix(".jpg"), None)
    yield f"{about['name']}: {len(read.record)} facts and {len(photos)} photos are back; owner {owner.username}."
    grants = orjson.loads(content("grants.json"))
    if grants:
        names = ", ".join(one["name"] for one in grants)
        yield f"  Not brought back: the access of {names}. Invite them anew where that is still right."
    if f"people/{folder}/{REMINDERS}" in files:
        keep_choice(owner, person, orjson.loads(content(REMINDERS)), str(settings.ORIGIN))
        yield "  Reminders by e-mail are off until their owner confirms the address and turns them on."


def run_backup(home: Path, opening: Means, path: Path, lock: Lock, terminal: Terminal) -> int:
    """Back up the store of a home folder; return 0, or 2 after one sentence of what is wrong."""
    try:
        _open(home, opening, terminal, made=False)
        manifest = back_up(path, lock)
    except (CannotRead, NoKey) as error:
        return _sorry(error)
    terminal.say(
        f"{path}: {manifest.items} files, {manifest.bytes} bytes; opens with {' or '.join(manifest.opens_with)}."
    )
    terminal.say(f"Try it now, and keep its key apart from it: mastkit verify {path}")
    return 0


def run_restore(home: Path, opening: Means, path: Path, key: Key, terminal: Terminal) -> int:
    """Make a store from a backup, or bring its records into one that lacks them; return 0 or 2."""
    try:
        _open(home, opening, terminal, made=True)
        for line in take_back(path, key):
            terminal.say(line)
    except (CannotRead, NoKey) as error:
        return _sorry(error)
    terminal.say("Each owner chooses a new password: mastkit serve --reset NAME prints the link.")
    return 0


def _open(home: Path, opening: Means, terminal: Terminal, *, made: bool) -> None:
    if not made and not (home / FILE).exists():
        raise NoKey(f"There is no store in {home}.")
    open_store(home, opening, terminal)
    set_up(home)
    prepare()


def _sorry(error: Exception) -> int:
    print(error, file=sys.stderr)  # noqa: T201 - the terminal is where it was asked
    return 2


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
