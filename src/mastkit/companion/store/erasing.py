"""Erasing a person's record for good: facts, pictures, grants, links, reminders, the log."""

from uuid import UUID

from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from mastkit.companion.audit.log import note
from mastkit.companion.people.models import Person
from mastkit.companion.store.reading import forget


def erase(person: Person, owner: User, *, account: bool) -> None:
    """Erase a record, and the owner's account where that is wanted and it keeps no other record.

    What stays is one line of the log that a record was erased, with no name in it.
    """
    erased: UUID = person.pk
    with transaction.atomic():
        person.delete()
        note(None, None, "erased")
        if account and not Person.objects.filter(owner=owner).exists():
            owner.delete()
    forget(erased)
    _overwrite()


def _overwrite() -> None:
    """Rewrite the file of the store, so that no page of what was erased stays in it, encrypted or not."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError:
        return  # somebody is reading just now; the pages are free, and are written over next
