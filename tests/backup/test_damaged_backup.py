"""A damaged backup, a wrong key, a bad name: one sentence each, and nothing half-restored."""

import json
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.backup.items import Item, check_name, items_of
from mastkit.backup.keys import Key, Lock, age, read_identities
from mastkit.backup.read import Verified, restore, verify
from mastkit.backup.write import write_backup
from mastkit.record.problems import CannotRead
from tests.backup.cast import KEY, LOCK, PASSPHRASE, items, made, with_both


@cache
def _whole() -> tuple[bytes, Path]:
    folder = Path(mkdtemp())
    return made(folder).read_bytes(), folder


def _fails(path: Path, key: Key | None = KEY) -> str:
    with pytest.raises(CannotRead) as caught:
        verify(path, key)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


def _verified(path: Path) -> tuple[str, Verified | None]:
    try:
        return "", verify(path, KEY)
    except CannotRead as error:
        return str(error), None


@settings(max_examples=150, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place: float, change: int) -> None:
    whole, folder = _whole()
    at = int(place * len(whole))
    damaged = bytearray(whole)
    damaged[at] ^= change
    path = folder / "damaged"
    path.write_bytes(damaged)
    sentence, found = _verified(path)
    assert "\n" not in sentence
    if found is not None:  # a byte that carries nothing, such as a time stamp of the zip: the content is whole
        assert found.files is not None
        assert [entry.name for entry in found.files] == [item.name for item in items()]


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1, exclude_max=True))
def test_a_backup_that_is_cut_off_is_noticed(place: float) -> None:
    whole, folder = _whole()
    path = folder / "cut"
    path.write_bytes(whole[: int(place * len(whole))])
    with pytest.raises(CannotRead):
        verify(path, KEY)
    with pytest.raises(CannotRead):
        restore(path, KEY, folder / "again")
    assert not (folder / "again").exists()


def test_content_of_another_backup_is_noticed(tmp_path: Path) -> None:
    one, other = made(tmp_path, name="one"), tmp_path / "other"
    write_backup([Item.of_bytes("x", b"y")], other, LOCK)
    mixed = tmp_path / "mixed"
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second, zipfile.ZipFile(mixed, "w") as target:
        target.writestr("content.age", second.read("content.age"))
        target.writestr("manifest.json", first.read("manifest.json"))
    assert "checksum of the content is another one" in _fails(mixed)
    manifest = json.loads(zipfile.ZipFile(one).read("manifest.json"))
    manifest["content_sha256"] = json.loads(zipfile.ZipFile(other).read("manifest.json"))["content_sha256"]
    with zipfile.ZipFile(other) as second, zipfile.ZipFile(tmp_path / "more", "w") as target:
        target.writestr("content.age", second.read("content.age"))
        target.writestr("manifest.json", json.dumps(manifest))
    assert "do not fit each other" in _fails(tmp_path / "more")


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    stranger = Key(identities=(str(age().x25519.Identity.generate()),))
    backup = made(tmp_path)
    assert "does not open this backup" in _fails(backup, stranger)
    assert "no passphrase opens this backup" in _fails(backup, Key(PASSPHRASE))
    closed = with_both()
    assert "the passphrase does not open this backup" in _fails(closed, Key("another passphrase"))
    with pytest.raises(CannotRead):
        restore(closed, Key("another passphrase"), tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../up", "a/../../up", "", ".", "a\\b", "C:x", "a\x00b", "a\nb", "x" * 500, "a//b", "a/"],
)
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(CannotRead):
        check_name(name)


def test_files_of_one_name_and_missing_files_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.json").write_text("{}")
    with pytest.raises(CannotRead, match="a second file of the name"):
        items_of([tmp_path / "a/x.json", tmp_path / "b/x.json"])
    with pytest.raises(CannotRead, match="cannot be read"):
        items_of([tmp_path / "missing"])
    with pytest.raises(CannotRead, match="no files"):
        write_backup([], tmp_path / "c", LOCK)


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "records").mkdir()
    (tmp_path / "records/link").symlink_to(tmp_path / "secret")
    (tmp_path / "records/real").write_text("x")
    assert [item.name for item in items_of([tmp_path / "records"])] == ["records/real"]


@pytest.mark.parametrize(
    ("lock", "sentence"),
    [
        ({}, "neither a passphrase nor a recipient"),
        ({"passphrase": "short"}, "a passphrase of 5 letters, expected 12 or more"),
        ({"recipients": ("age1nonsense",)}, 'expected a public key of age: "age1" and 58 letters'),
    ],
)
def test_a_lock_that_locks_nothing_is_refused(lock: dict[str, object], sentence: str) -> None:
    with pytest.raises(CannotRead, match=sentence):
        Lock(**lock)  # type: ignore[arg-type]


def test_a_secret_key_is_never_repeated_in_a_message(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("AGE-SECRET-KEY-1NONSENSE\n")
    with pytest.raises(CannotRead) as caught:
        verify(made(tmp_path), Key(identities=read_identities(path)))
    assert "NONSENSE" not in str(caught.value)
