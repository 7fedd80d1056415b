"""What is written to the log: what happened and where in the program, never what a record holds."""

import logging
import traceback
from typing import Any


class WithoutContent(logging.Formatter):
    """Writes the kind of an error and the lines of the program it came by, and leaves out its message.

    The message of an error often repeats the value it stumbled over, and that may be a part of a record.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, or one and the places in the program."""
        if record.exc_info is None or record.exc_info[0] is None:
            return super().format(record)
        kind, _, places = record.exc_info
        lines = [f"  {place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(places)]
        start = f"{self.formatTime(record)} {record.levelname} {record.name}: {kind.__name__}"
        return "\n".join([start, *lines])


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": WithoutContent, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "mastkit": {"level": "INFO"},
        # Both write the path of each request that was refused; a path holds ids, and they are nobody's business.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
    },
}
