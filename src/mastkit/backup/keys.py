"""Whom a backup is encrypted for: a passphrase, or recipients of age; and what opens it again."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mastkit.record.problems import CannotRead, shown

SHORTEST_PASSPHRASE = 12
"""Letters of the shortest passphrase taken for a new backup: our choice. age stretches it with scrypt."""

MISSING = 'backups need the extra "backup": install mastkit[backup]'


@dataclass(frozen=True)
class Lock:
    """What a new backup is closed with: a passphrase, recipients ("age1..."), or both."""

    passphrase: str | None = None
    recipients: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a lock without a key, a short passphrase and a recipient that is none."""
        if self.passphrase is None and not self.recipients:
            raise CannotRead("backup: found neither a passphrase nor a recipient, expected one of them.")
        if self.passphrase is not None and len(self.passphrase) < SHORTEST_PASSPHRASE:
            found = f"a passphrase of {len(self.passphrase)} letters"
            raise CannotRead(f"backup: found {found}, expected {SHORTEST_PASSPHRASE} or more.")
        for one in self.recipients:
            recipient(one)


@dataclass(frozen=True)
class Key:
    """What opens a backup: the passphrase, or the secret key of a recipient ("AGE-SECRET-KEY-...")."""

    passphrase: str | None = None
    identities: tuple[str, ...] = ()


def age() -> Any:
    """Return the module of age, or say which extra brings it."""
    try:
        import pyrage
    except ImportError:
        raise CannotRead(MISSING) from None
    return pyrage


def recipient(text: str) -> Any:
    """Return a recipient of age from its text."""
    try:
        return age().x25519.Recipient.from_str(text)
    except age().RecipientError:
        raise CannotRead(
            f'--recipient: found {shown(text)}, expected a public key of age: "age1" and 58 letters or digits.'
        ) from None


def identities(texts: tuple[str, ...]) -> list[Any]:
    """Return identities of age from their texts; the texts are never repeated in a message."""
    found = []
    for text in texts:
        try:
            found.append(age().x25519.Identity.from_str(text.strip()))
        except age().IdentityError:
            raise CannotRead(
                '--identity: a secret key cannot be read, expected a whole one that begins "AGE-SECRET-KEY-1".'
            ) from None
    return found


def read_identities(path: Path) -> tuple[str, ...]:
    """Return the secret keys of an identity file as age-keygen writes it."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CannotRead(f"{path}: cannot be read, expected a text file with secret keys of age.") from None
    keys = tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
    if not keys:
        raise CannotRead(f'{path}: found no secret key, expected a line that begins "AGE-SECRET-KEY-1".')
    return keys
