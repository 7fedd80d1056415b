"""Write a file whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from mastkit.record.problems import CannotRead

_READABLE_AS_ELSEWHERE = 0o666
"""What the umask of the person leaves of it is the mode of a new file that is no record."""


@contextmanager
def whole_file(path: str | os.PathLike[str], *, private: bool = False) -> Iterator[BinaryIO]:
    """Give a stream whose content takes the place of a file at the end; a crash or a full disk leaves the older.

    What is no ordinary file, such as ``/dev/stdout``, is written to directly; the file behind a link is replaced,
    not the link.

    Args:
        private: whether only the owner may read the file; otherwise an older file's mode is kept.

    Raises:
        OSError: where it cannot be written.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else _new_mode())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def output_file(path: Path) -> Iterator[BinaryIO]:
    """Give the stream of `whole_file`. Raises `CannotRead`, in one sentence, where it cannot be written."""
    try:
        with whole_file(path) as stream:
            yield stream
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise CannotRead(f"{path}: cannot be written ({reason}).") from None


def _new_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return _READABLE_AS_ELSEWHERE & ~umask
