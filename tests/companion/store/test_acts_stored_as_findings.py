"""Acts that an earlier version stored as findings: read in their own kind, and sent again they are repeated."""

import pytest
from django.utils import timezone
from django_scopes import scope

from mastkit.companion.people.sections import Section
from mastkit.companion.store.models import StoredFact
from mastkit.companion.store.reading import load
from mastkit.record.facts import EmergencyAct
from tests.companion.facts import entry
from tests.companion.store.test_adding_facts import fact, send, statuses

pytestmark = pytest.mark.django_db

ACT = {"code": "emergency-act", "state": "present", "value": "Called 112"}


@pytest.fixture
def stored_before(record, ada):
    """A row as the earlier version wrote it: the finding in JSON, its fields in the order of the model."""
    act = fact(1, "emergency_act", text="Called 112")
    body = act.model_dump_json(exclude_none=True, exclude={"kind", "text"})[:-1]
    body += ',"kind":"finding","code":"emergency-act","state":"present","value":"Called 112"}'
    with scope(person=record):
        StoredFact.objects.create(
            person=record, number=1, fact_id=act.id, kind="finding", at=act.time.at, recorded_at=act.recorded_at,
            received_at=timezone.now(), received_from=ada, body=body,
        )  # fmt: skip
    record.facts_count = 1
    record.save()
    return record


def test_it_is_read_in_its_own_kind_and_lies_with_the_flares(stored_before) -> None:
    (act,) = load(stored_before)
    assert isinstance(act, EmergencyAct)
    assert len(load(stored_before, frozenset({Section.FLARES}))) == 1
    assert len(load(stored_before, frozenset({Section.TESTS}))) == 0


def test_sent_again_in_either_form_it_is_repeated(stored_before, as_ada) -> None:
    both = [entry(1, "finding", **ACT), entry(1, "emergency_act", text="Called 112")]
    assert statuses(send(as_ada, stored_before, both)) == ["repeated", "repeated"]


def test_a_phone_of_the_earlier_version_still_sends_its_acts(record, as_ada) -> None:
    assert statuses(send(as_ada, record, [entry(1, "finding", **ACT)])) == ["accepted"]
    assert [one.kind for one in load(record)] == ["emergency_act"]
