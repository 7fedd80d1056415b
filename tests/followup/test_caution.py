"""Caution: own reactions first and for ever, own tolerance next, the contested class last."""

from datetime import date

import pytest

from mastkit.followup.caution import cautions
from mastkit.followup.experience import experiences
from tests.followup.cast import course, fact, found, moment, record

ON = date(2026, 6, 1)


def of(rec, what, on=ON):
    (entry,) = cautions(rec, what, on).items
    return entry


def dose(n, when, medicine, **more):
    return fact(n, "dose", when, medicine=medicine, **more)


def flare(n, when, *suspected, **more):
    return fact(n, "flare", when, suspected=suspected, **more)


def check_in(n, when, ticked=()):
    return fact(
        n, "check_in", when, asked=("flushing", "pruritus"), ticked=tuple({"code": code} for code in ticked)
    )


@pytest.mark.parametrize(
    ("what", "standing", "contested"),
    [
        ("morphine", "caution", False),
        ("pethidine", "caution", False),
        ("Vancomycin", "caution", False),
        ("ibuprofen", "caution", True),
        ("suxamethonium", "caution", True),
        ("propofol", "usually tolerated", False),
        ("paracetamol", "usually tolerated", False),
        ("cisatracurium", "note", False),
        ("atracurium", "caution", False),
        ("cetirizine", "not listed", False),
        ("nsaid", "caution", True),
        ("metoprolol", "caution", False),
    ],
)
def test_a_class_stands_where_the_record_says_nothing(what, standing, contested):
    entry = of(record(), what)
    assert (entry.standing, entry.contested, entry.own) == (standing, contested, ())


def test_both_positions_of_a_contested_entry_are_shown():
    rule = of(record(), "succinylcholine").to_dict()["class"]
    assert rule["contested"] is True
    assert len(rule["positions"]) == 2
    assert rule["verified"] == "unverified"


def test_beta_blockers_never_stand_against_adrenaline():
    for what in ("propranolol", "ramipril"):
        assert "adrenaline is never withheld" in of(record(), what).rule.says


def test_what_was_tolerated_overrides_the_class():
    said = found(1, "2026-01-05", "medicine_tolerated", value="Ibuprofen")
    entry = of(record(said), "ibuprofen")
    assert entry.standing == "tolerated"
    assert [(e.kind, e.day) for e in entry.own] == [("tolerated", date(2026, 1, 5))]
    assert entry.rule is not None


def test_what_the_person_reacted_to_overrides_a_class_that_is_usually_tolerated():
    assert of(record(flare(1, "2025-05-01T10:00", "propofol")), "propofol").standing == "reacted"
    assert (
        of(record(found(1, "2025-05-01", "medicine_reaction", value="Propofol")), "propofol").standing == "reacted"
    )
    assert of(record(course(1, "2025-05-01", "propofol", response="worse")), "propofol").standing == "reacted"


def test_a_reaction_is_never_cleared_by_a_later_good_experience():
    facts = [
        flare(1, "2024-05-01T10:00", "ibuprofen", anaphylaxis=True),
        found(2, "2026-01-05", "medicine_tolerated", value="ibuprofen"),
    ]
    entry = of(record(*facts), "ibuprofen")
    assert entry.standing == "reacted"
    assert entry.severe
    assert [e.kind for e in entry.own] == ["reacted", "tolerated"]


def test_a_dose_with_nothing_recorded_after_it_proves_nothing():
    entry = of(record(dose(1, "2026-01-05T10:00", "ibuprofen")), "ibuprofen")
    assert entry.standing == "caution"
    assert [e.kind for e in entry.own] == ["taken"]


@pytest.mark.parametrize(
    ("when", "ticked", "kind"),
    [
        ("2026-01-05T12:00", (), "tolerated"),
        ("2026-01-06T10:00", (), "tolerated"),
        ("2026-01-05T11:59", (), "taken"),
        ("2026-01-06T10:01", (), "taken"),
        ("2026-01-05T12:00", ("flushing",), "taken"),
        ("2026-01-05", (), "taken"),
    ],
)
def test_a_check_in_with_nothing_on_it_counts_from_two_hours_to_a_day_later(when, ticked, kind):
    facts = [dose(1, "2026-01-05T10:00", "ibuprofen"), check_in(2, when, ticked)]
    assert [e.kind for e in experiences(record(*facts), ON)] == [kind]


def test_a_flare_soon_after_a_dose_makes_it_no_tolerance_and_no_reaction():
    facts = [
        dose(1, "2026-01-05T10:00", "ibuprofen"),
        flare(2, "2026-01-05T11:00"),
        check_in(3, "2026-01-05T13:00"),
    ]
    assert experiences(record(*facts), ON) == []
    late = [dose(1, "2026-01-05T10:00", "ibuprofen"), flare(2, "2026-01-06T10:01")]
    assert [e.kind for e in experiences(record(*late), ON)] == ["taken"]


def test_a_dose_taken_for_a_flare_shows_nothing_of_tolerance():
    attack = flare(1, "2026-01-04T10:00")
    assert experiences(record(attack, dose(2, "2026-01-07T10:00", "ibuprofen", flare=attack.id)), ON) == []
    assert experiences(record(dose(2, "2026-01-07T10:00", "ibuprofen", status="skipped")), ON) == []


def test_facts_after_the_day_are_not_looked_at():
    rec = record(flare(1, "2026-07-01T10:00", "propofol"))
    assert of(rec, "propofol").standing == "usually tolerated"
    assert of(rec, "propofol", date(2026, 8, 1)).standing == "reacted"


def test_a_class_counts_what_was_said_of_its_medicines():
    entry = of(record(found(1, "2026-01-05", "medicine_reaction", value="naproxen")), "nsaid")
    assert entry.standing == "reacted"
    assert [e.medicine for e in entry.own] == ["naproxen"]


def test_the_sheet_for_a_procedure_puts_the_person_first():
    facts = [
        flare(1, "2024-05-01T10:00", "wasp_sting", anaphylaxis=True),
        found(2, "2025-05-01", "medicine_reaction", value="ibuprofen"),
        found(3, "2025-06-01", "medicine_tolerated", value="morphine"),
        course(4, "2025-07-01", "metoprolol"),
        course(5, "2025-07-01", "ramipril", end=moment("2025-08-01")),
    ]
    sheet = cautions(record(*facts), "general anaesthesia", ON)
    assert sheet.procedure.id == "anaesthesia"
    assert "726 anaesthetics" in sheet.procedure.says
    standings = {entry.name: entry.standing for entry in sheet.items}
    assert list(standings)[:2] == ["wasp_sting", "ibuprofen"]
    assert standings["morphine"] == "tolerated"
    assert standings["metoprolol"] == "caution"
    assert "ramipril" not in standings
    assert standings["opioid that may release histamine"] == "caution"


def test_a_procedure_without_classes_still_shows_what_the_person_reacted_to():
    sheet = cautions(record(flare(1, "2024-05-01T10:00", "ibuprofen")), "contrast medium", ON)
    assert sheet.procedure.id == "contrast"
    assert [entry.standing for entry in sheet.items] == ["reacted"]
    assert cautions(record(), "vaccine", ON).procedure.id == "vaccination"


def test_the_dict_is_plain_data():
    import json

    sheet = cautions(record(flare(1, "2024-05-01T10:00", "ibuprofen")), "surgery", ON)
    assert '"contested": true' in json.dumps(sheet.to_dict())


def test_an_experience_says_what_was_recorded():
    facts = [
        flare(1, "2024-05-01T10:00", "ibuprofen", anaphylaxis=True),
        flare(2, "2024-06-01T10:00", "naproxen", anaphylaxis=False),
        found(3, "2024-07-01", "medicine_reaction", value="Codeine"),
        found(4, "2024-08-01", "medicine_tolerated", value="Propofol"),
        found(5, "2024-08-02", "medicine_tolerated", "absent", value="Ketamine"),
        course(6, "2024-09-01", "cetirizine", response="better"),
        course(7, "2024-09-02", "famotidine", response="worse"),
        course(8, "2024-09-03", "montelukast"),
        dose(9, "2024-10-01T10:00", "paracetamol"),
        fact(10, "exposure", "2024-11-01T10:00", code="morphine", symptoms_already_there=True),
        fact(11, "exposure", "2024-11-02T10:00", code="codeine"),
    ]
    got = [(e.medicine, e.kind, e.severe, e.words, e.day) for e in experiences(record(*facts), ON)]
    assert got == [
        ("ibuprofen", "reacted", True, "suspected in anaphylaxis", date(2024, 5, 1)),
        ("naproxen", "reacted", False, "suspected in a flare", date(2024, 6, 1)),
        ("codeine", "reacted", False, "said to have caused a reaction", date(2024, 7, 1)),
        ("propofol", "tolerated", False, "said to be tolerated", date(2024, 8, 1)),
        ("cetirizine", "tolerated", False, "taken regularly; symptoms were better", date(2024, 9, 1)),
        ("famotidine", "reacted", False, "taken regularly; symptoms were worse", date(2024, 9, 2)),
        ("acetaminophen", "taken", False, "taken; nothing was recorded after it", date(2024, 10, 1)),
        ("codeine", "taken", False, "taken; nothing was recorded after it", date(2024, 11, 2)),
    ]
    first = experiences(record(*facts), ON)[0]
    assert first.to_dict() == {
        "medicine": "ibuprofen",
        "kind": "reacted",
        "day": "2024-05-01",
        "severe": True,
        "words": "suspected in anaphylaxis",
        "fact": str(facts[0].id),
    }


def test_a_caution_and_a_sheet_are_whole_as_plain_data():
    rec = record(found(1, "2026-01-05", "medicine_tolerated", value="ketamine"))
    (item,) = cautions(rec, " Ketamine ", ON).to_dict()["items"]
    assert item == {
        "name": "Ketamine",
        "standing": "tolerated",
        "severe": False,
        "own": [e.to_dict() for e in experiences(rec, ON)],
        "class": {
            "id": "hypnotic-usual",
            "title": "hypnotic usually tolerated",
            "advice": "usually tolerated",
            "says": "listed as usually acceptable",
            "plain": "Most people with mast cell disease tolerate this medicine",
            "contested": False,
            "positions": [],
            "source": item["class"]["source"],
            "verified": "reprint",
        },
    }
    assert item["class"]["source"]["key"] == "CRA18"
    assert of(rec, "unheard-of").to_dict()["class"] is None
    sheet = cautions(rec, "dental", ON).to_dict()
    assert sheet["asked"] == "dental"
    note = sheet["procedure"]
    assert (note["id"], note["label"], note["verified"]) == ("dental", "Dental treatment", "reprint")
    assert note["source"]["key"] == "MATITO15"
    assert note["says"].startswith("local anaesthesia made up 76 %")
    assert note["plain"] == "Local anaesthetics are usually tolerated"
    assert cautions(rec, "ketamine", ON).to_dict()["procedure"] is None
