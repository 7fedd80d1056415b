"""The restore drill: what comes back is byte for byte what was put in."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mastkit.backup.items import Item, items_of
from mastkit.backup.keys import Key, age
from mastkit.backup.read import contents, read_manifest, restore, verify
from mastkit.backup.write import write_backup
from mastkit.record.files import dump_record, read_record, write_record
from mastkit.record.problems import CannotRead
from mastkit.simulation.people import people
from tests.backup.cast import CREATED, EXAMPLE, KEY, LOCK, PASSPHRASE, PHOTO, identity, items, made, with_both


def test_a_record_file_comes_back_byte_equal_and_reads_the_same(tmp_path: Path) -> None:
    source = tmp_path / "ada.json"
    record = people(CREATED.date())[0]
    write_record(record, source)
    backup = tmp_path / "ada.backup"
    write_backup(items_of([source]), backup, LOCK)
    restore(backup, KEY, tmp_path / "again")
    again = tmp_path / "again" / "ada.json"
    assert again.read_bytes() == source.read_bytes()
    assert dump_record(read_record(again).record) == dump_record(record)


def test_a_passphrase_alone_brings_everything_back(tmp_path: Path) -> None:
    done = restore(with_both(), Key(PASSPHRASE), tmp_path / "again")
    assert (tmp_path / "again/record.json").read_bytes() == EXAMPLE.read_bytes()
    assert (tmp_path / "again/photos/arm.jpg").read_bytes() == PHOTO
    assert [entry.role for entry in done.written] == ["record", "photo", "other"]


def test_the_other_key_opens_it_too() -> None:
    assert read_manifest(with_both()).opens_with == ("passphrase", "recipient")
    assert {entry.name: content for entry, content in contents(with_both(), KEY)}["photos/arm.jpg"] == PHOTO


def test_grants_are_not_restored_silently(tmp_path: Path) -> None:
    backup = made(tmp_path)
    done = restore(backup, KEY, tmp_path / "without")
    assert [entry.name for entry in done.grants_left_out] == ["grants.json"]
    assert not (tmp_path / "without/grants.json").exists()
    restore(backup, KEY, tmp_path / "with", with_grants=True)
    assert (tmp_path / "with/grants.json").read_bytes() == b'{"ben": "diary"}'


def test_the_manifest_is_readable_without_a_key_and_names_nothing(tmp_path: Path) -> None:
    backup = made(tmp_path)
    manifest = read_manifest(backup)
    assert (manifest.items, manifest.created) == (4, CREATED)
    assert manifest.bytes == EXAMPLE.stat().st_size + len(PHOTO) + 16
    raw = backup.read_bytes()
    for secret in (b"arm.jpg", b"record.json", b"tryptase", identity().encode()):
        assert secret not in raw
    # Three letters stand among the encrypted bytes by chance: they are looked for where it can be read.
    readable = zipfile.ZipFile(backup).read("manifest.json")
    assert b"Ada" not in readable
    assert b"ben" not in readable
    assert zipfile.ZipFile(backup).namelist() == ["content.age", "manifest.json"]


def test_age_and_tar_alone_can_open_it() -> None:
    import io
    import tarfile

    with zipfile.ZipFile(with_both()) as archive:
        secret = age().passphrase.decrypt(archive.read("key.age"), PASSPHRASE).decode()
        plain = age().decrypt(archive.read("content.age"), [age().x25519.Identity.from_str(secret)])
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        assert tar.getnames() == ["manifest.json", "record.json", "photos/arm.jpg", "grants.json", "empty"]
        assert tar.extractfile("record.json").read() == EXAMPLE.read_bytes()  # type: ignore[union-attr]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    backup = made(tmp_path)
    before = backup.read_bytes()
    with pytest.raises(CannotRead, match="never written over"):
        write_backup(items(), backup, LOCK)
    assert backup.read_bytes() == before
    (tmp_path / "there").mkdir()
    with pytest.raises(CannotRead, match="expected the name of a new folder"):
        restore(backup, KEY, tmp_path / "there")


def test_a_file_that_changes_meanwhile_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    import io

    calls = iter((b"first", b"other"))
    changing = Item("record.json", lambda: io.BytesIO(next(calls)))
    with pytest.raises(CannotRead, match="changed while the backup was being written"):
        write_backup([changing], tmp_path / "b", LOCK)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_gets_one_sentence_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    from mastkit.backup import write

    full = os.open("/dev/full", os.O_WRONLY)
    monkeypatch.setattr(write.tempfile, "mkstemp", lambda **_: (full, str(tmp_path / "part")))
    with pytest.raises(CannotRead, match=r"cannot be written \(No space left on device\)"):
        write_backup(items(), tmp_path / "b", LOCK)
    assert list(tmp_path.iterdir()) == []


def test_large_content_is_streamed(tmp_path: Path) -> None:
    import io

    class Zeros(io.RawIOBase):
        left = 40_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            size = min(len(buffer), self.left)
            buffer[:size] = bytes(size)
            self.left -= size
            return size

    import tracemalloc

    tracemalloc.start()
    write_backup([Item("big", lambda: io.BufferedReader(Zeros()))], tmp_path / "b", LOCK)
    verify(tmp_path / "b", KEY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


_NAMES = st.text(
    st.characters(codec="utf-8", exclude_characters="/\\:", exclude_categories=("Cc", "Cs")),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        _NAMES.filter(lambda name: name.strip(".") != "" and name != "manifest.json"),
        st.binary(max_size=2000),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("drill")
    write_backup([Item.of_bytes(name, content) for name, content in files.items()], folder / "b", LOCK)
    assert {entry.name: content for entry, content in contents(folder / "b", KEY)} == files
    assert verify(folder / "b", KEY).files is not None
