"""The terminal as the commands see it."""

import errno
import getpass
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from mastkit.companion.keys import unlocked
from mastkit.companion.keys.ring import KeyRing, NoKey
from mastkit.companion.running.opening import Terminal

_MARKS = {"well": "ok     ", "look": "look   ", "wrong": "WRONG  "}


def terminal() -> Terminal:
    """Return the person at the terminal; there is none where input or output goes elsewhere."""
    present = sys.stdin.isatty() and sys.stdout.isatty()
    return Terminal(present, _say, lambda question: getpass.getpass(f"{question}: "))


@contextmanager
def stopping_with_a_sentence(port: int) -> Iterator[None]:
    """End with one sentence and status 2 where the companion cannot run."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        yield
    except (NoKey, ImproperlyConfigured) as error:
        sentence = str(error)
    except (KeyboardInterrupt, EOFError):
        sentence = "Stopped."
    except socket.gaierror:
        sentence = "--host: found no such machine, expected a name or an address of this machine such as localhost."
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = f"Port {port} is taken; give another with --port."
        elif error.errno in (errno.EACCES, errno.EADDRNOTAVAIL):
            sentence = f"This machine does not let the companion listen there ({error.strerror})."
        else:
            raise
    else:
        return
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def consult(home: Path, passphrase_file: Path | None, key_file: Path | None) -> int:
    """Print what the doctor finds, and return 1 where something is wrong."""
    from mastkit.companion.running.doctor import examine

    try:
        if key_file is not None:
            unlocked.give(home, KeyRing.read(home).open("file", unlocked.key_file_secret(key_file)))
        elif passphrase_file is not None:
            secret = unlocked.key_file_secret(passphrase_file)
            unlocked.give(home, KeyRing.read(home).open("passphrase", secret))
    except NoKey as error:
        typer.echo(f"{_MARKS['wrong']}Keys: {error}")
        return 1
    worst = 0
    for finding in examine(home):
        typer.echo(f"{_MARKS[finding.state]}{finding.what}: {finding.words}")
        worst = max(worst, int(finding.state == "wrong"))
    return worst


def _say(text: str) -> None:
    typer.echo(text)
    sys.stdout.flush()
