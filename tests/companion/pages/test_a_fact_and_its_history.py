import pytest
from django.urls import reverse

from mastkit.companion.pages.fact import fact_page
from mastkit.companion.pages.ledger import ledger
from tests.companion.pages.making import NOW, ZONE, at, fact, record_of, stored


def test_each_step_of_the_history_is_told_and_one_holds():
    first = fact("flare", time=at(3), recorded=3)
    second = fact("flare", time=at(4), recorded=2, severity=5, replaces=first.id)
    page = fact_page(record_of(first, second), first.id, ZONE)
    assert [(step.action, step.holds) for step in page.history] == [("entered", False), ("corrected", True)]
    assert page.line.id == second.id
    assert page.editable


def test_what_was_withdrawn_is_still_told():
    first = fact("flare", time=at(3), recorded=3)
    gone = fact("retraction", recorded=1, replaces=first.id)
    page = fact_page(record_of(first, gone), first.id, ZONE)
    assert page.withdrawn
    assert not page.editable
    assert page.history[-1].action == "withdrawn"


def test_what_belongs_to_a_flare_is_found_through_its_corrections():
    first = fact("flare", time=at(3), recorded=3)
    dose = fact("dose", time=at(2.9), medicine="epinephrine", flare=first.id)
    reading = fact(
        "measurement", time=at(2), code="flare-severity", quantity={"value": 6, "unit": "1"}, flare=first.id
    )
    second = fact("flare", time=at(4), recorded=2, replaces=first.id)
    page = fact_page(record_of(first, dose, reading, second), second.id, ZONE)
    assert [line.title for line in page.belonging] == ["Adrenaline"]
    assert [degree for _, degree in page.curve] == [6]


def test_the_record_lists_what_holds_and_counts_everything():
    first = fact("note", time=at(3), text="one", recorded=3)
    second = fact("note", time=at(3), text="two", recorded=2, replaces=first.id)
    page = ledger(record_of(first, second, fact("sex", sex="female")), ZONE, NOW)
    assert page.facts == 3
    assert page.total == 2
    assert {line.title for day in page.days for line in day.lines} == {"two", "Sex"}
    assert ledger(record_of(first), ZONE, NOW, page=99).page == 1


@pytest.mark.django_db
def test_a_fact_is_entered_corrected_withdrawn_and_put_back(as_ada, record):
    form = {"text": "the first", "time_day": "2026-03-01", "time_clock": "10:30", "time_known": "day"}
    assert as_ada.post(reverse("add", args=[record.pk, "note"]), form).status_code == 302
    (first,) = stored(record)
    assert first["time"]["at"].startswith("2026-03-01T09:30")

    edited = reverse("edit", args=[record.pk, first["id"]])
    assert "the first" in as_ada.get(edited).text
    assert as_ada.post(edited, {**form, "text": "the second"}).status_code == 302
    second = stored(record)[-1]
    assert (second["text"], second["replaces"]) == ("the second", first["id"])

    as_ada.post(reverse("withdraw", args=[record.pk, second["id"]]))
    assert stored(record)[-1]["kind"] == "retraction"
    as_ada.post(reverse("put_back", args=[record.pk, first["id"]]))
    shown = as_ada.get(reverse("fact", args=[record.pk, first["id"]])).text
    assert "the first" in shown
    assert "This was withdrawn" not in shown
