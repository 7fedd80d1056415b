"""Every address, and what the owner, a stranger and somebody who is not signed in get from it.

`permissions.csv` holds the whole list. A new address without a line fails here, and so does a view that does not
say who may call it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from mastkit.companion.people.access import VERDICT
from mastkit.companion.people.models import Person
from mastkit.companion.store.facts import append
from tests.companion.conftest import signed_in
from tests.companion.store.test_adding_facts import fact

pytestmark = pytest.mark.django_db

LIST = Path(__file__).parent / "permissions.csv"
PEOPLE = ("owner", "stranger", "signed_out")

# Views of allauth say by their own means who may call them; the list below holds what they answer.
OTHERS = "accounts/"

NEVER_FOUND = UUID(int=7)


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


def test_the_list_is_complete() -> None:
    missing = [route for route in ROUTES if route not in EXPECTED]
    gone = [route for route in EXPECTED if route not in ROUTES]
    assert not missing, "without a line in permissions.csv:\n" + "\n".join(missing)
    assert not gone, f"in permissions.csv, but there is no such address: {gone}"


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.startswith(OTHERS)])
def test_every_view_says_who_may_call_it(route: str) -> None:
    verdict = getattr(ROUTES[route].callback, VERDICT, None)
    if of_a_record(route):
        assert verdict in ("record", "owner"), f"{route}: expected @record_view"
    else:
        assert verdict in ("public", "signed in"), f"{route}: expected @public_view or @signed_in_view"


@pytest.fixture
def sample(record: Person, ada: User) -> dict[str, str]:
    """Ada's record with a flare and a note, and of each part of an address one that is there."""
    append(record, [fact(1), fact(2, "flare"), fact(3, "flare")], actor=ada)
    return {
        "person_id": str(record.pk),
        "fact_id": str(fact(2).id),
        "sha256": "0" * 64,
        "token": "no-such-token",
        "slug": "flare",
        "pk": "1",
        "key": "x",
    }


def filled(route: str, sample: dict[str, str]) -> str:
    address = "/" + route
    for name, value in sample.items():
        for kind in ("uuid", "str", "slug", "int", "path"):
            address = address.replace(f"<{kind}:{name}>", value)
    assert "<" not in address, f"{route}: give the sample a value for each part"
    return address


@pytest.mark.parametrize("route", sorted(EXPECTED))
def test_each_person_gets_what_the_list_says(route: str, sample: dict[str, str], ada: User, dana: User) -> None:
    if route not in ROUTES:
        pytest.fail(f"there is no address {route} any more; take its line out of permissions.csv")
    clients = {"owner": signed_in(ada), "stranger": signed_in(dana), "signed_out": Client()}
    address = filled(route, sample)
    found = {who: str(client.get(address).status_code) for who, client in clients.items()}
    assert found == {who: EXPECTED[route][who] for who in PEOPLE}, address


@pytest.mark.parametrize("route", [route for route in ROUTES if of_a_record(route)])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head", "options"])
def test_nobody_but_the_owner_gets_anything_of_a_record_by_any_method(
    route: str, method: str, sample: dict[str, str], dana: User, record: Person
) -> None:
    address = filled(route, sample)
    stranger = getattr(signed_in(dana), method)(address)
    assert stranger.status_code == 404
    unknown = getattr(signed_in(dana), method)(address.replace(str(record.pk), str(NEVER_FOUND)))
    assert unknown.status_code == 404
    assert stranger.content == unknown.content.replace(str(NEVER_FOUND).encode(), str(record.pk).encode())
    nobody = getattr(Client(), method)(address)
    if route.startswith("api/"):
        assert nobody.status_code == 401
    else:
        assert nobody.status_code == 302
        assert nobody["Location"].startswith("/accounts/login/")
    record.refresh_from_db()
    assert record.facts_count == 3


def test_what_is_not_an_address_is_not_found(as_ada: Client) -> None:
    assert as_ada.get("/no/such/page").status_code == 404
    assert as_ada.get("/people/not-a-uuid/").status_code == 404
