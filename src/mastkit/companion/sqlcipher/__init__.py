"""Django's SQLite backend on SQLCipher: the same database, every page of it encrypted."""
