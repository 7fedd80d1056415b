"""`mastkit backup --store`, `verify` and `restore --store`, each as its own process, before and after a loss."""

import subprocess
from pathlib import Path

import pytest

from tests.companion.facts import entry
from tests.companion.live import MASTKIT, PASSWORD, Live, Visitor, _plain_environment


def mastkit(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MASTKIT, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=_plain_environment(),
        timeout=120,
        check=False,
    )


def exported(visitor: Visitor, person: str) -> str:
    visitor.post("/accounts/reauthenticate/", {"password": PASSWORD})
    status, text = visitor.get(f"/people/{person}/data/export")
    assert status == 200
    return text


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "backup-passphrase"
    file.write_text("a long passphrase of the tests\n")
    return file


def test_a_store_is_backed_up_while_it_serves_and_made_again_elsewhere(tmp_path: Path, secret: Path) -> None:
    (tmp_path / "first").mkdir()
    live = Live(tmp_path / "first").start()
    ada = Visitor(live.origin)
    person = ada.set_up(live.link)
    ada.send(f"/api/people/{person}/facts", [entry(1, "flare"), entry(2), entry(3, "flare", replaces=1)])
    before = exported(ada, person)
    backup = tmp_path / "store.backup"
    closed = ("--passphrase-file", secret)
    made = mastkit(
        "backup", "--store", live.home, "--store-passphrase-file", live.passphrase, "-o", backup, *closed
    )
    live.kill()
    assert made.returncode == 0, made.stderr
    assert mastkit("verify", backup, *closed).returncode == 0

    (tmp_path / "second").mkdir()
    again = Live(tmp_path / "second")
    opening = ("--store-passphrase-file", again.passphrase, "--recovery-sheet", again.folder / "sheet.txt")
    restored = mastkit("restore", backup, "--store", again.home, *opening, *closed)
    assert restored.returncode == 0, restored.stderr
    assert "Ada: 3 facts and 0 photos are back" in restored.stdout
    again.start("--reset", "ada")
    owner = Visitor(again.origin)
    owner.get(again.link)
    owner.post(again.link, {"password": PASSWORD})
    assert exported(owner, person) == before
    again.stop()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backup", "-o", "x"), "expected files or folders, or --store"),
        (("restore", "x"), "expected either --into or --store"),
        (("backup", "--store", "/no/such/store", "-o", "x"), "expected --passphrase-file"),
    ],
)
def test_a_wrong_use_ends_with_one_sentence(arguments: tuple[str, ...], said: str) -> None:
    done = mastkit(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_where_there_is_no_store_none_is_made(tmp_path: Path, secret: Path) -> None:
    done = mastkit("backup", "--store", tmp_path / "none", "-o", tmp_path / "x", "--passphrase-file", secret)
    assert (done.returncode, "There is no store" in done.stderr) == (2, True)
    assert not (tmp_path / "none").exists()
