"""Databases for tests: files, encrypted as the real one is."""

from typing import Any

from django.db.backends.sqlite3 import creation


class DatabaseCreation(creation.DatabaseCreation):
    """Makes and removes test databases."""

    def get_test_db_clone_settings(self, suffix: str) -> dict[str, Any]:
        """Refuse clones: they would be made with Python's own SQLite, which cannot read an encrypted file."""
        raise NotImplementedError("An encrypted test database is not cloned; give each process its own.")
