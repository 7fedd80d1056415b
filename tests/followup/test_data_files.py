"""The data files of follow-up are complete: every row has its source, and nothing points to nowhere."""

import math

import pytest

from mastkit.followup import monitoring
from mastkit.followup.caution import caution_classes, procedure_notes
from mastkit.followup.history import medicine_named
from mastkit.followup.monitoring import follow_up_tests, schedules
from mastkit.followup.questionnaires import questionnaires
from mastkit.followup.sources import PACKAGE, sources
from mastkit.followup.variation import _quantiles, published_variation
from mastkit.rulebooks.variables import ADVANCED, NON_ADVANCED
from mastkit.vocabulary.tables import rows
from mastkit.vocabulary.terms import terms
from mastkit.vocabulary.variables import sheet_variables

FILES = (
    "sources.csv", "tests.csv", "monitoring.csv", "caution.csv", "procedures.csv", "questionnaires.csv",
    "questionnaire_scales.csv", "questionnaire_marks.csv", "variation.csv",
)  # fmt: skip
KINDS = {"measurement", "variant", "finding", "procedure", "appointment", "questionnaire"}


@pytest.mark.parametrize("file", FILES)
def test_every_row_has_every_column(file):
    for row in rows(file, PACKAGE):
        assert None not in row, row
        assert None not in row.values(), row


def test_every_source_is_used_and_described():
    used = set()
    for file in FILES[1:]:
        for row in rows(file, PACKAGE):
            used.add(row.get("source", ""))
            used |= {key for key in sources() if any(key in (text or "") for text in row.values())}
    assert set(sources()) <= used, set(sources()) - used
    assert all(source.reference for source in sources().values())


def test_every_row_says_how_far_it_is_verified():
    for file in FILES[2:]:
        assert {row["verified"] for row in rows(file, PACKAGE)} <= {"primary", "reprint", "unverified"}, file


def test_a_schedule_is_for_types_and_medicines_that_exist():
    medicines = {term.id for term in terms().values() if term.kind == "medicine"}
    for schedule in schedules():
        assert schedule.subtypes <= {*ADVANCED, *NON_ADVANCED}, schedule.id
        assert set(schedule.medicines) <= medicines, schedule.id
        assert schedule.reason, schedule.id
        assert schedule.plain, schedule.id
        if schedule.unit in ("day", "week", "month"):
            assert schedule.every_from is not None, schedule.id
            assert schedule.every_to is None or schedule.every_from <= schedule.every_to, schedule.id
    assert len({schedule.id for schedule in schedules()}) == len(schedules())


def test_a_test_is_shown_to_be_done_by_facts_that_there_are():
    assert {schedule.test.id for schedule in schedules()} == set(follow_up_tests())
    for test in follow_up_tests().values():
        assert test.counts, test.id
        assert {done.kind for done in (*test.counts, *test.shows)} <= KINDS
        assert set(test.shows) <= set(test.counts), test.id


def test_a_wrong_row_is_named(monkeypatch):
    row = next(rows("monitoring.csv", PACKAGE)) | {"unit": "fortnight"}
    monkeypatch.setattr(monitoring, "rows", lambda *_: iter([row]))
    with pytest.raises(ValueError, match=r"monitoring.csv, row once-tryptase: found 'fortnight', expected one of"):
        list(monitoring._schedules())


def test_the_three_forms_of_a_condition_on_the_last_result():
    below, between, above = (monitoring._last(text) for text in ("<75", "75-100", ">100"))
    assert (below.high, between.low, between.high) == (math.nextafter(75, 0), 75, 100)
    assert above.low == math.nextafter(100, 200)
    with pytest.raises(ValueError, match="expected such as <75"):
        monitoring._last("about 75")


def test_a_medicine_of_a_caution_class_is_named_as_the_vocabulary_names_it():
    for rule in caution_classes().values():
        for name in rule.names:
            assert medicine_named(name) == name, (rule.id, name)
    names = [name for rule in caution_classes().values() for name in rule.names]
    assert len(names) == len(set(names))


def test_contested_classes_give_both_positions():
    for rule in caution_classes().values():
        assert (len(rule.positions) == 2) == rule.contested, rule.id
    assert {rule.id for rule in caution_classes().values() if rule.contested} == {"succinylcholine", "nsaid"}


def test_a_procedure_of_a_class_is_a_procedure():
    assert {p for rule in caution_classes().values() for p in rule.procedures} <= set(procedure_notes())


def test_no_questionnaire_carries_the_wording_of_an_item():
    for questionnaire in questionnaires().values():
        assert questionnaire.licence, questionnaire.id
        for scale in questionnaire.scales:
            assert all(len(item) <= 20 and " " not in item for item in scale.items), scale.id


def test_a_scored_questionnaire_has_the_limits_that_its_items_give():
    for q in questionnaires().values():
        if not q.scored:
            assert q.scales == (), q.id
            continue
        total = q.scale("total")
        assert len(total.items) == q.items
        assert (q.total_low, q.total_high) == (q.items * q.item_low, q.items * q.item_high), q.id
        assert all(set(scale.items) <= set(total.items) for scale in q.scales)


def test_published_variation_is_of_tests_that_exist():
    for variation in published_variation():
        assert variation.test == "tryptase" or variation.test in sheet_variables()
        assert (variation.ratio is None) == (variation.kind == "context")


def test_the_table_of_student_t_is_right():
    """The share of Student's t beyond each quantile, by numerical integration, is 2.5 %."""
    for values, quantile in _quantiles().items():
        freedom = values - 1
        scale = math.gamma((freedom + 1) / 2) / (math.sqrt(freedom * math.pi) * math.gamma(freedom / 2))
        steps = 4000
        width = quantile / steps
        ends = [scale * (1 + (i * width) ** 2 / freedom) ** (-(freedom + 1) / 2) for i in range(steps + 1)]
        inside = width * (sum(ends) - (ends[0] + ends[-1]) / 2)
        assert abs(0.5 - inside - 0.025) < 0.00003, values
