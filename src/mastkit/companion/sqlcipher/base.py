"""The database wrapper: Django's own for SQLite, with the driver of SQLCipher and a key given before all else."""

import datetime
import decimal
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register as register_functions  # type: ignore[import-untyped]
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 - the name that Django's backends use

from mastkit.companion.keys import unlocked
from mastkit.companion.sqlcipher.features import DatabaseFeatures

# The driver keeps converters of its own, so what Django registers with sqlite3 is registered here again.
Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", base.decoder(parse_date))
Database.register_converter("time", base.decoder(parse_time))
Database.register_converter("datetime", base.decoder(parse_datetime))
Database.register_converter("timestamp", base.decoder(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, base.adapt_date)
Database.register_adapter(datetime.datetime, base.adapt_datetime)


class SQLCipherCursor(Database.Cursor):  # type: ignore[misc]
    """A cursor of SQLCipher that takes Django's parameters, as the cursor of Django's own backend does."""

    # The methods speak to the cursor through `super()`, so they are written again for this base.
    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, dict) else None
        return super().execute(self.convert_query(query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each set of parameters."""
        sets = list(param_list)
        names = list(sets[0]) if sets and isinstance(sets[0], dict) else None
        return super().executemany(self.convert_query(query, param_names=names), sets)

    convert_query = base.SQLiteCursorWrapper.convert_query


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to an encrypted SQLite file."""

    Database = Database
    init_commands: list[str]
    features_class = DatabaseFeatures

    def get_connection_params(self) -> dict[str, Any]:
        """Return what the driver is given; the option ``key_home`` is for `_key` alone."""
        params = super().get_connection_params()
        params.pop("key_home", None)
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the file, give the key, and set up the connection as Django does."""
        connection = Database.connect(**conn_params)
        try:
            # A raw key: it is random already, so no time is spent on stretching it again.
            connection.execute(f"PRAGMA key = \"x'{self._key().hex()}'\"")
            register_functions(connection)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA legacy_alter_table = OFF")
            for command in self.init_commands:
                if command := command.strip():
                    connection.execute(command)
        except BaseException:
            connection.close()
            raise
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor that takes Django's parameters."""
        return self.connection.cursor(factory=SQLCipherCursor)

    def _key(self) -> bytes:
        """Return the key of the folder that the file lies in, or that the option ``key_home`` names."""
        home = self.settings_dict["OPTIONS"].get("key_home")
        return unlocked.key_of(Path(home) if home else Path(self.settings_dict["NAME"]).parent)
