from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.audit.models import Act
from mastkit.companion.people.sections import Section
from mastkit.companion.sharing import linking
from mastkit.companion.sharing.models import ShareLink
from mastkit.companion.store.facts import append
from tests.companion.actors import marked_facts, marker, soon
from tests.companion.sharing.test_grants import fresh

pytestmark = pytest.mark.django_db

SHARED = (Section.CONDITION, Section.TESTS)


@pytest.fixture
def made(record, ada):
    append(record, marked_facts(), actor=ada)
    link, token, code = linking.make_link(record, ada, "the desk", SHARED, soon(2))
    return link, reverse("shared_link", args=[token]), code


def give(address: str, code: str, client: Client | None = None):
    return (client or Client()).post(address, {"code": code})


def test_the_owner_makes_a_link_in_the_page(record, ada) -> None:
    answers = {"name": "the desk", "until": soon(3).date().isoformat(), "sections": ["tests"]}
    page = fresh(ada).post(reverse("make_link", args=[record.pk]), answers)
    client = Client()
    assert give(page.context["address"], page.context["code"], client).status_code == 302
    assert "Summary of the record" in client.get(page.context["address"]).content.decode()


def test_without_the_code_a_link_says_nothing_of_the_record(made, record) -> None:
    _link, address, _code = made
    page = Client().get(address).content.decode()
    assert "Ada" not in page
    assert all(marker(section) not in page for section in Section)


def test_the_summary_is_made_of_the_shared_sections_alone_and_says_so(made) -> None:
    _link, address, code = made
    client = Client()
    give(address, code, client)
    page = client.get(address).content.decode()
    assert marker(Section.CONDITION) in page
    for section in set(Section) - set(SHARED):
        assert marker(section) not in page
    assert "What is missing below may still be there" in page


def test_a_code_works_once(made) -> None:
    _link, address, code = made
    assert give(address, code).status_code == 302
    assert give(address, code).status_code == 422


def test_after_five_wrong_codes_the_right_one_works_no_longer(made, record) -> None:
    _link, address, code = made
    for _ in range(linking.MOST_FAILURES):
        assert give(address, "1111 1111").status_code == 422
    assert give(address, code).status_code == 422
    assert Act.objects.filter(action="link-locked").count() == 1


def test_the_owner_can_make_a_new_code(made, ada) -> None:
    link, address, code = made
    link.refresh_from_db()
    again = linking.new_code(link, ada)
    assert give(address, code).status_code == (302 if code == again else 422)
    assert give(address, again.replace(" ", "")).status_code == 302


@pytest.mark.parametrize("change", ["ended", "over"])
def test_a_link_that_has_ended_is_gone_for_who_had_opened_it(made, ada, change) -> None:
    link, address, code = made
    client = Client()
    give(address, code, client)
    if change == "ended":
        linking.end_link(link, ada)
    else:
        ShareLink.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 410


def test_an_opened_link_closes_after_an_hour(made, monkeypatch) -> None:
    _link, address, code = made
    client = Client()
    give(address, code, client)
    later = timezone.now() + linking.OPEN_FOR + timedelta(seconds=1)
    monkeypatch.setattr("mastkit.companion.sharing.linking.timezone.now", lambda: later)
    page = client.get(address).content.decode()
    assert "Summary of the record" not in page


def test_neither_link_nor_code_is_stored(made) -> None:
    link, address, code = made
    token = address.rsplit("/", 1)[1]
    stored = str(ShareLink.objects.filter(pk=link.pk).values().get())
    assert token not in stored
    assert code not in stored
    assert code.replace(" ", "") not in stored
