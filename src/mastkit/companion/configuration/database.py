"""The store: SQLite through SQLCipher, or PostgreSQL where ``MASTKIT_DATABASE_URL`` names one."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

STORE = "mastkit.db"
"""The name of the encrypted store in the home folder."""


def database(url: str, home: Path) -> dict[str, Any]:
    """Return Django's description of the store. Raises `ImproperlyConfigured`."""
    return postgresql(url) if url else sqlcipher(home / STORE)


def sqlcipher(file: Path) -> dict[str, Any]:
    """Return the description of an encrypted SQLite file."""
    return {
        "ENGINE": "mastkit.companion.sqlcipher",
        "NAME": str(file),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A write waits for the one before it instead of failing half-way through a transaction.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: a commit is on the disk before it is acknowledged, also when the power fails.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                "PRAGMA cache_size=-32000"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Return the description of a PostgreSQL database from its URL."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    expected = "expected postgresql://user:password@host/name"
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(f"MASTKIT_DATABASE_URL: found another kind of address, {expected}.")
    try:
        parts = dict(conninfo_to_dict(url))
    except ProgrammingError:
        # The message of the driver would repeat the password.
        raise ImproperlyConfigured(f"MASTKIT_DATABASE_URL: found an address with a mistake, {expected}.") from None
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    found = {theirs: str(parts.pop(ours)) for ours, theirs in names.items() if ours in parts}
    if "NAME" not in found:
        raise ImproperlyConfigured(f"MASTKIT_DATABASE_URL: found no name of a database, {expected}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
        **found,
    }
