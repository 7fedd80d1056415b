"""Write a backup: a zip file with a readable manifest beside an encrypted tar of the items.

The content is encrypted to recipients of age. For a passphrase a recipient is made on the spot and its secret
key is stored beside the content, encrypted with the passphrase: so large content is streamed, and the
program ``age`` alone can open a backup, without mastkit (docs/reports.md shows how).
"""

import hashlib
import io
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Literal

from mastkit.backup.items import Item
from mastkit.backup.keys import Lock, age, recipient
from mastkit.backup.manifest import Contents, Manifest, StoredFile
from mastkit.record.problems import CannotRead

CHUNK = 1 << 16
CONTENT, KEY, MANIFEST, INSIDE = "content.age", "key.age", "manifest.json", "manifest.json"


def write_backup(items: Iterable[Item], path: Path, lock: Lock, created: datetime | None = None) -> Manifest:
    """Write a backup whole or not at all, and return its manifest.

    Nothing is written over: a file that is there already is refused. Nothing of the content touches the disk
    unencrypted. Raises `CannotRead` in one sentence where something cannot be read or written.
    """
    listed = tuple(items)
    names = [item.name for item in listed]
    if not listed or len(set(names)) != len(names) or INSIDE in names:
        raise CannotRead("backup: found no files or two of one name, expected files with a name each.")
    if path.exists():
        raise CannotRead(
            f"{path}: this file is there already, expected a new name: a backup is never written over."
        )
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CannotRead(f"{path}: cannot be written ({os.strerror(error.errno or 0)}).") from None
    try:
        with os.fdopen(handle, "wb") as stream:
            manifest = _write(listed, stream, lock, created or datetime.now(UTC))
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise CannotRead(f"{path}: cannot be written ({os.strerror(error.errno or 0)}).") from None
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return manifest


def _write(items: tuple[Item, ...], stream: IO[bytes], lock: Lock, created: datetime) -> Manifest:
    contents = Contents(files=tuple(_counted(item) for item in items))
    recipients = [recipient(text) for text in lock.recipients]
    opens: list[Literal["passphrase", "recipient"]] = ["recipient"] if recipients else []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        if lock.passphrase is not None:
            opens.insert(0, "passphrase")
            identity = age().x25519.Identity.generate()
            recipients.append(identity.to_public())
            archive.writestr(
                _member(KEY, created), age().passphrase.encrypt(str(identity).encode(), lock.passphrase)
            )
        with archive.open(_member(CONTENT, created), "w", force_zip64=True) as member:
            counted = _Counted(member)
            _encrypt(_Reader(_tar(contents, items, created)), counted, recipients)
        manifest = Manifest(
            created=created,
            program=_program(),
            opens_with=tuple(opens),
            items=len(items),
            bytes=sum(one.bytes for one in contents.files),
            content_sha256=counted.checksum.hexdigest(),
        )
        archive.writestr(_member(MANIFEST, created), manifest.model_dump_json(indent=2) + "\n")
    return manifest


def _encrypt(source: "_Reader", target: "_Counted", recipients: list[Any]) -> None:
    """Encrypt a stream; what went wrong on either side is raised as it was, not as an error of encrypting."""
    try:
        age().encrypt_io(source, target, recipients)
    except age().EncryptError:
        if (failure := source.failure or target.failure) is not None:
            raise failure from None
        raise


def _tar(contents: Contents, items: tuple[Item, ...], created: datetime) -> Iterator[bytes]:
    """Yield a tar of the items, the manifest first. A file that changed since it was counted is refused."""
    inside = contents.model_dump_json(indent=2).encode()
    yield from _tar_member(INSIDE, len(inside), created)
    yield from (inside, _padding(len(inside)))
    for one, item in zip(contents.files, items, strict=True):
        yield from _tar_member(one.name, one.bytes, created)
        checksum, size = hashlib.sha256(), 0
        with item.open() as source:
            while chunk := source.read(CHUNK):
                checksum.update(chunk)
                size += len(chunk)
                yield chunk
        if (size, checksum.hexdigest()) != (one.bytes, one.sha256):
            raise _Changed(one.name)
        yield _padding(size)
    yield tarfile.NUL * 2 * tarfile.BLOCKSIZE


class _Changed(CannotRead):
    """A file changed while the backup was being written."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: this file changed while the backup was being written; make the backup again.")


def _tar_member(name: str, size: int, created: datetime) -> Iterator[bytes]:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(created.timestamp()), 0o600
    yield member.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return tarfile.NUL * (-size % tarfile.BLOCKSIZE)


def _counted(item: Item) -> StoredFile:
    checksum, size = hashlib.sha256(), 0
    try:
        with item.open() as source:
            while chunk := source.read(CHUNK):
                checksum.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise CannotRead(f"{item.name}: cannot be read ({os.strerror(error.errno or 0)}).") from None
    return StoredFile(name=item.name, role=item.role, bytes=size, sha256=checksum.hexdigest())


def _member(name: str, created: datetime) -> zipfile.ZipInfo:
    moment = created.astimezone(UTC)
    member = zipfile.ZipInfo(
        name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    )
    member.external_attr = 0o600 << 16
    return member


def _program() -> str:
    from importlib.metadata import version

    return f"mastkit {version('mastkit')}"


class _Reader(io.RawIOBase):
    """Chunks of bytes as a stream that can be read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""
        self.failure: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            try:
                chunk = next(self._chunks, None)
            except Exception as error:
                self.failure = error
                raise
            if chunk is None:
                return b""
            self._rest = chunk
        if size < 0:
            size = len(self._rest)
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


class _Counted:
    """A stream that keeps the checksum of what was written."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self.checksum = hashlib.sha256()
        self.failure: Exception | None = None

    def write(self, data: bytes) -> int:
        self.checksum.update(data)
        try:
            self._stream.write(data)
        except Exception as error:
            self.failure = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing waits here: the archive is closed by its owner."""
