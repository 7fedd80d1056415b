"""A server that runs until it is told to stop."""

import signal
import threading
from contextlib import suppress
from types import FrameType

from mastkit.companion.running.server import Server


def run_until_stopped(server: Server) -> None:
    """Run the server; Ctrl-C and SIGTERM end it."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
    with suppress(KeyboardInterrupt, SystemExit):
        server.run()
    server.close()
    _settle()


def _settle() -> None:
    """Bring what was written last from the journal into the file of the store: afterwards one file holds all."""
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite":
        with suppress(DatabaseError), connection.cursor() as cursor:  # the journal holds it just as safely
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
