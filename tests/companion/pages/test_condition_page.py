from datetime import date

from mastkit.companion.pages.condition import condition
from tests.companion.pages.making import at, fact, record_of

TODAY = date(2026, 3, 20)


def test_an_empty_record_is_undecided_and_says_what_would_help():
    page = condition(record_of(), TODAY)
    assert page.nothing_known
    assert [verdict.system for verdict in page.verdicts] == ["who-2022", "icc-2022"]
    for verdict in page.verdicts:
        assert verdict.answer == "Cannot be decided yet"
        assert verdict.missing
        assert {mark.mark for mark in verdict.marks} <= {"yes", "no", "unknown"}


def test_unknown_is_never_shown_as_not_met():
    page = condition(record_of(), TODAY)
    marks = {mark.id: mark.word for verdict in page.verdicts for mark in verdict.marks}
    assert "not known yet" in marks.values()
    # The ICC presumes that there is no gene fusion where none was looked for, and says so.
    assert [name for name, word in marks.items() if word == "met"] == ["ICC-f1"]


def test_a_finding_is_a_ground_with_its_source():
    finding = fact("finding", time=at(24), code="bm_aggregates_multifocal", state="present")
    page = condition(record_of(finding), TODAY)
    assert not page.nothing_known
    met = [mark for mark in page.verdicts[0].marks if mark.mark == "yes"]
    assert met
    assert all(mark.source and mark.verified for mark in met)
    assert page.sources


def test_a_stated_diagnosis_stands_beside_what_the_record_gives():
    stated = fact("diagnosis", time=at(30), label="Cutaneous mastocytosis", stated_by="Dr Cole")
    page = condition(record_of(stated), TODAY)
    assert page.stated is not None
    assert (page.stated.label, page.stated.by) == ("Cutaneous mastocytosis", "Dr Cole")
    assert {fit.mark for fit in page.stated.fits} == {"unknown"}
    assert not page.stated.misfit


def test_a_stated_diagnosis_that_the_record_cannot_give_is_pointed_out():
    findings = [
        fact("finding", time=at(24), code="bm_aggregates_multifocal", state="present"),
        fact("finding", time=at(24), code="ihc_tryptase_positive", state="present"),
        fact("variant", time=at(24), gene="KIT", change="D816V", result="detected", tissue="marrow"),
    ]
    stated = fact("diagnosis", time=at(30), label="Cutaneous mastocytosis", status="confirmed")
    page = condition(record_of(*findings, stated), TODAY)
    assert page.stated is not None
    assert page.stated.misfit
    assert {fit.mark for fit in page.stated.fits} == {"no"}
