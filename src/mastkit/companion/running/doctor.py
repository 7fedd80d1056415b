"""`mastkit doctor`: looks at an installation and says in words what is wrong with it."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from mastkit.companion.configuration.database import STORE
from mastkit.companion.keys import unlocked
from mastkit.companion.keys.ring import FILE, KeyRing, NoKey
from mastkit.companion.running.findings import Finding, State

LEAST_FREE = 500 * 1024 * 1024
"""Bytes of free disk below which the doctor warns."""


def examine(home: Path) -> Iterator[Finding]:
    """Yield what is found, one thing after the other; what is inside the store only where it is open."""
    yield _python()
    yield _driver()
    yield _zones()
    if not home.exists():
        yield Finding("Folder", "look", f"{home} is not there yet; mastkit serve makes it.")
        return
    yield _folder(home)
    yield _space(home)
    yield from _keys(home)
    try:
        unlocked.key_of(home)
    except NoKey as error:
        state: State = "look" if (home / STORE).exists() else "well"
        yield Finding("Store", state, f"Not looked into: {error}")
        return
    yield from _store(home)


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", "well", f"Python {version}.")


def _driver() -> Finding:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    found = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    if not found or not found[0]:
        return Finding("Encryption", "wrong", "The SQLite driver cannot encrypt; install mastkit[companion] again.")
    return Finding("Encryption", "well", f"SQLCipher {found[0]} on SQLite {dbapi2.sqlite_version}.")


def _zones() -> Finding:
    from mastkit.record.time import zone_of

    try:
        zone_of("Europe/Berlin")
    except ValueError:
        return Finding("Time zones", "wrong", "The time zones are not there; install the package tzdata.")
    return Finding("Time zones", "well", "The time zones are there.")


def _folder(home: Path) -> Finding:
    if not home.is_dir() or not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return Finding("Folder", "wrong", f"{home} is not a folder that this account may use.")
    if os.name == "posix" and stat.S_IMODE(home.stat().st_mode) & 0o077:
        return Finding("Folder", "look", f"Others on this machine may look into {home}; run: chmod 700 {home}")
    return Finding("Folder", "well", f"{home} is yours alone.")


def _space(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    if free < LEAST_FREE:
        return Finding("Disk", "look", f"Only {free // 2**20:,} MB are free where the store is; make room soon.")
    return Finding("Disk", "well", f"{free // 2**20:,} MB are free.")


def _keys(home: Path) -> Iterator[Finding]:
    if not (home / FILE).exists():
        there = (home / STORE).exists()
        words = (
            f"{home / FILE} is missing, and without it the store stays closed; restore it from a backup."
            if there
            else "There is no store yet; mastkit serve makes one."
        )
        yield Finding("Keys", "wrong" if there else "look", words)
        return
    try:
        kinds = KeyRing.read(home).kinds()
    except NoKey as error:
        yield Finding("Keys", "wrong", str(error))
        return
    if "recovery" not in kinds:
        yield Finding(
            "Keys", "look", "No recovery phrase opens this store; a lost passphrase would be the end of it."
        )
    else:
        names = {"passphrase": "a passphrase", "file": "a key file", "keyring": "the system's keyring"}
        ways = [names[kind] for kind in ("passphrase", "file", "keyring") if kind in kinds]
        yield Finding("Keys", "well", f"The store opens with {', '.join([*ways, 'the recovery phrase'])}.")
    if "file" in kinds and (home / "key").exists():
        yield Finding(
            "Keys",
            "look",
            "The key file lies beside the data, as was chosen: who has the folder can read the record.",
        )
    if stat.S_IMODE((home / FILE).stat().st_mode) & 0o077 and os.name == "posix":
        yield Finding(
            "Keys", "look", f"Others on this machine can read {home / FILE}; run: chmod 600 {home / FILE}"
        )


def _store(home: Path) -> Iterator[Finding]:
    from mastkit.companion.running.django_setup import set_up

    set_up(home)

    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    from mastkit.companion.running import mail_health, store_health

    try:
        yield from store_health.examine()
        yield from mail_health.examine()
    except (DatabaseError, ImproperlyConfigured) as error:
        kind = type(error).__name__
        yield Finding("Store", "wrong", f"The store cannot be read ({kind}); restore the last backup.")
