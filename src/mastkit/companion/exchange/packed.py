"""An archive: a zip file with the record file and its pictures, as `outgoing.archive` makes it."""

import io
import re
import zipfile
from dataclasses import dataclass, field

from mastkit.record.problems import CannotRead, printable

MOST_UNPACKED = 512 * 1024 * 1024
_PICTURE = re.compile(r"photos/(?P<sha256>[0-9a-f]{64})\.jpg")


@dataclass
class Unpacked:
    """What was in an archive."""

    record: bytes
    pictures: dict[str, bytes] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)


def is_archive(content: bytes) -> bool:
    """Whether this is a zip file."""
    return content.startswith(b"PK\x03\x04")


def unpack(content: bytes, file: str) -> Unpacked:
    """Unpack an archive in memory. Raises `CannotRead`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            # The sizes are those that the file claims; reading stops there, so a lie gains nothing.
            if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise CannotRead(f"{file}: unpacked it is larger than 512 MB, expected a smaller archive.")
            names = {entry.filename: entry for entry in entries if not entry.is_dir()}
            if "record.json" not in names:
                raise CannotRead(f"{file}: there is no record.json in this zip file; expected an exported archive.")
            unpacked = Unpacked(packed.read(names.pop("record.json")))
            for name, entry in names.items():
                if match := _PICTURE.fullmatch(name):
                    unpacked.pictures[match["sha256"]] = packed.read(entry)
                elif name != "reminders.json":  # an account's choice, no part of the record
                    unpacked.strange.append(printable(name))
            return unpacked
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        # zlib and zipfile raise all of these for what is broken or under a password.
        raise CannotRead(f"{file}: this zip file is damaged or locked ({type(error).__name__}).") from None
