"""`mastkit remind`, and the server's own round: reminders by e-mail are sent once, whoever sends them."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mastkit.companion.configuration import environment
from mastkit.companion.configuration.mail import Mail
from mastkit.companion.keys.ring import FILE, NoKey
from mastkit.companion.running.opening import Means, Terminal, open_store
from mastkit.record.validation import counted

if TYPE_CHECKING:
    from mastkit.companion.reminders.sending import Outcome

_log = logging.getLogger(__name__)


def keep_reminding() -> threading.Thread | None:
    """Begin to send reminders, now and every few minutes; None where no mail server is named."""
    from django.conf import settings

    if settings.MAIL is None or not settings.REMIND_MINUTES:
        return None
    rounds = threading.Thread(
        target=_rounds, args=(settings.MAIL, settings.REMIND_MINUTES * 60), name="remind", daemon=True
    )
    rounds.start()
    return rounds


def _rounds(mail: Mail, seconds: int) -> None:
    from django.db import connection

    from mastkit.companion.reminders.sending import send_due

    pause = threading.Event()
    while True:
        try:
            for _outcome in send_due(mail, datetime.now(UTC), unattended=True):
                pass
        except Exception:
            _log.exception("a round of reminders ended early")  # the next one comes; the pages say who waits
        finally:
            connection.close()
        pause.wait(seconds)


def run_remind(home: Path, origin: str | None, opening: Means, terminal: Terminal, *, dry: bool) -> int:
    """Send what is due, or say what would go; return 0, 1 where something failed, or 2 after one sentence."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        _open(home, origin, opening, terminal)
        from mastkit.companion.reminders.sending import send_due, would_send  # needs Django set up

        now = datetime.now(UTC)
        outcomes = list(would_send(now) if dry else send_due(_mail(), now))
    except (NoKey, ImproperlyConfigured) as error:
        sentence = str(error)
    except DatabaseError as error:
        sentence = f"The store cannot be used just now ({type(error).__name__}); mastkit doctor says more."
    else:
        return _tell(outcomes, terminal)
    print(sentence, file=sys.stderr)  # noqa: T201 - the terminal is where it was asked
    return 2


def _tell(outcomes: list[Outcome], terminal: Terminal) -> int:
    for one in outcomes:
        why = f" ({one.failure})" if one.failure else ""
        terminal.say(f"{one.account}: {counted(one.things, 'thing')}, {one.how}{why}.")
    if not outcomes:
        terminal.say("There is nothing to remind of.")
    return int(any(one.how == "failed" for one in outcomes))


def _mail() -> Mail:
    from django.conf import settings

    found: Mail | None = settings.MAIL
    if found is None:
        raise NoKey("There is no mail server to send by; name one in MASTKIT_MAIL_HOST.")
    return found


def _open(home: Path, origin: str | None, opening: Means, terminal: Terminal) -> None:
    from mastkit.companion.running.django_setup import set_up

    hosted = bool(environment.secret("MASTKIT_DATABASE_URL"))
    if (home / FILE).exists():
        open_store(home, opening, terminal)
    elif not hosted:
        raise NoKey(f"There is no store in {home}.")
    set_up(home, origin)
    from mastkit.companion.running.store_health import waiting_changes

    if waiting_changes():
        raise NoKey("The store is of an older version; mastkit serve brings it up to this one.")
