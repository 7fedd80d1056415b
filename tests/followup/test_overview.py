"""All of follow-up in one value: the type of disease it takes, what it shows, and what it draws on."""

import json
from datetime import date

import pytest

from mastkit.followup import overview
from mastkit.reports.follow_up import sections
from tests.followup.cast import diagnosis, fact, found, measured, platelets, record, tryptase

ON = date(2026, 6, 1)
PERSON = (fact(90, "sex", None, sex="male"), fact(91, "birth_date", None, born=date(1955, 1, 1)))


def texts(shown):
    def lines(node):
        yield node.text
        for child in node.children:
            yield from lines(child)

    return {section.title: [line for node in section.nodes for line in lines(node)] for section in sections(shown)}


def test_the_stated_type_is_taken_and_the_day_is_told():
    shown = overview.for_record(record(*PERSON, diagnosis(1, "2026-01-01", "SM-AMN")), ON)
    assert shown.subtypes == ("SM-AHN",)
    assert shown.subtypes_from == "stated on 2026-01-01"


def test_without_a_stated_type_the_classification_says_what_is_possible():
    shown = overview.for_record(record(*PERSON), ON)
    assert shown.subtypes_from == "left open by the WHO classification"
    assert {"ISM", "ASM", "none"} <= set(shown.subtypes)
    assert shown.prognosis[0].applies is None
    assert overview.for_record(record(*PERSON), ON, subtypes={"MCL"}).subtypes == ("MCL",)
    with pytest.raises(ValueError, match="type of disease: found 'XYZ'"):
        overview.for_record(record(*PERSON), ON, subtypes={"XYZ"})


def test_values_genes_and_dates_of_the_record_reach_the_score():
    facts = [
        *PERSON,
        diagnosis(1, "2026-01-01", "ASM"),
        platelets(2, "2026-01-01", 90),
        measured(3, "2026-05-01", "hb", 95, "g/L"),
        *(
            fact(n, "variant", "2026-01-10", gene=gene, result=result)
            for n, gene, result in (
                (4, "SRSF2", "detected"),
                (5, "ASXL1", "not_detected"),
                (6, "RUNX1", "not_detected"),
            )
        ),
    ]
    mars = overview.for_record(record(*facts), ON).prognosis[0]
    assert mars.settled
    assert mars.points.low == 4
    assert mars.remarks == ("The values are 120 days apart, from 2026-01-01 (plt) to 2026-05-01 (hb).",)


def test_only_tests_with_values_have_a_trend_and_only_questionnaires_in_use_a_score():
    answers = fact(3, "questionnaire_answer", "2026-03-01", questionnaire="MCT", score=8.0)
    shown = overview.for_record(record(tryptase(1, "2026-01-01", 20), answers), ON)
    assert [t.code for t in shown.trends] == ["tryptase"]
    assert [s.questionnaire.id for s in shown.scores] == ["mct"]
    assert [one.test for one in shown.due] == ["mct"]


def test_a_case_sheet_has_prognosis_and_bones():
    shown = overview.for_sheet({"age": 70, "hb": 9, "plt": 90, "sex": "male", "tscore_min": -3}, subtypes={"ASM"})
    assert shown.prognosis[0].points.low == 3
    assert shown.bone.osteoporosis is True
    assert shown.due == shown.trends == ()
    json.dumps(shown.to_dict())


def test_the_sections_say_it_in_words():
    facts = [
        *PERSON,
        diagnosis(1, "2026-01-01", "ASM"),
        platelets(2, "2026-05-01", 90),
        measured(3, "2026-05-01", "hb", 95, "g/L"),
        measured(4, "2026-05-01", "tscore_min", -2.5, "1"),
        found(5, "2026-05-01", "vertebral_fracture"),
        *(tryptase(10 + n, f"2025-{n:02d}-01", x) for n, x in enumerate([28, 30, 31, 29, 32, 60], 1)),
        fact(20, "questionnaire_answer", "2026-05-30", questionnaire="ism-saf", score=40.0),
    ]
    shown = texts(overview.for_record(record(*facts), ON))
    assert list(shown) == ["Prognosis", "Bones", "Trends", "Symptom scores", "Due"]
    prognosis = shown["Prognosis"]
    assert prognosis[0] == "Type of disease: ASM (stated on 2026-01-01)"
    assert any(line.endswith("3 to 5 of at most 5 points, High risk") for line in prognosis)
    assert "published median survival, high, training (231 patients): 1.9 years" in prognosis
    assert "missing: srsf2, asxl1, runx1" in prognosis
    assert "Severe osteoporosis" in shown["Bones"]
    assert "own band from 5 values: 25.5 to 35.2 ng/mL; above it" in shown["Trends"]
    assert "The latest change is more than variation." in shown["Trends"]
    assert "One value only: there is no change to judge." in shown["Trends"]
    assert shown["Symptom scores"][0].endswith("filled in on 1 day, 7 are needed")
    assert any("Blueprint Medicines" in line for line in shown["Symptom scores"])
    assert any(line.startswith(("Platelet", "Full blood count")) for line in shown["Due"])


def test_a_score_that_is_open_says_for_whom_it_is():
    shown = texts(overview.for_sheet({"age": 70}))
    assert "applies only to: Advanced systemic mastocytosis: ASM, SM-AHN or MCL" in shown["Prognosis"]
    assert "Bones" not in shown


def test_the_overview_is_plain_data():
    facts = [*PERSON, diagnosis(1, "2026-01-01", "ISM"), tryptase(2, "2026-01-01", 20)]
    data = json.loads(json.dumps(overview.for_record(record(*facts), ON).to_dict()))
    assert set(data) == {"subtypes", "subtypes_from", "prognosis", "bone", "trends", "symptom_scores", "due"}
    assert data["prognosis"][0]["points"] is None
    assert data["trends"][0]["points"] == [{"day": "2026-01-01", "value": "20 ng/mL", "exact": True}]
