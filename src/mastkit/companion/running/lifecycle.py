"""A server that runs until it is told to stop."""

import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from waitress.server import BaseWSGIServer


def run_until_stopped(server: BaseWSGIServer, on_stop: Callable[[], None] = lambda: None) -> None:
    """Run the server; Ctrl-C and SIGTERM end it, and ``on_stop`` is called in any case."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
    try:
        with suppress(KeyboardInterrupt, SystemExit):
            server.run()
    finally:
        server.close()
        on_stop()
