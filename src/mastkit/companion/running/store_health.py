"""The inside of the store, looked at by the doctor."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Max, Min
from django_scopes import scopes_disabled

from mastkit.companion.people.models import Person
from mastkit.companion.running.findings import Finding
from mastkit.companion.store.models import StoredFact
from mastkit.companion.store.reading import unreadable
from mastkit.record.validation import counted


def examine() -> Iterator[Finding]:
    """Yield what is found in the store. Raises `django.db.DatabaseError` where it cannot be read."""
    yield from _file()
    executor = MigrationExecutor(connection)
    if changes := waiting_changes(executor):
        waiting = counted(changes, "change")
        yield Finding(
            "Store", "look", f"The store is of an older version ({waiting} to make); mastkit serve makes them."
        )
        return
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes)
    if unknown:
        yield Finding("Store", "wrong", "The store was used by a newer version of mastkit; install that one.")
    yield from _records()
    if not User.objects.exists():
        yield Finding("Account", "look", "There is no account yet; mastkit serve prints a link to make one.")


def waiting_changes(executor: MigrationExecutor | None = None) -> int:
    """Return how many changes the store lacks to be of this version."""
    executor = executor or MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _file() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        connection.ensure_connection()
        yield Finding("Store", "well", "PostgreSQL answers.")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cipher_integrity_check")
        pages = cursor.fetchall()
        if not pages:
            cursor.execute("PRAGMA quick_check")
        rows = cursor.fetchall() if not pages else []
    if pages or rows != [("ok",)]:
        damaged = counted(len(pages or rows), "place")
        yield Finding("Store", "wrong", f"The store is damaged in {damaged}; restore the last backup.")
    else:
        yield Finding("Store", "well", "The store opens, and every page of it is whole.")


def _records() -> Iterator[Finding]:
    with scopes_disabled():
        found = {
            row["person"]: row
            for row in StoredFact.objects.values("person").annotate(
                n=Count("pk"), low=Min("number"), high=Max("number")
            )
        }
    for person in Person.objects.all():
        row = found.get(person.pk, {"n": 0, "low": 1, "high": 0})
        facts = counted(row["n"], "fact")
        if not (row["n"] == row["high"] == person.facts_count and row["low"] == 1):
            yield Finding(
                "Record", "wrong", f"A record has {facts} of {person.facts_count:,}; restore the last backup."
            )
            continue
        strange = len(unreadable(person))
        if strange:
            yield Finding(
                "Record", "look", f"A record has {facts}, {strange:,} of which a newer version of mastkit wrote."
            )
        else:
            yield Finding("Record", "well", f"A record has {facts}, all of them understood.")
