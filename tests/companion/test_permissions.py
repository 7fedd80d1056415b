"""Every address, and what everybody gets from it: the owner, whoever was let in, and whoever was not.

`permissions.csv` holds the whole list. A new address without a line fails here, and so does a view that does not
say who may call it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from mastkit.companion.people.access import NEEDS, VERDICT
from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import Section
from mastkit.companion.sharing.models import Grant, ShareLink
from tests.companion.actors import ACTORS, SHUT_OUT, filled_record, helper, marker, reader

pytestmark = pytest.mark.django_db

LIST = Path(__file__).parent / "permissions.csv"

# Views of allauth say by their own means who may call them; the list below holds what they answer.
OTHERS = "accounts/"

NEVER_FOUND = UUID(int=7)
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def addresses() -> Iterator[tuple[str, URLPattern]]:
    def walk(patterns: list[URLPattern | URLResolver], start: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            route = start + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            else:
                assert isinstance(pattern.pattern, RoutePattern), f"{route}: expected a plain path"
                yield route, pattern

    return walk(get_resolver().url_patterns, "")


ROUTES = dict(addresses())
EXPECTED = {row["route"]: row for row in csv.DictReader(LIST.read_text().splitlines())} if LIST.exists() else {}


def of_a_record(route: str) -> bool:
    return "<uuid:person_id>" in route


RECORD_ROUTES = [route for route in ROUTES if of_a_record(route)]


def test_the_list_is_complete() -> None:
    missing = [route for route in ROUTES if route not in EXPECTED]
    gone = [route for route in EXPECTED if route not in ROUTES]
    assert not missing, "without a line in permissions.csv:\n" + "\n".join(missing)
    assert not gone, f"in permissions.csv, but there is no such address: {gone}"
    for route, row in EXPECTED.items():
        assert set(row) == {"route", *ACTORS}, f"{route}: expected a verdict for {', '.join(ACTORS)}"
        assert all(row[who] for who in ACTORS), f"{route}: a verdict is missing"


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith(OTHERS)])
def test_every_view_says_who_may_call_it(route: str) -> None:
    verdict = getattr(ROUTES[route].callback, VERDICT, None)
    if of_a_record(route):
        assert verdict in ("record", "owner"), f"{route}: expected @record_view"
    else:
        assert verdict in ("public", "signed in"), f"{route}: expected @public_view or @signed_in_view"


@pytest.fixture
def sample(record: Person) -> dict[str, str]:
    """Ada's record with something in each section, and of each part of an address one that is there."""
    return filled_record(record).parts


def filled(route: str, sample: dict[str, str]) -> str:
    address = "/" + route
    for name, value in sample.items():
        for kind in ("uuid", "str", "slug", "int", "path"):
            address = address.replace(f"<{kind}:{name}>", value)
    assert "<" not in address, f"{route}: give the sample a value for each part"
    return address


@pytest.mark.parametrize("who", ACTORS)
def test_each_person_gets_what_the_list_says(who: str, sample: dict[str, str], record: Person) -> None:
    client = ACTORS[who](record)
    found = {route: str(client.get(filled(route, sample)).status_code) for route in EXPECTED}
    assert found == {route: row[who] for route, row in EXPECTED.items()}


@pytest.mark.parametrize("section", Section)
@pytest.mark.parametrize("route", RECORD_ROUTES)
def test_the_list_agrees_with_what_the_views_say(route: str, section: Section) -> None:
    verdict = getattr(ROUTES[route].callback, VERDICT, None)
    see, log = getattr(ROUTES[route].callback, NEEDS)
    helper_gets = EXPECTED[route][f"helper_{section.value}"]
    if verdict == "owner" or not (see | log) <= {section}:
        assert helper_gets == "404"
        assert verdict != "owner" or EXPECTED[route]["clinician"] == "404"
    for who in SHUT_OUT:
        assert EXPECTED[route][who] == "404"
    for who in ("link_holder", "signed_out"):
        assert EXPECTED[route][who] == ("401" if route.startswith("api/") else "302")


@pytest.mark.parametrize("who", [*SHUT_OUT, "link_holder", "signed_out"])
def test_whoever_is_shut_out_gets_nothing_by_any_method(who: str, sample: dict[str, str], record: Person) -> None:
    client = ACTORS[who](record)
    record.refresh_from_db()
    before = record.facts_count
    for route in RECORD_ROUTES:
        address = filled(route, sample)
        unknown_address = address.replace(str(record.pk), str(NEVER_FOUND))
        for method in METHODS:
            answer = getattr(client, method)(address)
            if who in SHUT_OUT:
                assert answer.status_code == 404, (method, address)
                unknown = getattr(client, method)(unknown_address)
                assert unknown.status_code == 404
                same = unknown.content.replace(str(NEVER_FOUND).encode(), str(record.pk).encode())
                assert answer.content == same, (method, address)
            elif route.startswith("api/"):
                assert answer.status_code == 401, (method, address)
            else:
                assert answer.status_code == 302, (method, address)
                assert answer["Location"].startswith("/accounts/login/")
    record.refresh_from_db()
    assert record.facts_count == before


@pytest.mark.parametrize("section", Section)
def test_no_page_shows_a_section_that_is_not_shared(
    section: Section, sample: dict[str, str], record: Person
) -> None:
    """Each section has a word of its own; whoever has one section sees no other's word, on no page."""
    one_alone, all_but_one = helper(section)(record), reader(section)(record)
    others = [marker(other) for other in Section if other != section]
    seen = set()
    for route in RECORD_ROUTES:
        address = filled(route, sample)
        content = one_alone.get(address).content.decode(errors="replace")
        seen |= {word for word in (marker(section),) if word in content}
        assert not [word for word in others if word in content], address
        assert marker(section) not in all_but_one.get(address).content.decode(errors="replace"), address
    assert seen or section == Section.PHOTOS, "the word of a section that is shared stands on some page"


@pytest.mark.parametrize("section", [Section.NOTES, Section.EMERGENCY])
def test_who_may_only_see_changes_nothing_by_any_method(
    section: Section, sample: dict[str, str], record: Person
) -> None:
    client = reader(section)(record)
    record.refresh_from_db()
    before = (record.facts_count, Grant.objects.in_force().count(), ShareLink.objects.filter(ended_at=None).count())
    for route in RECORD_ROUTES:
        if route.endswith("sharing/leave"):
            continue  # this one is theirs: it ends what they have
        for method in ("post", "put", "patch", "delete"):
            getattr(client, method)(filled(route, sample))
    record.refresh_from_db()
    after = (record.facts_count, Grant.objects.in_force().count(), ShareLink.objects.filter(ended_at=None).count())
    assert after == before


def test_what_is_not_an_address_is_not_found(as_ada: Client) -> None:
    assert as_ada.get("/no/such/page").status_code == 404
    assert as_ada.get("/people/not-a-uuid/").status_code == 404
