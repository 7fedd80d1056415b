"""A work factor that looks too high for this machine is no wrong passphrase, and is said to be none."""

import zipfile
from pathlib import Path

import pytest

from mastkit.backup import read
from mastkit.backup.items import Item
from mastkit.backup.keys import Key, Lock
from mastkit.backup.read import contents
from mastkit.backup.write import KEY, write_backup
from mastkit.record.problems import CannotRead

PASSPHRASE = "a long passphrase of the tests"


def harder(path: Path) -> None:
    """Ask for more work than any machine does: the header of the key says how much."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    lines = parts[KEY].split(b"\n")
    lines[1] = b" ".join([*lines[1].split()[:-1], b"40"])
    parts[KEY] = b"\n".join(lines)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    path = tmp_path / "x.backup"
    write_backup([Item.of_bytes("a.txt", b"a")], path, Lock(PASSPHRASE))
    return path


def test_too_much_work_is_not_called_a_wrong_passphrase(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "PAUSE", 0)
    harder(backup)
    with pytest.raises(CannotRead, match="too busy or too slow"):
        list(contents(backup, Key(PASSPHRASE)))


def test_a_wrong_passphrase_is_called_one(backup: Path) -> None:
    with pytest.raises(CannotRead, match="the passphrase does not open this backup"):
        list(contents(backup, Key("another long passphrase")))
