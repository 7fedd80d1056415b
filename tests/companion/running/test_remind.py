"""`mastkit remind` and `mastkit serve` as processes of their own, on one store, with a real mail server."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mastkit.companion.reminders.sending import HELD
from tests.companion.facts import entry
from tests.companion.live import MASTKIT, PASSPHRASE, PASSWORD, Live, Visitor, _plain_environment
from tests.companion.reminders.server import MailServer


def noon_zone() -> str:
    """A zone in which it is about noon now, so that the running server sends."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@dataclass
class World:
    """A store with Ada, who has turned reminders on, and a mail server."""

    live: Live
    server: MailServer
    person: str
    ada: Visitor

    def command(self, *more: str) -> list[str]:
        return [
            *MASTKIT,
            "remind",
            "--home",
            str(self.live.home),
            "--passphrase-file",
            str(self.live.passphrase),
            *more,
        ]

    def begin(self, *more: str, **environment: str) -> subprocess.Popen[str]:
        known = {**_plain_environment(), **self.server.environment, **environment}
        return subprocess.Popen(
            self.command(*more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=known
        )

    def run(self, *more: str, **environment: str) -> tuple[int, str]:
        process = self.begin(*more, **environment)
        said = process.communicate(timeout=60)[0]
        return process.returncode, said

    def let_time_pass(self) -> None:
        """Whoever had the reminders in hand has had them for long."""
        code = (
            "from pathlib import Path; import sys; from datetime import timedelta;"
            "from mastkit.companion.keys import unlocked; from mastkit.companion.keys.ring import KeyRing;"
            "home = Path(sys.argv[1]);"
            "unlocked.give(home, KeyRing.read(home).open('passphrase', sys.argv[2]));"
            "from mastkit.companion.running.django_setup import set_up; set_up(home);"
            "from django.db.models import F;"
            "from mastkit.companion.reminders.models import MailReminders as M;"
            "n = M.objects.filter(taken_until__isnull=False)"
            ".update(taken_until=F('taken_until') - timedelta(seconds=float(sys.argv[3])));"
            "print(n)"
        )
        past = str((HELD + timedelta(seconds=1)).total_seconds())
        done = subprocess.run(
            [sys.executable, "-c", code, str(self.live.home), PASSPHRASE, past],
            capture_output=True,
            text=True,
            env=_plain_environment(),
            check=True,
        )
        assert done.stdout.strip() == "1", "somebody had them in hand"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    server = MailServer().start()
    live = Live(tmp_path, **server.environment, MASTKIT_REMIND_MINUTES="0").start()
    ada = Visitor(live.origin)
    person = ada.set_up(live.link, zone=noon_zone())
    expires = {"at": datetime.now(UTC).isoformat(), "zone": "UTC", "precision": "day"}
    status, _ = ada.send(
        f"/api/people/{person}/facts", [entry(1, "device", code="adrenaline_auto_injector", expires=expires)]
    )
    assert status == 200
    ada.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = f"/people/{person}/reminders"
    ada.post(page, {"address": "ada@example.org", "injector": "7"})
    code = re.search(r"\d{4} \d{4}", server.text())
    assert code is not None
    ada.post(f"{page}/confirm", {"code": code.group()})
    ada.post(f"{page}/on", {})
    server.inbox.clear()
    yield World(live, server, person, ada)
    live.stop()
    server.stop()


def test_the_command_sends_beside_the_running_server_once(world: World) -> None:
    assert world.run("--dry-run") == (0, "ada: 1 thing, would go.\n")
    assert world.server.inbox == []
    assert world.run() == (0, "ada: 1 thing, sent.\n")
    assert world.live.origin in world.server.text()  # as it was turned on; the command was told none
    assert world.run() == (0, "There is nothing to remind of.\n")
    assert len(world.server.inbox) == 1


def test_the_link_in_the_e_mail_works_at_the_server(world: World) -> None:
    world.run("--origin", world.live.origin)
    link = world.server.last["List-Unsubscribe"].strip()[1:-1]
    visitor = Visitor(world.live.origin)
    assert visitor.get(link)[0] == 200
    assert "no longer sent" in visitor.post(link, {})[1]
    assert "stopped by the link" in world.ada.get(f"/people/{world.person}/settings")[1]


def test_two_at_once_send_one(world: World) -> None:
    world.server.on_data = lambda: time.sleep(2)  # the slower mail is, the longer both are at it
    both = [world.begin() for _ in range(2)]
    said = sorted(process.communicate(timeout=60)[0] for process in both)
    assert said == ["There is nothing to remind of.\n", "ada: 1 thing, sent.\n"]
    assert len(world.server.inbox) == 1


def test_killed_between_sending_and_writing_it_down_it_is_sent_once_more_and_never_lost(world: World) -> None:
    started: list[subprocess.Popen[str]] = []

    def kill() -> None:
        os.kill(started[0].pid, signal.SIGKILL)
        started[0].wait(30)

    world.server.on_data = kill  # the server has the e-mail, and the sender never hears of it
    started.append(world.begin())
    started[0].wait(60)
    assert started[0].returncode == -signal.SIGKILL
    world.server.on_data = lambda: None
    assert world.run() == (0, "There is nothing to remind of.\n")  # it is still in the dead one's hand
    assert len(world.server.inbox) == 1
    world.let_time_pass()
    assert world.run() == (0, "ada: 1 thing, sent.\n")
    assert world.run() == (0, "There is nothing to remind of.\n")
    first, second = (message for _, message in world.server.inbox)
    # Twice, not more; and by their id a mail program can tell that they are the same.
    assert first["Message-ID"] == second["Message-ID"]


def test_the_running_server_sends_by_itself(world: World) -> None:
    world.live.stop()
    world.live.environment["MASTKIT_REMIND_MINUTES"] = "1"
    world.live.start()
    end = time.monotonic() + 30
    while not world.server.inbox and time.monotonic() < end:
        time.sleep(0.1)
    assert len(world.server.inbox) == 1
    assert world.run() == (0, "There is nothing to remind of.\n")
    assert "ada@" not in "".join(world.live.output)


def test_a_mail_server_that_is_down_ends_with_1_and_the_page_says_so(world: World) -> None:
    world.server.stop()
    status, said = world.run()
    assert status == 1
    assert "ada: 1 thing, failed (unreachable).\n" in said
    assert "Traceback" not in said
    page = world.ada.get(f"/people/{world.person}/due")[1]
    assert "could not be sent since" in page
    assert "Adrenaline auto-injector expires" in page


def test_what_is_missing_is_told_in_one_sentence(world: World, tmp_path: Path) -> None:
    without = dict.fromkeys(world.server.environment, "")
    assert world.run(**without) == (2, "There is no mail server to send by; name one in MASTKIT_MAIL_HOST.\n")
    status, said = world.run(MASTKIT_MAIL_TLS="ssl")
    assert (status, said.count("\n")) == (2, 1)
    assert 'MASTKIT_MAIL_TLS: found "ssl", expected starttls, tls or none.' in said
    nowhere = [*MASTKIT, "remind", "--home", str(tmp_path / "nowhere")]
    done = subprocess.run(
        nowhere, capture_output=True, text=True, env=_plain_environment(), check=False, stdin=subprocess.DEVNULL
    )
    assert (done.returncode, done.stderr) == (2, f"There is no store in {tmp_path / 'nowhere'}.\n")
