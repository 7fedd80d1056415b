"""`mastkit doctor` finds what is wrong and says so in words."""

import json
from pathlib import Path

import pytest

from mastkit.companion.keys.ring import KeyRing
from mastkit.companion.running.doctor import examine
from tests.companion.facts import entry
from tests.companion.live import PASSPHRASE, Live, Visitor
from tests.companion.running.test_serve import told


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """A store with an account and a few facts; the server is stopped."""
    server = Live(tmp_path_factory.mktemp("doctor")).start()
    ada = Visitor(server.origin)
    person = ada.set_up(server.link)
    ada.send(f"/api/people/{person}/facts", [entry(n) for n in range(1, 40)])
    server.stop()
    return server


def doctor(live: Live, *more: str) -> tuple[int, str]:
    return told("doctor", "--home", str(live.home), "--passphrase-file", str(live.passphrase), *more)


def test_a_sound_installation_is_well(live: Live) -> None:
    status, text = doctor(live)
    assert status == 0
    assert "WRONG" not in text
    assert "39 facts, all of them understood" in text
    assert "SQLCipher" in text


def test_without_the_key_the_inside_is_not_looked_into(live: Live) -> None:
    status, text = told("doctor", "--home", str(live.home))
    assert status == 0
    assert "Not looked into" in text


def test_a_wrong_passphrase_is_told(live: Live, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not this one at all")
    status, text = told("doctor", "--home", str(live.home), "--passphrase-file", str(wrong))
    assert status == 1
    assert "not the passphrase" in text


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    status, text = told("doctor", "--home", str(tmp_path / "nowhere"))
    assert status == 0
    assert "mastkit serve makes it" in text


def test_a_damaged_page_is_found(live: Live, tmp_path: Path) -> None:
    import shutil

    copy = Live(tmp_path)
    shutil.copytree(live.home, copy.home)
    store = copy.home / "mastkit.db"
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 0xFF
    store.write_bytes(content)
    status, text = doctor(copy)
    assert status == 1
    assert "WRONG" in text
    assert "restore the last backup" in text


def test_a_missing_key_ring_beside_a_store_is_found(tmp_path: Path) -> None:
    (tmp_path / "mastkit.db").write_bytes(b"encrypted")
    wrong = [finding for finding in examine(tmp_path) if finding.state == "wrong"]
    assert ["is missing" in finding.words for finding in wrong] == [True]


def test_a_store_without_a_recovery_phrase_is_remarked_upon(tmp_path: Path) -> None:
    ring, key = KeyRing.make()
    ring.with_lock(key, "passphrase", PASSPHRASE).write(tmp_path)
    words = " ".join(finding.words for finding in examine(tmp_path))
    assert "No recovery phrase" in words


def test_open_folders_and_files_are_remarked_upon(tmp_path: Path) -> None:
    ring, key = KeyRing.make()
    ring.with_lock(key, "passphrase", PASSPHRASE).with_lock(key, "recovery", "x").write(tmp_path)
    tmp_path.chmod(0o755)
    (tmp_path / "keys.json").chmod(0o644)
    words = " ".join(finding.words for finding in examine(tmp_path) if finding.state == "look")
    assert "chmod 700" in words
    assert "chmod 600" in words
    assert json.loads((tmp_path / "keys.json").read_text())["format"] == "mastkit-keys"
