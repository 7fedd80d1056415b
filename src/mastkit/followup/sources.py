"""Where the data of this package were read."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from mastkit.logic.expressions import Source
from mastkit.vocabulary.tables import rows

PACKAGE = "mastkit.followup"


@cache
def sources() -> Mapping[str, Source]:
    """Return the sources by key, in the order of the file."""
    return MappingProxyType(
        {row["key"]: Source(row["key"], row["reference"], row["link"]) for row in rows("sources.csv", PACKAGE)}
    )


def source_as_data(source: Source | None) -> dict[str, str] | None:
    """A source as plain data, ready to be written as JSON."""
    return None if source is None else {"key": source.key, "reference": source.reference, "link": source.link}
