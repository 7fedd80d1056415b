"""However the facts of a diary arrive, the record is the one they make together."""

import json

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mastkit.companion.people.models import Person
from mastkit.companion.store import reading
from mastkit.record.facts import FACT
from mastkit.record.files import dump_record
from mastkit.record.record import Record
from tests.companion.facts import diaries

pytestmark = pytest.mark.django_db

few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def deliveries(draw):
    """Draw a diary and the parcels in which it is sent: in any order, with any repetition, all of it in the end."""
    diary = draw(diaries())
    parcels = draw(st.lists(st.lists(st.sampled_from(diary), max_size=12), max_size=6))
    rest = draw(st.permutations(diary))
    cut = draw(st.integers(0, len(rest)))
    return diary, [*parcels, rest[:cut], rest[cut:]]


def expected(person: Person, diary: list) -> Record:
    return Record(person.pk, person.zone).add(*(FACT.validate_json(json.dumps(entry)) for entry in diary))


def new_person(owner) -> Person:
    return Person.objects.create(owner=owner, name="Ada", zone="Europe/Berlin")


@few
@given(delivery=deliveries())
def test_the_record_is_the_same_in_whatever_order_and_however_often_it_was_sent(ada, as_ada, delivery):
    diary, parcels = delivery
    person = new_person(ada)
    address = reverse("api_facts", args=[person.pk])
    accepted = 0
    for parcel in parcels:
        response = as_ada.post(address, json.dumps(parcel), content_type="application/json")
        assert response.status_code == 200
        statuses = [answer["status"] for answer in response.json()["facts"]]
        assert len(statuses) == len(parcel)
        assert set(statuses) <= {"accepted", "repeated"}
        accepted += statuses.count("accepted")
        reading.load(Person.objects.get(pk=person.pk))  # kept in memory between the parcels, as a page would
    assert accepted == len(diary)
    person.refresh_from_db()
    assert person.facts_count == len(diary)
    assert dump_record(reading.load(person)) == dump_record(expected(person, diary))
    reading.forget(person.pk)
    assert dump_record(reading.load(person)) == dump_record(expected(person, diary))


@few
@given(delivery=deliveries(), data=st.data())
def test_a_sending_that_breaks_off_leaves_nothing_half_done_and_is_made_good_by_sending_again(
    ada, as_ada, delivery, data
):
    diary, parcels = delivery
    person = new_person(ada)
    address = reverse("api_facts", args=[person.pk])
    as_ada.raise_request_exception = False
    for parcel in parcels:
        before = list(reading.load(Person.objects.get(pk=person.pk)))
        breaks_off = data.draw(st.booleans())
        with pytest.MonkeyPatch.context() as patch:
            if breaks_off:  # after the facts were written, and before that was made to last
                patch.setattr(Person, "save", broken)
            response = as_ada.post(address, json.dumps(parcel), content_type="application/json")
        if response.status_code == 500:
            assert list(reading.load(Person.objects.get(pk=person.pk))) == before
    as_ada.post(address, json.dumps(diary), content_type="application/json")
    person.refresh_from_db()
    assert dump_record(reading.load(person)) == dump_record(expected(person, diary))


def broken(*args, **more):
    raise ConnectionError
