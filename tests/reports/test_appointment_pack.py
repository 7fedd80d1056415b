"""The appointment pack: what it counts, in which order it asks, and that unknown stays unknown."""

from datetime import date

import pytest

from mastkit.reports.current import CurrentFacts, Period
from mastkit.reports.pack import appointment_pack
from tests.reports.cast import EMPTY, ON, ada, at, erik, fact, number, record


def test_own_questions_come_first_then_the_assessment_then_the_bank() -> None:
    pack = appointment_pack(erik(), ON)
    sources = [question.source for question in (*pack.top_questions, *pack.more_questions)]
    assert sources == sorted(sources, key=["own", "assessment", "bank"].index)
    assert set(sources) == {"own", "assessment", "bank"}
    assert len(pack.top_questions) == 3


def test_ranked_questions_keep_their_rank_and_answered_ones_go_to_the_annex() -> None:
    pack = appointment_pack(
        record(
            fact(1, "question", None, text="second", rank=2),
            fact(2, "question", None, text="first", rank=1),
            fact(3, "question", None, text="done", rank=1, answer="yes"),
        ),
        ON,
    )
    assert [question.text for question in pack.top_questions[:2]] == ["first", "second"]
    assert [(one.text, one.answer) for one in pack.answered_questions] == [("done", "yes")]
    assert "done" not in [question.text for question in (*pack.top_questions, *pack.more_questions)]


def test_chosen_questions_are_put_first_even_where_they_are_new() -> None:
    pack = appointment_pack(ada(), ON, chosen_questions=("Is my bone scan due again?", "A new one?"))
    assert [question.text for question in pack.top_questions[:2]] == ["Is my bone scan due again?", "A new one?"]
    assert pack.top_questions[1].source == "own"


def test_flares_are_counted_by_severity_trigger_and_rescue() -> None:
    facts = record(
        fact(1, "flare", "2026-11-02T10:00", severity=8, suspected=("heat",), anaphylaxis=True),
        fact(2, "flare", "2026-11-03T10:00", severity=2, suspected=("heat", "stress")),
        fact(3, "flare", "2026-11-03T18:00"),
        fact(4, "dose", "2026-11-02T10:05", medicine="epinephrine", flare=number(1)),
        fact(5, "dose", "2026-11-02T10:10", medicine="cetirizine", flare=number(1)),
        fact(6, "dose", "2026-11-03T10:10", medicine="cetirizine", flare=number(2), status="skipped"),
        fact(7, "flare", "2025-11-20T10:00", severity=5),
    )
    flares = appointment_pack(facts, ON).flares
    assert (flares.count, flares.count_before, flares.days_with_flares) == (3, 1, 2)
    assert [(one.what, one.times) for one in flares.by_severity] == [
        ("severity 7–10 of 10", 1),
        ("severity 1–3 of 10", 1),
        ("severity not written down", 1),
    ]
    assert [(one.what, one.times) for one in flares.by_suspected] == [
        ("Heat, hot bath or shower", 2),
        ("Stress", 1),
    ]
    assert (flares.anaphylaxis, flares.anaphylaxis_open) == (1, 2)
    assert (flares.with_rescue, flares.adrenaline) == (1, 1)
    assert [(one.what, one.times) for one in flares.rescue] == [("Adrenaline", 1), ("Cetirizine", 1)]


def test_a_dose_that_names_a_corrected_flare_still_belongs_to_it() -> None:
    facts = record(
        fact(1, "flare", "2026-11-02T10:00", severity=4),
        fact(2, "dose", "2026-11-02T10:05", medicine="cetirizine", flare=number(1)),
        fact(3, "flare", "2026-11-02T09:50", severity=6, replaces=number(1)),
    )
    flares = appointment_pack(facts, ON).flares
    assert (flares.count, flares.with_rescue) == (1, 1)


def test_the_period_begins_with_the_last_visit_that_was_kept() -> None:
    facts = record(
        fact(1, "appointment", "2026-09-01T10:00", with_whom="Dr Cole", speciality="allergy", status="kept"),
        fact(2, "appointment", "2026-10-01T10:00", status="cancelled"),
        fact(3, "appointment", "2026-12-01T10:00", with_whom="Dr Haas", speciality="haematology"),
    )
    pack = appointment_pack(facts, ON)
    assert pack.period.first == date(2026, 9, 1)
    assert "Dr Cole" in pack.period.why
    assert (pack.visit.with_whom, pack.visit.speciality) == ("Dr Haas", "haematology")
    assert "no earlier visit" in appointment_pack(EMPTY, ON).period.why


def test_facts_of_later_days_are_left_out_and_visits_ahead_stay() -> None:
    earlier = appointment_pack(ada(), date(2026, 3, 1))
    assert max(point.day for series in earlier.series for point in series.points) <= date(2026, 3, 1)
    assert all(flare.day <= date(2026, 3, 1) for flare in earlier.flares.worst)
    assert earlier.visit.day is not None


def test_the_result_before_is_of_the_same_kind_of_sample() -> None:
    facts = record(
        _tryptase(1, "2026-01-10T08:00", 20.0, "baseline"),
        _tryptase(2, "2026-05-10T08:00", 60.0, "event"),
        _tryptase(3, "2026-11-10T08:00", 22.0, "baseline"),
    )
    texts = [
        change.text for change in appointment_pack(facts, ON, period=Period(date(2026, 11, 1), ON, "test")).changes
    ]
    assert texts == ["Tryptase 22 ng/mL (before: 20 ng/mL, 2026-01-10)"]


def test_event_and_baseline_tryptase_are_never_joined() -> None:
    facts = record(
        _tryptase(1, "2026-01-10T08:00", 20.0, "baseline"),
        _tryptase(2, "2026-05-10T08:00", 60.0, "event"),
        _tryptase(3, "2026-11-10T08:00", 22.0, "baseline"),
    )
    (series,) = appointment_pack(facts, ON).series
    assert series.line_kind == "when well"
    assert "20 ng/mL on 2026-01-10, 22 ng/mL on 2026-11-10; 2 results" in series.sentence()
    assert "1 more of another kind of sample" in series.sentence()


def test_a_bound_stays_a_bound_and_other_units_are_converted_or_named() -> None:
    facts = record(
        _measured(1, "2026-01-10T08:00", "hb", 13.4, "g/dL"),
        _measured(2, "2026-02-10T08:00", "hb", 120.0, "g/L", "<"),
        _measured(3, "2026-02-10T08:00", "my own", 3.0, "mm"),
        _measured(4, "2026-03-10T08:00", "my own", 3.0, "kg"),
    )
    pack = appointment_pack(facts, ON)
    haemoglobin = next(series for series in pack.series if series.code == "hb")
    assert [(point.value, point.comparator, point.printed) for point in haemoglobin.points] == [
        (134.0, None, "13.4 g/dL"),
        (120.0, "<", "<120 g/L"),
    ]
    own = next(series for series in pack.series if series.code == "my own")
    assert own.left_out == ("3 mm on 2026-01-10",) or own.left_out == ("3 mm on 2026-02-10",)


def test_a_finding_looked_for_and_not_found_is_no_change_and_a_new_state_is() -> None:
    facts = record(
        fact(1, "finding", "2026-11-01T10:00", code="splenomegaly", state="absent", value="none"),
        fact(2, "finding", "2025-01-01T10:00", code="hepatomegaly", state="absent", value="none"),
        fact(3, "finding", "2026-11-01T10:00", code="hepatomegaly", state="present", value="palpable"),
    )
    (change,) = appointment_pack(facts, ON).changes
    assert change.text == ("Liver enlargement: found (palpable); before: looked for, not found on 2025-01-01")
    assert change.facts == (number(3), number(2))


def test_what_the_diary_cannot_answer_is_said_to_be_open() -> None:
    assert all(not one.known for one in appointment_pack(EMPTY, ON).prepared)
    answered = {one.question: one.answer for one in appointment_pack(ada(), ON).prepared}
    assert "2025-09-20" in answered["When did the symptoms begin?"]


def test_what_expires_counts_to_the_end_of_the_month_printed_on_it() -> None:
    facts = record(
        fact(1, "device", None, code="adrenaline_auto_injector", expires=at("2026-11-01T00:00", "month")),
        fact(2, "device", None, code="adrenaline_auto_injector", expires=at("2026-10-01T00:00", "month")),
        fact(
            3, "device", None, code="adrenaline_auto_injector", expires=at("2026-10-01T00:00", "month"), gone="used"
        ),
    )
    pack = appointment_pack(facts, ON)
    assert [(one.last_day, one.days_left) for one in pack.ready] == [
        (date(2026, 10, 31), -24),
        (date(2026, 11, 30), 6),
    ]
    assert [item.title for item in pack.overdue] == ["Adrenaline auto-injector expires"]


def test_medicines_now_stopped_and_changed() -> None:
    facts = record(
        fact(1, "medicine_course", "2026-01-01T10:00", medicine="cetirizine"),
        fact(
            2,
            "medicine_course",
            "2026-01-01T10:00",
            medicine="loratadine",
            end=at("2026-11-01T10:00"),
            stopped_because="sleepy",
        ),
        fact(3, "dose", "2026-11-02T10:00", medicine="famotidine"),
        fact(4, "dose", "2026-11-02T10:00", medicine="cetirizine", status="skipped"),
    )
    medicines = appointment_pack(facts, ON, period=Period(date(2026, 10, 1), ON, "test")).medicines
    assert [(one.medicine, one.taken, one.skipped) for one in medicines.now] == [("Cetirizine", 0, 1)]
    assert [(one.medicine, one.stopped_because) for one in medicines.stopped] == [("Loratadine", "sleepy")]
    assert medicines.started_in_period == ()
    assert medicines.without_course == ("Famotidine",)


def test_a_retracted_fact_is_in_no_document() -> None:
    facts = record(
        fact(1, "flare", "2026-11-02T10:00", severity=9),
        fact(2, "retraction", None, replaces=number(1)),
    )
    assert appointment_pack(facts, ON).flares.count == 0
    assert CurrentFacts(facts, ON).record.facts


@pytest.mark.parametrize("speciality", ["allergy", "haematology", "bone", "skin", "anaesthesia", "family medicine"])
def test_every_speciality_has_questions_of_its_own(speciality: str) -> None:
    general = {one.text for one in _asked(EMPTY, "nobody")}
    assert {one.text for one in _asked(EMPTY, speciality)} - general


def _asked(facts, speciality):  # type: ignore[no-untyped-def]
    pack = appointment_pack(facts, ON, speciality=speciality)
    return (*pack.top_questions, *pack.more_questions)


def _tryptase(n: int, when: str, value: float, context: str):  # type: ignore[no-untyped-def]
    return fact(
        n, "measurement", when, code="tryptase", quantity={"value": value, "unit": "ng/mL"}, context=context
    )


def _measured(n: int, when: str, code: str, value: float, unit: str, comparator: str | None = None):  # type: ignore[no-untyped-def]
    return fact(
        n, "measurement", when, code=code, quantity={"value": value, "unit": unit, "comparator": comparator}
    )
