"""What was acknowledged is there, and nothing of it can be read without the key."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.companion.facts import entry, number
from tests.companion.live import PASSWORD, Live, Visitor

SECRET = "Quetzalcoatl"
"""A word that stands in every fact and nowhere else."""
WRITES = 200


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, str, dict[str, str]]]:
    """A server that was killed while 200 facts were sent, one at a time; what it had acknowledged by then."""
    live = Live(tmp_path_factory.mktemp("killed")).start()
    output = live.output
    ada = Visitor(live.origin)
    person = ada.set_up(live.link, person=f"Ada {SECRET}")
    acknowledged: dict[str, str] = {}
    enough = threading.Event()

    def send() -> None:
        for n in range(1, WRITES + 1):
            try:
                status, answer = ada.send(f"/api/people/{person}/facts", [entry(n, text=f"{SECRET} {n}")])
            except (OSError, json.JSONDecodeError):
                return
            assert status == 200
            acknowledged[number(n)] = answer["facts"][0]["status"]
            if n == WRITES // 2:
                enough.set()

    sender = threading.Thread(target=send)
    sender.start()
    assert enough.wait(120)
    live.kill()
    sender.join(60)
    (live.folder / "log.txt").write_text("".join(output))
    yield live, person, acknowledged
    live.stop()


def test_it_was_killed_in_the_middle(killed: tuple[Live, str, dict[str, str]]) -> None:
    _, _, acknowledged = killed
    assert WRITES // 2 <= len(acknowledged) < WRITES
    assert set(acknowledged.values()) == {"accepted"}


def test_nothing_of_the_record_can_be_read_in_any_file_that_is_left(
    killed: tuple[Live, str, dict[str, str]],
) -> None:
    live, person, _ = killed
    left = [file for file in live.home.rglob("*") if file.is_file() and "static" not in file.parts]
    assert {"mastkit.db", "mastkit.db-wal", "keys.json"} <= {file.name for file in left}
    wal = next(file for file in left if file.name == "mastkit.db-wal")
    assert wal.stat().st_size > 100_000  # the facts are there, and not yet in the main file
    for file in [*left, live.folder / "log.txt"]:
        content = file.read_bytes()
        for clear in (
            SECRET,
            "Europe/Berlin",
            PASSWORD,
            person,
            person.replace("-", ""),
            number(7)[:18],
            '"recorded_by"',
        ):
            for form in (clear.encode(), clear.encode("utf-16-le"), clear.upper().encode()):
                assert form not in content, f"{clear} stands in {file.name}"


def test_everything_acknowledged_is_there_afterwards_and_the_rest_can_be_sent_again(
    killed: tuple[Live, str, dict[str, str]],
) -> None:
    live, person, acknowledged = killed
    live.start()
    ada = Visitor(live.origin)
    ada.sign_in()
    everything = [entry(n, text=f"{SECRET} {n}") for n in range(1, WRITES + 1)]
    status, answer = ada.send(f"/api/people/{person}/facts", everything)
    assert status == 200
    became: dict[str, Any] = {one["id"]: one["status"] for one in answer["facts"]}
    assert len(became) == WRITES
    assert all(became[id_] == "repeated" for id_ in acknowledged)
    # One more may have reached the disk than the sender was told of.
    assert list(became.values()).count("repeated") in (len(acknowledged), len(acknowledged) + 1)


def test_the_store_is_whole(killed: tuple[Live, str, dict[str, str]], tmp_path: Path) -> None:
    import subprocess

    from tests.companion.live import MASTKIT

    live, _, _ = killed
    command = [*MASTKIT, "doctor", "--home", str(live.home), "--passphrase-file", str(live.passphrase)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every page of it is whole" in done.stdout
    assert f"{WRITES} facts, all of them understood" in done.stdout
