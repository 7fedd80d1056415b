"""Writing the access log."""

import threading
import time
from collections import OrderedDict
from typing import Any

from django.contrib.auth.models import User

from mastkit.companion.audit.models import Act
from mastkit.companion.people.models import Person

QUIET_SECONDS = 15 * 60
"""Looking at the same page again within this time is one look."""

_REMEMBERED = 10_000
_lately: OrderedDict[tuple[object, ...], float] = OrderedDict()
_lock = threading.Lock()


def note(actor: User | None, person: Person | None, action: str, **data: Any) -> None:
    """Write down that somebody did something; ``data`` holds counts and kinds, never what a fact says."""
    name = actor.get_username() if actor is not None else ""
    Act.objects.create(actor=actor, actor_name=name, person=person, action=action, data=data)


def note_view(actor: User, person: Person, page: str) -> None:
    """Write down that somebody looked at a page of a record."""
    looked, now = (actor.pk, person.pk, page), time.monotonic()
    with _lock:
        last = _lately.get(looked)
        if last is not None and now - last < QUIET_SECONDS:
            return
        _lately[looked] = now
        _lately.move_to_end(looked)
        while len(_lately) > _REMEMBERED:
            _lately.popitem(last=False)
    note(actor, person, "looked", page=page)
