"""What changed in a record since somebody last looked, as far as they may see it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django_scopes import scope

from mastkit.companion.pages.describe import Line, describe, kind_name
from mastkit.companion.people.sections import Section
from mastkit.companion.sharing.models import Grant
from mastkit.companion.store.models import StoredFact
from mastkit.companion.store.reading import load, section_of

MOST = 200


@dataclass(frozen=True, slots=True)
class News:
    """What came since a moment: of each kind how many, and the entries, the latest first."""

    since: datetime | None
    counts: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    total: int


def news(grant: Grant, zone: str, since: datetime | None) -> News:
    """Return what came to the sections of a grant since a moment; all there is where nobody looked before."""
    record = load(grant.person, grant.sees)
    with scope(person=grant.person):
        stored = StoredFact.objects.order_by("-number")
        if since is not None:
            stored = stored.filter(received_at__gt=since)
        ids = [fact_id for fact_id in stored.values_list("fact_id", flat=True) if fact_id in record.facts]
    facts = [record.facts[fact_id] for fact_id in ids]
    visible = [fact for fact in facts if section_of(fact, record) in grant.sees]
    counts = Counter(kind_name(fact.kind) for fact in visible)
    lines = tuple(describe(fact, zone) for fact in visible[:MOST])
    return News(since, tuple(counts.most_common()), lines, len(visible))


@dataclass(frozen=True, slots=True)
class SharedRecord:
    """A record that somebody shares with this account."""

    grant: Grant
    sections: tuple[str, ...]
    news: News


def shared_records(grants: list[Grant], zone: str) -> tuple[SharedRecord, ...]:
    """Return the records behind grants, those with news first."""
    found = [SharedRecord(one, section_names(one.sees), news(one, zone, one.looked_at)) for one in grants]
    return tuple(sorted(found, key=lambda one: -one.news.total))


def section_names(sections: frozenset[Section]) -> tuple[str, ...]:
    """Return what sections are called, in their order."""
    return tuple(str(section.label) for section in Section if section in sections)
