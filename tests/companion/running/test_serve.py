"""`mastkit serve` from the first start to the day when the password is lost."""

import http.client
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.companion.facts import entry
from tests.companion.live import MASTKIT, Live, Visitor, _plain_environment, free_port


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    server = Live(tmp_path)
    yield server
    server.stop()


def told(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [*MASTKIT, *command], capture_output=True, text=True, timeout=60, check=False, env=_plain_environment(),
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_from_the_first_start_to_a_second_one(live: Live) -> None:
    live.start()
    assert "RECOVERY SHEET" not in "".join(live.output)
    assert "RECOVERY SHEET" in (live.folder / "sheet.txt").read_text()
    ada = Visitor(live.origin)
    assert ada.get("/")[1].count("password") >= 1  # nobody gets in without the link
    person = ada.set_up(live.link)
    status, _ = ada.send(f"/api/people/{person}/facts", [entry(1)])
    assert status == 200
    live.stop()

    live.start()
    assert live.link == ""  # there is an account, so no link is made
    assert ada.get(f"/people/{person}/")[0] == 200  # still signed in
    again = Visitor(live.origin)
    again.sign_in()
    _, answer = again.send(f"/api/people/{person}/facts", [entry(1)])
    assert answer["facts"][0]["status"] == "repeated"
    live.stop()

    live.start("--reset", "ada")
    lost = Visitor(live.origin)
    lost.get(live.link)
    status, _ = lost.post(live.link, {"password": "quite another password"})
    assert status == 200
    assert lost.get(f"/people/{person}/")[0] == 200
    assert Visitor(live.origin).get(live.link)[0] == 410


def test_what_it_answers_to_the_world(live: Live) -> None:
    """A page from elsewhere cannot speak to it under another name, and each answer forbids what is not needed."""
    live.start()
    connection = http.client.HTTPConnection("127.0.0.1", live.port)
    connection.request("GET", "/accounts/login/", headers={"Host": "evil.example"})
    assert connection.getresponse().status == 400
    with urllib.request.urlopen(f"{live.origin}/accounts/login/") as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    assert headers["Server"] is None


def test_behind_a_web_server_with_tls(live: Live) -> None:
    def answer(**headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", live.port)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", "/accounts/login/", headers={"Host": "diary.example", **named})
        return connection.getresponse()

    live.start("--origin", "https://diary.example")
    assert "https://diary.example/accounts/link/" in "".join(live.output)
    plain = answer()
    assert plain.status == 301
    assert plain.headers["Location"] == "https://diary.example/accounts/login/"
    secure = answer(X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.7")
    assert secure.status == 200
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert secure.headers["Set-Cookie"].startswith("__Host-mastkit-csrf=")
    assert "; Secure" in secure.headers["Set-Cookie"]


def test_without_a_terminal_it_says_what_it_needs(tmp_path: Path) -> None:
    status, text = told("serve", "--home", str(tmp_path / "home"), "--port", str(free_port()))
    assert status == 2
    assert text.count("\n") == 1
    assert "--recovery-sheet" in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--host", "no.such.machine.invalid"), "found no such machine"),
        (("--origin", "diary.example"), "expected an address such as https://diary.example"),
        (("--passphrase-file", "/no/such/file"), "cannot be read"),
        (("--key-file", "/no/such/file/key"), "cannot be written"),
        (("--recover",), "no store"),
    ],
)
def test_a_mistake_is_told_in_one_sentence(tmp_path: Path, more: tuple[str, ...], words: str) -> None:
    home, sheet = str(tmp_path / "home"), str(tmp_path / "sheet")
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("a passphrase of the tests")
    usual = () if any("file" in word for word in more) else ("--passphrase-file", str(passphrase))
    status, text = told(
        "serve", "--home", home, "--port", str(free_port()), "--recovery-sheet", sheet, *usual, *more
    )
    assert status == 2
    assert words in text
    assert "Traceback" not in text
