"""Read a backup: its manifest without a key, its content with one; verify it, and bring it back."""

import hashlib
import os
import shutil
import tarfile
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pydantic import ValidationError

from mastkit.backup.items import check_name
from mastkit.backup.keys import Key, age, identities
from mastkit.backup.manifest import Contents, Manifest, StoredFile
from mastkit.backup.write import CHUNK, CONTENT, INSIDE, KEY, MANIFEST
from mastkit.record.problems import CannotRead

TRIES, PAUSE = 8, 0.5
"""How often a passphrase is tried on a busy machine, and how many seconds lie between."""


@dataclass(frozen=True)
class Verified:
    """What was found to be whole. ``files`` is none where no key was given, so the content was not opened."""

    manifest: Manifest
    files: tuple[StoredFile, ...] | None


@dataclass(frozen=True)
class Restored:
    """What came back, and what was left out because it gives others access."""

    manifest: Manifest
    written: tuple[StoredFile, ...]
    grants_left_out: tuple[StoredFile, ...]


def read_manifest(path: Path) -> Manifest:
    """Return what can be read of a backup without a key. Raises `CannotRead` where it is no backup."""
    with _archive(path) as archive:
        return _manifest(path, archive)


def verify(path: Path, key: Key | None = None) -> Verified:
    """Check a backup: the checksum of the encrypted content, and with a key every file inside it.

    Nothing is written. Raises `CannotRead` with the first thing that is not as it should be.
    """
    with _archive(path) as archive:
        manifest = _manifest(path, archive)
        checksum = hashlib.sha256()
        with _member(path, archive, CONTENT) as content:
            try:
                while chunk := content.read(CHUNK):
                    checksum.update(chunk)
            except (zipfile.BadZipFile, EOFError, OSError):
                raise _damaged(path, "the content is cut off or changed") from None
        if checksum.hexdigest() != manifest.content_sha256:
            raise _damaged(path, "the checksum of the content is another one")
        if key is None:
            return Verified(manifest, None)
        files = []
        for one, stream in _stored(path, archive, key):
            _copy(path, one, stream, None)
            files.append(one)
    _check_sums(path, manifest, files)
    return Verified(manifest, tuple(files))


def restore(path: Path, key: Key, into: Path, *, with_grants: bool = False) -> Restored:
    """Bring the files of a backup back into a new folder, every one checked; whole or not at all.

    Grants say who may see the record. They come back only with ``with_grants``, so that nobody gets access
    again without being asked. Raises `CannotRead` where the folder is there already or anything is damaged.
    """
    if into.exists():
        raise CannotRead(f"{into}: this is there already, expected the name of a new folder.")
    manifest = verify(path).manifest
    try:
        temporary = Path(tempfile.mkdtemp(dir=into.parent, prefix=f".{into.name}."))
    except OSError as error:
        raise CannotRead(f"{into}: cannot be written ({os.strerror(error.errno or 0)}).") from None
    written: list[StoredFile] = []
    left_out: list[StoredFile] = []
    try:
        with _archive(path) as archive:
            for one, stream in _stored(path, archive, key):
                if one.role == "grants" and not with_grants:
                    _copy(path, one, stream, None)
                    left_out.append(one)
                    continue
                target = temporary.joinpath(*PurePosixPath(one.name).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    _copy(path, one, stream, file)
                    file.flush()
                    os.fsync(file.fileno())
                written.append(one)
        _check_sums(path, manifest, [*written, *left_out])
        temporary.rename(into)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return Restored(manifest, tuple(written), tuple(left_out))


def contents(path: Path, key: Key) -> Iterator[tuple[StoredFile, bytes]]:
    """Yield each file of a backup with its content, checked; for a store that takes them back itself."""
    with _archive(path) as archive:
        for one, stream in _stored(path, archive, key):
            pieces: list[bytes] = []
            _copy(path, one, stream, _Pieces(pieces))
            yield one, b"".join(pieces)


def _stored(path: Path, archive: zipfile.ZipFile, key: Key) -> Iterator[tuple[StoredFile, IO[bytes]]]:
    """Yield the files of the manifest inside, each with its stream, in order."""
    keys = _identities(path, archive, key)
    with _member(path, archive, CONTENT) as content, _decrypted(path, content, keys) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                members = iter(tar)
                inside = _next(path, tar, members, INSIDE)
                try:
                    listed = Contents.model_validate_json(inside.read()).files
                except ValidationError:
                    raise _damaged(path, "the list of its files cannot be read") from None
                for one in listed:
                    check_name(one.name)
                    yield one, _next(path, tar, members, one.name)
        except tarfile.TarError:
            raise _damaged(path, "its content is cut off or no tar") from None


def _next(path: Path, tar: tarfile.TarFile, members: Iterator[tarfile.TarInfo], name: str) -> IO[bytes]:
    member = next(members, None)
    stream = tar.extractfile(member) if member is not None and member.name == name and member.isreg() else None
    if stream is None:
        raise _damaged(path, f'the file "{name}" is not in its place')
    return stream


def _copy(path: Path, one: StoredFile, stream: IO[bytes], target: Any) -> None:
    checksum, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        checksum.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
    if (size, checksum.hexdigest()) != (one.bytes, one.sha256):
        raise _damaged(path, f'the checksum of "{one.name}" is another one')


class _Pieces:
    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def write(self, chunk: bytes) -> None:
        self._pieces.append(chunk)


@contextmanager
def _decrypted(path: Path, content: IO[bytes], keys: list[Any]) -> Iterator[IO[bytes]]:
    """Open the decrypted content as a stream; a thread decrypts while the stream is read."""
    reading, writing = os.pipe()
    failure: list[BaseException] = []

    def decrypt() -> None:
        with os.fdopen(writing, "wb", buffering=CHUNK) as pipe:
            try:
                age().decrypt_io(content, pipe, keys)
            except BrokenPipeError:
                pass  # the reader has seen enough
            except BaseException as error:
                failure.append(error)

    thread = threading.Thread(target=decrypt, daemon=True)
    thread.start()
    try:
        with os.fdopen(reading, "rb", buffering=CHUNK) as stream:
            try:
                yield stream
                while stream.read(CHUNK):
                    pass
            except (tarfile.TarError, CannotRead):
                # What came through was cut short because decrypting failed: say that, not what followed from it.
                thread.join(timeout=5)
                if failure:
                    raise _cannot_open(path) from None
                raise
    finally:
        thread.join()
    if failure:
        raise _cannot_open(path)


def _identities(path: Path, archive: zipfile.ZipFile, key: Key) -> list[Any]:
    found = identities(key.identities)
    if key.passphrase is not None:
        if KEY not in archive.namelist():
            raise CannotRead(f"{path}: no passphrase opens this backup, expected the secret key of a recipient.")
        with _member(path, archive, KEY) as member:
            closed = member.read()
        found += identities((_opened(path, closed, key.passphrase).decode(),))
    if not found:
        raise CannotRead(f"{path}: found no key, expected a passphrase or a secret key.")
    return found


def _opened(path: Path, closed: bytes, passphrase: str) -> bytes:
    """Open what was closed with a passphrase.

    age first measures how fast this machine is just now, and refuses a work factor that looks far too high for it:
    on a busy machine it does so for a backup of its own. That is no wrong passphrase, so it is tried again.
    """
    for _ in range(TRIES):
        try:
            return bytes(age().passphrase.decrypt(closed, passphrase))
        except age().DecryptError as error:
            if "work" not in str(error).casefold():
                raise CannotRead(f"{path}: the passphrase does not open this backup.") from None
            time.sleep(PAUSE)
    raise CannotRead(f"{path}: this machine is too busy or too slow to open it now; try again, or elsewhere.")


def _check_sums(path: Path, manifest: Manifest, files: list[StoredFile]) -> None:
    if (len(files), sum(one.bytes for one in files)) != (manifest.items, manifest.bytes):
        raise _damaged(path, "the manifest outside and the list inside do not fit each other")


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise CannotRead(
            f"{path}: this is no backup, or it is cut off; expected a file that mastkit backup wrote."
        ) from None
    except OSError as error:
        raise CannotRead(f"{path}: cannot be read ({os.strerror(error.errno or 0)}).") from None
    with archive:
        yield archive


@contextmanager
def _member(path: Path, archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    try:
        member = archive.open(name)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise _damaged(path, f"it has no readable part {name}") from None
    with member:
        yield member


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    with _member(path, archive, MANIFEST) as member:
        try:
            return Manifest.model_validate_json(member.read())
        except (ValidationError, zipfile.BadZipFile):
            raise _damaged(path, "its manifest cannot be read") from None


def _damaged(path: Path, what: str) -> CannotRead:
    return CannotRead(f"{path}: this backup is damaged: {what}.")


def _cannot_open(path: Path) -> CannotRead:
    return CannotRead(f"{path}: the key does not open this backup, or its content was changed.")
