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
