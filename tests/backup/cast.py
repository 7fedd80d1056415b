"""Backups for the tests: a record of Ada, a photo, who may see it, and the keys."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from mastkit.backup.items import Item
from mastkit.backup.keys import Key, Lock, age
from mastkit.backup.write import write_backup

EXAMPLE = Path(__file__).parents[2] / "examples" / "ada.json"
PASSPHRASE = "a wasp in the garden"
CREATED = datetime(2026, 11, 24, 12, tzinfo=UTC)
PHOTO = bytes(range(256)) * 300


@cache
def identity() -> str:
    return str(age().x25519.Identity.generate())


@cache
def recipient() -> str:
    return str(age().x25519.Identity.from_str(identity()).to_public())


KEY = Key(identities=(identity(),))
LOCK = Lock(recipients=(recipient(),))


def items() -> tuple[Item, ...]:
    return (
        Item.of_bytes("record.json", EXAMPLE.read_bytes(), "record"),
        Item.of_bytes("photos/arm.jpg", PHOTO, "photo"),
        Item.of_bytes("grants.json", b'{"ben": "diary"}', "grants"),
        Item.of_bytes("empty", b""),
    )


@cache
def with_both() -> Path:
    """Return a backup that a passphrase and a secret key open, made once: stretching a passphrase takes seconds."""
    return made(Path(mkdtemp()), Lock(PASSPHRASE, (recipient(),)))


def made(folder: Path, lock: Lock = LOCK, name: str = "ada.mastkit-backup") -> Path:
    path = folder / name
    write_backup(items(), path, lock, CREATED)
    return path
