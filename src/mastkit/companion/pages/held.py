"""A record as the key of a cache."""

from mastkit.record.record import Record


class Held:
    """A record, equal to itself alone: facts are only added, so the same object always says the same."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same record."""
        return isinstance(other, Held) and other.record is self.record

    def __hash__(self) -> int:
        """Return the identity; holding the record keeps it from being given to another."""
        return id(self.record)
