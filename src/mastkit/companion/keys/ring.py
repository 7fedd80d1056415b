"""The key ring: the file of the home folder that holds the locks, and never the key itself."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from mastkit.companion.keys.locks import KEY_BYTES, Kind, Lock

FILE = "keys.json"


class NoKey(Exception):  # noqa: N818 - it is said to a person
    """The store cannot be opened; the message is one sentence that says what is missing."""


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["mastkit-keys"] = "mastkit-keys"
    version: Literal[1] = 1
    locks: tuple[Lock, ...]


@dataclass(frozen=True)
class KeyRing:
    """The locks of one store."""

    locks: tuple[Lock, ...]

    @classmethod
    def make(cls) -> tuple[Self, bytes]:
        """Return an empty ring and a new key for it."""
        return cls(()), token_bytes(KEY_BYTES)

    @classmethod
    def read(cls, home: Path) -> Self:
        """Read the ring of a home folder. Raises `NoKey`."""
        file = home / FILE
        try:
            return cls(_Document.model_validate_json(file.read_bytes()).locks)
        except FileNotFoundError:
            raise NoKey(f"{file} is not there; it holds the locked key of the store.") from None
        except OSError as error:
            raise NoKey(f"{file} cannot be read ({error.strerror}).") from None
        except ValidationError:
            raise NoKey(f"{file} is not a key ring, or is damaged; restore it from a backup.") from None

    def write(self, home: Path) -> None:
        """Write the ring whole or not at all, readable by its owner alone."""
        content = _Document(locks=self.locks).model_dump_json(indent=2)
        handle, temporary = tempfile.mkstemp(dir=home, prefix=f".{FILE}.")  # made with mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(content + "\n")
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(home / FILE)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def kinds(self) -> frozenset[Kind]:
        """Return the ways there are to open the store."""
        return frozenset(lock.kind for lock in self.locks)

    def with_lock(self, key: bytes, kind: Kind, secret: str) -> Self:
        """Return the ring with a lock of this kind; one that was there before is gone."""
        others = tuple(lock for lock in self.locks if lock.kind != kind)
        return type(self)((*others, Lock.close(key, kind, secret)))

    def open(self, kind: Kind, secret: str) -> bytes:
        """Return the key. Raises `NoKey`."""
        locks = [lock for lock in self.locks if lock.kind == kind]
        if not locks:
            raise NoKey(f"This store has no lock that {_NAMES[kind]} could open.")
        for lock in locks:
            if (key := lock.open(secret)) is not None:
                return key
        raise NoKey(f"That is not {_NAMES[kind]} of this store.")


_NAMES: dict[Kind, str] = {
    "passphrase": "the passphrase",
    "recovery": "the recovery phrase",
    "file": "the key file",
    "keyring": "the secret in the system's keyring",
}
