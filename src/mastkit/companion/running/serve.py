"""`mastkit serve`: the companion for real."""

from dataclasses import dataclass
from pathlib import Path

from mastkit.companion.keys.ring import NoKey
from mastkit.companion.running.opening import Means, Terminal, open_store


@dataclass(frozen=True)
class Serving:
    """Where and how the companion is served."""

    home: Path
    host: str
    port: int
    origin: str
    """The address at which people open it."""
    means: Means
    recover: bool = False
    reset: str | None = None
    """The name of an account that cannot get in any more."""


def serve(wish: Serving, terminal: Terminal) -> None:
    """Make or open the store, bring it up to date, say how to get in, and serve until stopped.

    Raises `NoKey` where the store cannot be opened, and `OSError` where the port is taken.
    """
    from mastkit.companion.running.django_setup import prepare, set_up
    from mastkit.companion.running.lifecycle import run_until_stopped
    from mastkit.companion.running.server import Server, listen

    sockets = listen(wish.host, wish.port)  # a taken port is told before the passphrase is asked for
    made = open_store(wish.home, wish.means, terminal, recover=wish.recover)
    if made:
        terminal.say(f"The store is in {wish.home}; all of it is encrypted.")
    set_up(wish.home, wish.origin)
    prepare()
    from mastkit.companion.running.reminding import keep_reminding  # needs Django set up
    from mastkit.companion.running.warming import read_ahead

    server = Server(sockets)  # from here on it listens, so what is said below is true
    for line in way_in(wish):
        terminal.say(line)
    terminal.say(f"The companion is at {wish.origin} (Ctrl-C ends it).")
    read_ahead()
    keep_reminding()
    run_until_stopped(server)


def way_in(wish: Serving) -> list[str]:
    """Return what to say about getting in: a link where there is no account yet, or one to a lost account.

    Raises `NoKey` where there is no such account.
    """
    from django.contrib.auth.models import User
    from django.urls import reverse

    from mastkit.companion.accounts.links import HOURS, make_link
    from mastkit.companion.accounts.models import OneTimeLink

    purpose = OneTimeLink.Purpose
    if wish.reset is not None:
        user = User.objects.filter(username__iexact=wish.reset).first()
        if user is None:
            raise NoKey(f'There is no account "{wish.reset}" in this store.')
        token, what = make_link(purpose.SIGN_IN, user), f"Choose a new password for {user.username}"
    elif not User.objects.exists():
        token, what = make_link(purpose.SET_UP), "Make your account"
    else:
        return []
    return [
        f"{what}; this link works once, for {HOURS} hours:",
        f"  {wish.origin}{reverse('one_time_link', args=[token])}",
    ]
