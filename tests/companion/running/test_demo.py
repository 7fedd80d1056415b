"""`mastkit demo`, as a script starts it."""

import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.companion.live import MASTKIT, STARTS_WITHIN, Visitor, _plain_environment, free_port


class Demo:
    def __init__(self, folder: Path, *more: str) -> None:
        environment = _plain_environment() | {"TMPDIR": str(folder)}
        command = [*MASTKIT, "demo", "--no-browser", *more]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        self.output: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def link(self) -> str:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            if found := re.search(r"http://\S+/link/\S+", "".join(self.output)):
                return found.group()
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError("".join(self.output))

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output.append(line)


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path, "--port", "0")
    yield running
    if running.process.poll() is None:
        running.end()


def test_one_link_signs_in_once_to_two_invented_people_and_nothing_is_left_behind(
    demo: Demo, tmp_path: Path
) -> None:
    link = demo.link()
    somebody = Visitor(link.split("/accounts")[0])
    status, page = somebody.get(link)
    assert status == 200
    assert "Ada" in page
    assert "Erik" in page
    status, text = somebody.get("/api/session")
    assert '"signed_in": true' in text
    assert Visitor(somebody.origin).get(link)[0] == 410

    (store,) = tmp_path.glob("mastkit-demo-*/mastkit.db")
    content = store.read_bytes() + store.with_name("mastkit.db-wal").read_bytes()
    assert b"SQLite format" not in content
    assert b"tryptase" not in content
    assert not list(tmp_path.glob("mastkit-demo-*/key*"))  # the key is in memory alone

    assert demo.end() == 0
    assert not list(tmp_path.glob("mastkit-demo-*"))


def test_a_port_that_is_taken_is_told_in_a_sentence(demo: Demo, tmp_path: Path) -> None:
    port = re.search(r":(\d+)/", demo.link()).group(1)
    second = Demo(tmp_path, "--port", port)
    assert second.process.wait(60) == 2
    time.sleep(0.2)
    assert "".join(second.output).strip() == f"Port {port} is taken; give another with --port."


def test_a_free_port_is_free() -> None:
    assert free_port() > 0
