"""What SQLCipher can do: the SQLite it is built on decides, not the one that Python brings."""

from django.db.backends.sqlite3 import features
from sqlcipher3 import dbapi2


class DatabaseFeatures(features.DatabaseFeatures):
    """The features of the SQLite that the driver was built with."""

    can_alter_table_drop_column = dbapi2.sqlite_version_info >= (3, 35, 5)
    can_return_columns_from_insert = dbapi2.sqlite_version_info >= (3, 35)
    can_return_rows_from_bulk_insert = dbapi2.sqlite_version_info >= (3, 35)
