"""What the views share: the zone of the page and the present."""

from datetime import UTC, datetime

from mastkit.companion.people.access import OpenRecord, SignedInRequest


def zone_of_page(request: SignedInRequest, opened: OpenRecord) -> str:
    """Return the zone in which times are shown and entered: the account's choice, or the record's."""
    chosen: str = request.preferences.zone  # type: ignore[attr-defined]
    return chosen or opened.person.zone


def now() -> datetime:
    """Return the present."""
    return datetime.now(UTC)
