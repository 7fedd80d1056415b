"""The manifests of a backup: one that anybody can read, and one inside with the names and their checksums."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mastkit.backup.items import Role
from mastkit.record.time import Instant

FORMAT = "mastkit-backup"
VERSION = 1

Checksum = str


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Manifest(_Form):
    """What can be read without a key: when, with what, how many, how large. No names: they may tell too much."""

    format: Literal["mastkit-backup"] = "mastkit-backup"
    version: Literal[1] = 1
    created: Instant = Field(description="When the backup was made, in UTC.")
    program: str = Field(description="The program and its version.")
    opens_with: tuple[Literal["passphrase", "recipient"], ...] = Field(description="What opens it.")
    items: int = Field(description="How many files are in it.", ge=0)
    bytes: int = Field(description="Their size together, in bytes, before encryption.", ge=0)
    content_sha256: Checksum = Field(description="Checksum of content.age.", pattern=r"^[0-9a-f]{64}$")


class StoredFile(_Form):
    """A file of the backup."""

    name: str
    role: Role
    bytes: int = Field(ge=0)
    sha256: Checksum = Field(pattern=r"^[0-9a-f]{64}$")


class Contents(_Form):
    """The manifest inside the encryption."""

    files: tuple[StoredFile, ...]
