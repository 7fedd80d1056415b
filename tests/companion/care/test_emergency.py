import pytest
from django.urls import reverse

from mastkit.companion.care.countries import countries_of_zones
from mastkit.companion.store.facts import append
from mastkit.record.time import zone_of
from tests.companion.actors import granted
from tests.companion.conftest import signed_in
from tests.companion.store.test_adding_facts import fact

STEPS = ["Lie down.", "Pen into the thigh.", "Call 112."]


def test_the_clock_of_a_device_tells_its_country() -> None:
    zones = countries_of_zones()
    assert (zones["Europe/Berlin"], zones["Europe/London"], zones["Asia/Tokyo"]) == ("DE", "GB", "JP")
    for zone in zones:
        zone_of(zone)


@pytest.mark.django_db
def test_the_plan_is_given_word_for_word_and_nothing_is_added(record, ada, as_ada) -> None:
    plan = {"steps": STEPS, "written_by": "Dr Cole", "emergency_number": "112", "second_dose_after_minutes": 7}
    contact = {"name": "Ben", "phone": "+49 30 1", "emergency": True}
    append(record, [fact(1, "emergency_plan", **plan), fact(2, "contact", **contact)], actor=ada)
    given = as_ada.get(reverse("emergency_plan", args=[record.pk])).json()
    assert given["steps"] == STEPS
    assert given["second_dose_after_minutes"] == 7
    assert given["number"] == "112"
    assert given["calls"] == [{"name": "Ben", "role": "", "phone": "+49 30 1"}]


@pytest.mark.django_db
def test_the_plan_says_whether_it_is_one_s_own(record, ada, as_ada, ben) -> None:
    granted(record, ben, see=["emergency"])
    address = reverse("emergency_plan", args=[record.pk])
    assert as_ada.get(address).json()["own"] is True
    assert signed_in(ben).get(address).json()["own"] is False


@pytest.mark.django_db
def test_a_plan_that_names_no_second_dose_is_given_none(record, ada, as_ada) -> None:
    append(record, [fact(1, "emergency_plan", steps=STEPS)], actor=ada)
    assert as_ada.get(reverse("emergency_plan", args=[record.pk])).json()["second_dose_after_minutes"] is None


@pytest.mark.django_db
def test_without_a_plan_there_are_no_steps(record, as_ada) -> None:
    assert as_ada.get(reverse("emergency_plan", args=[record.pk])).json()["steps"] == []


@pytest.mark.django_db
def test_the_page_itself_holds_nothing_of_a_record(record, ada, as_ada, client) -> None:
    append(record, [fact(1, "emergency_plan", steps=STEPS)], actor=ada)
    page = as_ada.get(reverse("emergency_mode") + f"?person={record.pk}").content.decode()
    assert STEPS[0] not in page
    assert "Record of" not in page
    assert client.get(reverse("emergency_mode")).status_code == 200


@pytest.mark.django_db
def test_the_protocol_tells_what_was_done_in_order_with_the_time_after_onset(record, ada, as_ada) -> None:
    append(
        record,
        [
            fact(1, "flare", symptoms=[{"code": "flushing"}]),
            fact(2, "dose", medicine="epinephrine", flare=str(fact(1).id)),
            fact(3, "emergency_act", text="Called 112"),
            fact(40, "emergency_act", text="Another day"),
        ],
        actor=ada,
    )
    page = as_ada.get(reverse("protocol", args=[record.pk, fact(1).id])).content.decode()
    assert page.index("+1:00") < page.index("+2:00")
    assert page.index("Adrenaline") < page.index("Called 112")
    assert "Another day" not in page


@pytest.mark.django_db
def test_an_act_is_no_finding_of_the_body(record, ada, as_ada) -> None:
    append(record, [fact(3, "emergency_act", text="Called 112")], actor=ada)
    assert "Called 112" not in as_ada.get(reverse("summary", args=[record.pk])).content.decode()
    assert "Called 112" in as_ada.get(reverse("record", args=[record.pk])).content.decode()


@pytest.mark.django_db
def test_the_card_has_the_numbers_of_the_countries_that_were_chosen(record, ada, as_ada) -> None:
    append(record, [fact(1, "emergency_plan", steps=STEPS, emergency_number="19222")], actor=ada)
    address = reverse("card", args=[record.pk])
    assert "Germany 112" not in as_ada.get(address).content.decode()
    page = as_ada.get(address, {"language": "en", "country": ["DE", "KE", "nowhere", ""]}).content.decode()
    assert page.index("19222") < page.index("Germany 112")
    assert "Number not known here, look it up before you travel" in page
    assert "Kenya" in page
    assert "?language=de&amp;country=DE&amp;country=KE" in page, "another language keeps the countries"
    assert 'href="?language=en&amp;country=KE"' in page, "a country can be taken off"


@pytest.mark.django_db
def test_the_countries_are_named_in_the_language_of_the_page(as_ada, record) -> None:
    german = as_ada.get(reverse("card", args=[record.pk]), HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert "Vereinigte Staaten" in german
    assert "Frankreich: 15" in as_ada.get(reverse("emergency_mode"), HTTP_ACCEPT_LANGUAGE="de").content.decode()
