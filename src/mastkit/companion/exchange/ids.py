"""Ids of facts that come out of a file: the same row of the same file gives the same id, read however often."""

import hashlib
from datetime import datetime
from uuid import UUID

from mastkit.record.ids import uuid7


def id_of(person: UUID, at: datetime, *row: str) -> UUID:
    """Return the id of a row: its time, and 74 bits of a hash of all that it says."""
    digest = hashlib.sha256("\x1f".join((str(person), *row)).encode()).digest()
    milliseconds = max(int(at.timestamp() * 1000), 0)
    return uuid7(milliseconds, int.from_bytes(digest[:10]) >> 6)
