"""The real server as its own process on a real store, and a visitor who speaks HTTP to it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

PASSPHRASE = "a passphrase of the tests"
PASSWORD = "four plain words here"
MASTKIT = [sys.executable, "-c", "from mastkit.cli import main; main()"]
STARTS_WITHIN = 60


class Live:
    """`mastkit serve` on a folder; it can be stopped, killed and started again."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.port = free_port()
        self.origin = f"http://localhost:{self.port}"
        self.environment = environment
        self.passphrase = folder / "passphrase"
        self.passphrase.write_text(PASSPHRASE)
        self.output: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    def start(self, *more: str) -> "Live":
        sheet = [] if (self.home / "keys.json").exists() else ["--recovery-sheet", str(self.folder / "sheet.txt")]
        command = [*MASTKIT, "serve", "--home", str(self.home), "--port", str(self.port)]
        command += ["--passphrase-file", str(self.passphrase), *sheet, *more]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**_plain_environment(), **self.environment},
        )
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        end = time.monotonic() + STARTS_WITHIN
        while not any("Ctrl-C" in line for line in self.output):
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"the server did not start: {''.join(self.output)}")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    @property
    def link(self) -> str:
        """The one-time link that was printed last."""
        links = re.findall(r"http://\S+/link/\S+", "".join(self.output))
        return links[-1] if links else ""

    def _end(self, sign: signal.Signals) -> None:
        if self.process is not None:
            self.process.send_signal(sign)
            self.process.wait(30)
            self.process = None
            self.output = []

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.output.append(line)


class Visitor:
    """Somebody with a browser that knows forms and cookies, and no more."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self._address(path)))

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str]:
        content = urllib.parse.urlencode({"csrfmiddlewaretoken": self._token(), **fields}).encode()
        return self._ask(urllib.request.Request(self._address(path), content, {"Referer": self.origin}))

    def send(self, path: str, content: Any) -> tuple[int, Any]:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token(), "Referer": self.origin}
        status, text = self._ask(urllib.request.Request(self._address(path), json.dumps(content).encode(), headers))
        return status, json.loads(text)

    def set_up(self, link: str, *, name: str = "ada", person: str = "Ada", zone: str = "Europe/Berlin") -> str:
        """Make the owner's account and return the id of the record."""
        self.get(link)
        self.post(link, {"username": name, "password": PASSWORD, "person": person, "zone": zone})
        _, text = self.get("/api/session")
        return str(json.loads(text)["people"][0]["id"])

    def sign_in(self, name: str = "ada") -> None:
        self.get("/accounts/login/")
        self.post("/accounts/login/", {"login": name, "password": PASSWORD})

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name.endswith("csrf")), "")

    def _address(self, path: str) -> str:
        return path if path.startswith("http") else self.origin + path

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _plain_environment() -> dict[str, str]:
    # What the test settings put into the environment is not meant for the real server.
    return {key: value for key, value in os.environ.items() if not key.startswith(("MASTKIT_", "DJANGO_"))}
