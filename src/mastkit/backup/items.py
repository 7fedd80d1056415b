"""What a backup is made of: named streams of bytes, each with the part it plays."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from mastkit.record.problems import CannotRead, shown

Role = Literal["record", "photo", "settings", "grants", "audit", "other"]
"""``grants`` say who may see the record: they come back only where that is asked for."""

MOST_LETTERS = 400
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Item:
    """A named stream of bytes. ``open`` is called when the backup is written, and once more for the checksum."""

    name: str
    open: Callable[[], BinaryIO]
    role: Role = "other"

    def __post_init__(self) -> None:
        """Refuse a name that would leave the folder it is restored into."""
        check_name(self.name)

    @classmethod
    def of_bytes(cls, name: str, content: bytes, role: Role = "other") -> "Item":
        """Return an item with this content."""
        return cls(name, lambda: BytesIO(content), role)

    @classmethod
    def of_file(cls, path: Path, name: str, role: Role = "other") -> "Item":
        """Return an item with the content of a file."""
        return cls(name, lambda: path.open("rb"), role)


def check_name(name: str) -> str:
    """Return the name of an item, or raise `CannotRead`: relative, with slashes, without dots that climb."""
    path = PurePosixPath(name)
    climbs = path.is_absolute() or ".." in path.parts or str(path) != name or name == "."
    if climbs or "\\" in name or ":" in name or _CONTROL.search(name) or len(name) > MOST_LETTERS:
        raise CannotRead(f"backup: found the name {shown(name)}, expected the name of a file within the backup.")
    return name


def items_of(paths: Iterable[Path]) -> tuple[Item, ...]:
    """Return the files named, and all files in the folders named, in the order of their names.

    Links are followed for a file that was named, and passed over inside a folder: a link may lead anywhere.
    Raises `CannotRead` for a path that does not exist, and for two files of one name.
    """
    found: dict[str, Item] = {}
    for path in paths:
        for name, file in _files(path):
            if name in found:
                raise CannotRead(f"{file}: a second file of the name {shown(name)}, expected one of each name.")
            found[name] = Item.of_file(file, name, _role(file))
    return tuple(found[name] for name in sorted(found))


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise CannotRead(f"{path}: cannot be read ({os.strerror(error.errno or 0)}).") from None
    if stat.S_ISREG(mode):
        yield path.name, path
    elif stat.S_ISDIR(mode):
        root = path.resolve()
        for file in sorted(root.rglob("*")):
            if file.is_file() and not any(part.is_symlink() for part in (file, *_between(file, root))):
                yield f"{root.name}/{file.relative_to(root).as_posix()}", file
    else:
        raise CannotRead(f"{path}: found neither a file nor a folder, expected one of them.")


def _between(file: Path, root: Path) -> Iterator[Path]:
    for parent in file.parents:
        if parent == root:
            return
        yield parent


def _role(file: Path) -> Role:
    """Say what a file is by how it begins: a record file names its format there."""
    with file.open("rb") as stream:
        head = stream.read(200)
    if b'"mastkit-record"' in head:
        return "record"
    return "photo" if file.suffix.lower() in (".jpg", ".jpeg", ".png", ".webp", ".heic") else "other"
