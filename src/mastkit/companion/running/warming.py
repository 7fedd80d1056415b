"""Records read ahead, so that nobody waits for the first page after a start."""

import logging
import threading

from mastkit.companion.people.models import Person
from mastkit.companion.store.reading import MOST_FACTS_KEPT, load

_log = logging.getLogger(__name__)


def read_ahead() -> threading.Thread:
    """Begin to read the records, the largest first, as far as there is room in memory for them."""
    thread = threading.Thread(target=_read, name="read-ahead", daemon=True)
    thread.start()
    return thread


def _read() -> None:
    from django.db import DatabaseError, connection

    room = MOST_FACTS_KEPT
    try:
        for person in Person.objects.order_by("-facts_count"):
            room -= person.facts_count
            if room < 0:
                break
            load(person).of_kind()
    except DatabaseError:
        _log.exception("records were not read ahead")  # the first page reads them, or tells what is wrong
    finally:
        connection.close()
