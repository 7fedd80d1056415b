import json
import os
import threading

import pytest
from django.db import connection
from django.urls import reverse
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import SECTION_OF_KIND, Section
from mastkit.companion.store.facts import append
from mastkit.companion.store.models import OnlyAdded, StoredFact
from mastkit.companion.store.reading import load
from mastkit.record.facts import FACT, KINDS, AnyFact
from tests.companion.facts import entry, number

pytestmark = pytest.mark.django_db


def fact(n: int, kind: str = "note", **more) -> AnyFact:
    return FACT.validate_json(json.dumps(entry(n, kind, **more)))


def send(client, person: Person, content):
    body = content if isinstance(content, bytes) else json.dumps(content)
    return client.post(reverse("api_facts", args=[person.pk]), body, content_type="application/json")


def statuses(response) -> list[str]:
    return [answer["status"] for answer in response.json()["facts"]]


def test_the_store_under_test_is_the_one_that_was_asked_for() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("MASTKIT_DATABASE_URL") else "sqlite")


def test_every_kind_of_fact_lies_in_a_section() -> None:
    kinds = {model.model_fields["kind"].default for model in KINDS}
    assert kinds == {*SECTION_OF_KIND, "retraction"}
    assert set(SECTION_OF_KIND.values()) == set(Section)


def test_a_fact_is_accepted_once_and_repeated_ever_after(as_ada, record) -> None:
    assert statuses(send(as_ada, record, [entry(1)])) == ["accepted"]
    assert statuses(send(as_ada, record, [entry(1), entry(1)])) == ["repeated", "repeated"]
    assert statuses(send(as_ada, record, [entry(2), entry(2)])) == ["accepted", "repeated"]


def test_the_same_id_with_another_content_is_refused_and_changes_nothing(as_ada, record) -> None:
    send(as_ada, record, [entry(1, text="first")])
    response = send(as_ada, record, [entry(1, text="second"), entry(2)])
    assert statuses(response) == ["refused", "accepted"]
    assert "another fact" in response.json()["facts"][0]["sentence"]
    record.refresh_from_db()
    assert [note.text for note in load(record)] == ["first", "note 2"]


def test_one_mistake_holds_back_no_other_fact(as_ada, record) -> None:
    broken = entry(2) | {"text": ""}
    response = send(as_ada, record, [entry(1), broken, "nonsense", {"kind": "note"}, entry(3)])
    assert statuses(response) == ["accepted", "refused", "refused", "refused", "accepted"]
    answer = response.json()["facts"][1]
    assert answer["id"] == number(2)
    assert "text" in answer["sentence"]
    assert "\n" not in answer["sentence"]


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_list_is_refused_with_a_sentence(as_ada, record, content) -> None:
    response = send(as_ada, record, content)
    assert response.status_code == 400
    assert response.json()["sentence"].endswith(".")


def test_too_many_facts_at_once_are_refused_as_a_whole(as_ada, record) -> None:
    assert send(as_ada, record, [entry(1)] * 5_001).status_code == 400


def test_who_is_not_signed_in_is_told_so_in_json(client, record) -> None:
    response = send(client, record, [entry(1)])
    assert response.status_code == 401
    assert response.json()["error"] == "sign-in-needed"


def test_a_stranger_is_told_that_there_is_nothing(as_dana, record) -> None:
    response = send(as_dana, record, [entry(1)])
    assert response.status_code == 404
    assert response.json()["error"] == "not-found"
    record.refresh_from_db()
    assert record.facts_count == 0


def test_a_page_that_is_too_old_is_told_so_in_json(ada, record) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    response = send(strict, record, [entry(1)])
    assert response.status_code == 403
    assert response.json()["error"] == "old-page"
    token = strict.get(reverse("api_session")).json()["csrf_token"]
    response = strict.post(
        reverse("api_facts", args=[record.pk]),
        json.dumps([entry(1)]),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )
    assert statuses(response) == ["accepted"]


def test_the_time_of_arrival_is_written_by_this_machine(as_ada, ada, record) -> None:
    from django.utils import timezone

    before = timezone.now()
    send(as_ada, record, [entry(1)])
    with scope(person=record):
        stored = StoredFact.objects.get()
    assert before <= stored.received_at <= timezone.now()
    assert stored.recorded_at.year == 2026
    assert stored.received_from == ada


def test_the_same_id_in_two_records_is_two_facts(as_ada, ada, record) -> None:
    other = Person.objects.create(owner=ada, name="Child", zone="Europe/Berlin")
    assert statuses(send(as_ada, record, [entry(1, text="mine")])) == ["accepted"]
    assert statuses(send(as_ada, other, [entry(1, text="the child's")])) == ["accepted"]


def test_nothing_changes_or_takes_away_a_fact(record) -> None:
    append(record, [fact(1)], actor=None)
    with scope(person=record):
        stored = StoredFact.objects.get()
        for change in (
            stored.save,
            stored.delete,
            StoredFact.objects.all().delete,
            lambda: StoredFact.objects.update(kind="flare"),
            lambda: StoredFact.objects.bulk_update([stored], ["kind"]),
        ):
            with pytest.raises(OnlyAdded):
                change()


def test_a_query_that_is_not_bound_to_a_person_is_an_error(record) -> None:
    append(record, [fact(1)], actor=None)
    with pytest.raises(ScopeError):
        StoredFact.objects.count()


def test_who_may_add_to_some_sections_adds_to_no_other(record) -> None:
    only = frozenset({Section.FLARES})
    append(record, [fact(1)], actor=None)
    outcomes = append(record, [fact(2, "flare"), fact(3)], actor=None, sections=only)
    assert [outcome.status for outcome in outcomes] == ["accepted", "refused"]


def test_a_correction_or_retraction_needs_the_right_to_what_it_replaces(record) -> None:
    only = frozenset({Section.FLARES})
    append(record, [fact(1), fact(2, "flare")], actor=None)
    tries = [
        fact(10, "retraction", replaces=1),  # a note
        fact(11, "flare", replaces=1),  # a flare in the place of a note
        fact(12, "retraction", replaces=99),  # nobody knows of what
        fact(13, "retraction", replaces=10),  # a retraction that was refused
        fact(14, "retraction", replaces=2),
        fact(15, "retraction", replaces=14),  # a retraction of the retraction of a flare
    ]
    outcomes = append(record, tries, actor=None, sections=only)
    assert [outcome.status for outcome in outcomes] == ["refused"] * 4 + ["accepted"] * 2


def test_a_record_seen_in_part_holds_those_sections_alone(record) -> None:
    facts = [fact(1), fact(2, "flare"), fact(3, "retraction", replaces=1), fact(4, "retraction", replaces=2)]
    append(record, facts, actor=None)
    part = load(record, frozenset({Section.FLARES}))
    assert [seen.kind for seen in part] == ["flare", "retraction"]
    append(record, [fact(5, "flare")], actor=None)
    assert len(load(record, frozenset({Section.FLARES}))) == 3
    assert len(load(record)) == 5


def test_a_new_zone_of_the_record_is_seen_at_once(record) -> None:
    append(record, [fact(1)], actor=None)
    assert load(record).zone == "Europe/Berlin"
    record.zone = "America/New_York"
    record.save()
    assert load(record).zone == "America/New_York"


def test_a_fact_of_a_later_version_is_kept_and_does_not_hide_the_others(record) -> None:
    from mastkit.companion.store.reading import unreadable

    append(record, [fact(1), fact(2)], actor=None)
    table = connection.ops.quote_name(StoredFact._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = %s WHERE number = 1", ['{"kind": "dream", "id": "x"}'])
    assert [note.text for note in load(record)] == ["note 2"]
    assert unreadable(record) == ['{"kind": "dream", "id": "x"}']


@pytest.mark.django_db(transaction=True)
def test_twenty_who_write_at_once_lose_nothing_and_leave_no_gap(ada) -> None:
    person = Person.objects.create(owner=ada, name="Ada", zone="Europe/Berlin")
    errors: list[BaseException] = []

    def write(start: int) -> None:
        try:
            mine = Person.objects.get(pk=person.pk)
            for n in range(start, start + 5):
                append(mine, [fact(n), fact(1)], actor=None)  # and one that all of them send
                load(mine)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(100 * (i + 1),)) for i in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert errors == []
    person.refresh_from_db()
    assert person.facts_count == 101
    assert len(load(person)) == 101
    with scope(person=person):
        assert list(StoredFact.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 102))
