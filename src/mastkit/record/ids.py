"""Ids made where a fact is entered: UUID version 7 (RFC 9562), which sort by the time they were made."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a new UUIDv7: 48 bits of milliseconds since 1970, then 74 random bits."""
    return uuid7(time.time_ns() // 1_000_000, secrets.randbits(74))


def uuid7(milliseconds: int, random: int) -> UUID:
    """Return the UUIDv7 of a time and 74 random bits."""
    first, last = random >> 62 & 0xFFF, random & (1 << 62) - 1
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | first << 64 | 0b10 << 62 | last)
