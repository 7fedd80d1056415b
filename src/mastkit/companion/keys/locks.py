"""The store's key under lock: wrapped with AES-256-GCM by a key that Argon2id makes from a secret.

Argon2id with the second recommended setting of RFC 9106, section 4 (64 MiB, three passes, four lanes).
"""

import unicodedata
from base64 import b64decode, b64encode
from secrets import token_bytes
from typing import Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pydantic import BaseModel, ConfigDict, Field

KEY_BYTES = 32
Kind = Literal["passphrase", "recovery", "file", "keyring"]


class Lock(BaseModel):
    """One way to open the store."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    salt: str = Field(description="Of Argon2id, base64.")
    passes: int = Field(default=3, ge=1, le=20)
    lanes: int = Field(default=4, ge=1, le=16)
    memory_kib: int = Field(default=65_536, ge=8_192, le=1_048_576)
    nonce: str = Field(description="Of AES-256-GCM, base64.")
    wrapped: str = Field(description="The store's key, encrypted, base64.")

    @classmethod
    def close(cls, key: bytes, kind: Kind, secret: str) -> Self:
        """Return a lock on a key that a secret opens."""
        salt, nonce = token_bytes(16), token_bytes(12)
        lock = cls(kind=kind, salt=_text(salt), nonce=_text(nonce), wrapped="")
        wrapped = AESGCM(lock._wrapping_key(secret)).encrypt(nonce, key, kind.encode())
        return lock.model_copy(update={"wrapped": _text(wrapped)})

    def open(self, secret: str) -> bytes | None:
        """Return the store's key; None where the secret is another one."""
        try:
            cipher = AESGCM(self._wrapping_key(secret))
            return cipher.decrypt(b64decode(self.nonce), b64decode(self.wrapped), self.kind.encode())
        except InvalidTag:
            return None

    def _wrapping_key(self, secret: str) -> bytes:
        # Two keyboards may write one letter in two ways; both are the same passphrase.
        known = unicodedata.normalize("NFKC", secret).encode()
        derivation = Argon2id(
            salt=b64decode(self.salt),
            length=KEY_BYTES,
            iterations=self.passes,
            lanes=self.lanes,
            memory_cost=self.memory_kib,
        )
        return derivation.derive(known)


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
