"""What is due: by type of disease, by treatment and its weeks, by the last result, and what moves a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mastkit.followup.due import due, later
from mastkit.record.record import Record
from tests.followup.cast import (
    ADA,
    ZONE,
    course,
    diagnosis,
    fact,
    found,
    measured,
    moment,
    platelets,
    record,
    tryptase,
)


def entry(rec, day, name, **more):
    return {d.id: d for d in due(rec, date.fromisoformat(day), **more)}.get(name)


ISM = diagnosis(1, "2025-01-10", "ISM")
ASM = diagnosis(2, "2025-01-10", "ASM")


def test_an_interval_is_early_then_due_then_overdue():
    rec = record(ISM, tryptase(3, "2025-03-04", 31.2))
    states = {day: entry(rec, day, "nccn-tryptase-ism").state for day in (
        "2025-09-03", "2025-09-04", "2026-03-04", "2026-03-05",
    )}  # fmt: skip
    assert list(states.values()) == ["later", "due", "due", "overdue"]
    shown = entry(rec, "2026-03-05", "nccn-tryptase-ism")
    assert (shown.earliest, shown.by) == (date(2025, 9, 4), date(2026, 3, 4))
    assert (shown.last.day, shown.last.result) == (date(2025, 3, 4), "31.2 ng/mL")
    assert shown.because == ("type of disease: ISM, stated 2025-01-10",)


def test_a_tryptase_of_a_flare_or_of_unknown_context_does_not_count():
    rec = record(
        ISM, tryptase(3, "2026-01-01", 60, context="event"), tryptase(4, "2026-01-02", 50, context="unknown")
    )
    assert entry(rec, "2026-02-01", "nccn-tryptase-ism").state == "not in the record"


def test_the_type_of_disease_chooses_the_interval():
    for code, name in (
        ("ISM", "ism"),
        ("BMM", "ism"),
        ("SSM", "ssm"),
        ("ASM", "adv"),
        ("SM-AHN", "adv"),
        ("MCL", "adv"),
    ):
        rec = record(diagnosis(1, "2025-01-10", code))
        shown = {d.id for d in due(rec, date(2026, 1, 1)) if d.id.startswith("nccn-tryptase")}
        assert shown == {f"nccn-tryptase-{name}"}, code


def test_the_type_that_was_stated_last_counts_and_suspected_or_past_ones_do_not():
    facts = [
        ISM,
        diagnosis(3, "2025-06-01", "SSM"),
        diagnosis(4, "2025-07-01", "ASM", status="suspected"),
        diagnosis(5, "2025-08-01", "MCL", status="past"),
        diagnosis(6, "2025-09-01", "MCL", status="ruled_out"),
        diagnosis(7, "2027-01-01", "MCL"),
    ]
    shown = {d.id for d in due(record(*facts), date(2026, 1, 1)) if d.id.startswith("nccn-tryptase")}
    assert shown == {"nccn-tryptase-ssm"}


def test_a_diagnosis_in_words_is_understood():
    rec = record(fact(1, "diagnosis", "2025-01-01", label="Smoldering systemic mastocytosis"))
    assert entry(rec, "2026-01-01", "nccn-count-ssm") is not None
    other = record(fact(1, "diagnosis", "2025-01-01", label="asthma"))
    assert due(other, date(2026, 1, 1)) == []


def test_types_that_a_classification_leaves_open_are_shown_as_open():
    rec = record(tryptase(3, "2025-03-04", 31.2))
    assert entry(rec, "2025-12-01", "nccn-tryptase-ism", subtypes={"ISM"}).applies is True
    assert entry(rec, "2025-12-01", "nccn-tryptase-ism", subtypes={"ISM", "BMM"}).applies is True
    assert entry(rec, "2025-12-01", "nccn-tryptase-ism", subtypes={"ISM", "SSM"}).applies is None
    assert entry(rec, "2025-12-01", "nccn-tryptase-adv", subtypes={"ISM", "SSM"}) is None
    with pytest.raises(ValueError, match="type of disease: found 'SM'"):
        due(rec, date(2025, 12, 1), subtypes={"SM"})


def test_without_a_type_only_what_does_not_depend_on_it_is_shown():
    assert due(record(tryptase(3, "2025-03-04", 31.2)), date(2026, 1, 1)) == []


def test_what_is_needed_once_vanishes_when_it_was_done():
    b2m = measured(3, "2025-02-01", "beta2_microglobulin", 2.0, "mg/L")
    assert entry(record(ISM), "2026-01-01", "once-b2m").state == "not in the record"
    assert entry(record(ISM, b2m), "2026-01-01", "once-b2m") is None


def test_platelets_under_avapritinib_every_two_weeks_for_the_first_eight_weeks():
    start = date(2026, 1, 1)
    facts = [ASM, course(3, "2026-01-01", "Avapritinib"), platelets(4, "2025-12-30", 120)]
    shown = entry(record(*facts), "2026-01-12", "ava-plt-first-us")
    assert (shown.state, shown.by) == ("later", date(2026, 1, 13))
    assert shown.because == ("type of disease: ASM, stated 2025-01-10", "avapritinib since 2026-01-01")
    assert entry(record(*facts), "2026-01-14", "ava-plt-first-us").state == "overdue"
    last_day = (start + timedelta(days=55)).isoformat()
    after = (start + timedelta(days=56)).isoformat()
    assert entry(record(*facts), last_day, "ava-plt-first-eu") is not None
    assert entry(record(*facts), last_day, "ava-plt-above-100") is None
    assert entry(record(*facts), after, "ava-plt-first-eu") is None
    assert entry(record(*facts), after, "ava-plt-above-100") is not None


@pytest.mark.parametrize(
    ("count", "comparator", "yes", "open_"),
    [
        (74, None, {"below-75"}, set()),
        (74.9, None, {"below-75"}, set()),
        (75, None, {"75-100"}, set()),
        (100, None, {"75-100"}, set()),
        (100.1, None, {"above-100"}, set()),
        (75, "<", {"below-75"}, set()),
        (100, ">", {"above-100"}, set()),
        (90, "<", set(), {"below-75", "75-100"}),
        (80, ">", set(), {"75-100", "above-100"}),
    ],
)
def test_after_eight_weeks_the_last_count_decides(count, comparator, yes, open_):
    rec = record(
        ASM, course(3, "2026-01-01", "avapritinib"), platelets(4, "2026-03-01", count, comparator=comparator)
    )
    shown = {d.id.removeprefix("ava-plt-"): d.applies for d in due(rec, date(2026, 3, 10)) if d.test == "platelets"}
    assert {name for name, applies in shown.items() if applies} == yes
    assert {name for name, applies in shown.items() if applies is None} == open_


def test_a_count_in_another_unit_is_read_in_the_right_one():
    count = measured(4, "2026-03-01", "plt", 74_000, "/uL")
    rec = record(ASM, course(3, "2026-01-01", "avapritinib"), count)
    assert entry(rec, "2026-03-10", "ava-plt-below-75").applies is True


def test_a_course_that_ended_or_is_taken_only_when_needed_asks_for_nothing():
    for more in ({"end": moment("2026-02-01")}, {"as_needed": True}):
        rec = record(ASM, course(3, "2026-01-01", "avapritinib", **more))
        assert not [d for d in due(rec, date(2026, 2, 1)) if d.test == "platelets" or d.id.startswith("tki")]
    assert entry(record(ASM, course(3, "2026-01-01", "BLU-285")), "2026-01-02", "tki-tryptase") is not None


def test_avapritinib_in_indolent_disease_has_no_platelet_schedule_of_the_label():
    rec = record(ISM, course(3, "2026-01-01", "avapritinib"))
    assert not [d for d in due(rec, date(2026, 1, 10)) if d.test == "platelets"]


def test_a_kit_inhibitor_without_a_stated_type_is_shown_as_open():
    shown = entry(record(course(3, "2026-01-01", "avapritinib")), "2026-01-10", "ava-plt-first-us")
    assert shown.applies is None


def test_two_sources_on_dxa_stand_side_by_side():
    scan = measured(3, "2025-01-01", "tscore_min", -1.5, "1")
    rec = record(ISM, fact(4, "sex", None, sex="male"), fact(5, "birth_date", None, born=date(1960, 5, 1)), scan)
    nccn, caimmi = entry(rec, "2026-06-01", "dxa-nccn"), entry(rec, "2026-06-01", "dxa-caimmi")
    assert (nccn.state, nccn.earliest, nccn.by) == ("due", date(2026, 1, 1), date(2028, 1, 1))
    assert (caimmi.state, caimmi.earliest, caimmi.by) == ("later", date(2027, 1, 1), None)
    assert caimmi.applies is True
    assert nccn.last.result == "Lowest T-score -1.5"


def test_osteoporosis_ends_the_advice_to_wait_for_two_years():
    scan = measured(3, "2025-01-01", "tscore_min", -2.5, "1")
    man = [fact(4, "sex", None, sex="male"), fact(5, "birth_date", None, born=date(1960, 5, 1))]
    assert entry(record(ISM, scan, *man), "2026-06-01", "dxa-caimmi") is None
    assert entry(record(ISM, scan), "2026-06-01", "dxa-caimmi").applies is None
    said = found(6, "2025-01-01", "osteoporosis", "absent")
    assert entry(record(ISM, said, scan), "2026-06-01", "dxa-caimmi").applies is True
    assert entry(record(ISM), "2026-06-01", "dxa-caimmi") is None, "it does not ask for a first scan"


def test_a_questionnaire_is_due_again_only_for_those_who_use_it():
    assert entry(record(ISM), "2026-01-01", "mct-monthly") is None
    rec = record(fact(3, "questionnaire_answer", "2026-01-01", questionnaire="MCT", score=14.0))
    shown = entry(rec, "2026-01-30", "mct-monthly")
    assert (shown.state, shown.by, shown.last.result) == ("overdue", date(2026, 1, 29), "14")


def test_a_test_that_was_done_moves_the_date_and_facts_of_the_future_do_not():
    old, new = tryptase(3, "2025-01-01", 30), tryptase(4, "2025-10-01", 31)
    before = entry(record(ISM, old), "2026-01-01", "nccn-tryptase-ism")
    after = entry(record(ISM, old, new), "2026-01-01", "nccn-tryptase-ism")
    assert (before.by, after.by) == (date(2026, 1, 1), date(2026, 10, 1))
    assert entry(record(ISM, old, new), "2025-09-01", "nccn-tryptase-ism").last.day == date(2025, 1, 1)


def test_a_retracted_result_does_not_count():
    value = tryptase(3, "2025-10-01", 30)
    gone = fact(4, "retraction", None, replaces=value.id)
    assert entry(record(ISM, value, gone), "2026-01-01", "nccn-tryptase-ism").state == "not in the record"


def test_the_allele_fraction_counts_in_blood_only():
    def variant(n, tissue):
        return fact(
            n, "variant", "2025-12-01", gene="KIT", change="D816V", result="detected", tissue=tissue,
            allele_fraction={"value": 2.1, "unit": "%"},
        )  # fmt: skip

    ssm = diagnosis(1, "2025-01-10", "SSM")
    assert entry(record(ssm, variant(3, "marrow")), "2026-01-01", "vaf-ssm").state == "not in the record"
    shown = entry(record(ssm, variant(3, "blood")), "2026-01-01", "vaf-ssm")
    assert (shown.state, shown.last.result) == ("later", "2.1 %")


def test_months_end_where_a_month_is_shorter():
    assert later(date(2025, 8, 31), 6, "month") == date(2026, 2, 28)
    assert later(date(2023, 8, 31), 6, "month") == date(2024, 2, 29)
    assert later(date(2025, 12, 15), 12, "month") == date(2026, 12, 15)
    assert later(date(2025, 12, 15), 2, "week") == date(2025, 12, 29)


@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.integers(0, 36), st.sampled_from(["day", "week", "month"]))
def test_later_is_never_earlier_and_grows_with_the_count(day, count, unit):
    assert day <= later(day, count, unit) <= later(day, count + 1, unit)


days = st.dates(date(2024, 1, 1), date(2026, 6, 1)).map(date.isoformat)
facts = st.lists(
    st.one_of(
        st.tuples(st.just("tryptase"), days, st.sampled_from([5, 30, 250])),
        st.tuples(st.just("plt"), days, st.sampled_from([60, 75, 90, 100, 101])),
        st.tuples(st.just("diagnosis"), days, st.sampled_from(["ISM", "SSM", "ASM"])),
        st.tuples(st.just("course"), days, st.sampled_from(["avapritinib", "cetirizine"])),
    ),
    max_size=10,
)


def built(drawn):
    makers = {"tryptase": tryptase, "plt": platelets, "diagnosis": diagnosis, "course": course}
    return [makers[kind](n, when, value) for n, (kind, when, value) in enumerate(drawn, 1)]


@given(facts, st.randoms(use_true_random=False))
def test_the_order_of_facts_makes_no_difference(drawn, random):
    made = built(drawn)
    shuffled = list(made)
    random.shuffle(shuffled)
    day = date(2026, 6, 1)
    assert due(Record(ADA, ZONE, {f.id: f for f in made}), day) == due(
        Record(ADA, ZONE, {f.id: f for f in shuffled}), day
    )


@given(facts)
def test_a_further_tryptase_never_makes_an_interval_come_sooner(drawn):
    made = built(drawn)
    day = date(2026, 6, 1)
    before = {d.id: d for d in due(record(*made), day)}
    after = {d.id: d for d in due(record(*made, tryptase(99, "2026-06-01", 30)), day)}
    for name, old in before.items():
        if old.test == "tryptase" and old.by is not None:
            assert after[name].by >= old.by
            assert after[name].state != "overdue"
