"""`mastkit demo`: two invented people in a store that is thrown away."""

import shutil
import tempfile
import webbrowser
from pathlib import Path
from secrets import token_bytes

from mastkit.companion.keys import unlocked
from mastkit.companion.running.opening import Terminal


def demo(port: int, terminal: Terminal, *, browser: bool) -> None:
    """Serve two invented people until stopped; the store is encrypted with a key that is kept nowhere.

    ``port`` 0 takes a free one. Raises `OSError` where the port is taken.
    """
    home = Path(tempfile.mkdtemp(prefix="mastkit-demo-"))
    try:
        _serve(home, port, terminal, browser=browser)
    finally:
        unlocked.forget(home)
        shutil.rmtree(home, ignore_errors=True)


def _serve(home: Path, port: int, terminal: Terminal, *, browser: bool) -> None:
    from mastkit.companion.running.django_setup import prepare, set_up
    from mastkit.companion.running.lifecycle import run_until_stopped
    from mastkit.companion.running.server import Server, free_port, listen

    port = port or free_port()
    origin = f"http://localhost:{port}"
    sockets = listen("localhost", port)  # a taken port is told before the work begins
    unlocked.give(home, token_bytes(32))
    set_up(home, origin)
    prepare()
    server = Server(sockets)
    link = f"{origin}{invite()}"
    terminal.say("Two invented people; whatever you enter is thrown away at the end.")
    terminal.say(f"Open this link, which signs you in once:\n  {link}")
    terminal.say("Ctrl-C ends the demonstration.")
    from mastkit.companion.running.warming import read_ahead  # needs Django set up

    read_ahead()
    if browser:
        webbrowser.open(link)
    run_until_stopped(server)


def invite() -> str:
    """Fill an empty store with the invented people and return the path that signs in once."""
    from django.contrib.auth.models import User
    from django.urls import reverse
    from django.utils import timezone

    from mastkit.companion.accounts.links import make_link
    from mastkit.companion.accounts.models import OneTimeLink
    from mastkit.companion.people.models import Person
    from mastkit.companion.store.facts import append
    from mastkit.simulation.people import people

    user = User.objects.create_user("demo")  # without a password: only the link lets in
    for name, record in zip(("Ada", "Erik"), people(timezone.localdate()), strict=True):
        person = Person.objects.create(id=record.id, owner=user, name=name, zone=record.zone)
        append(person, record, actor=None)
    return reverse("one_time_link", args=[make_link(OneTimeLink.Purpose.DEMO, user)])
