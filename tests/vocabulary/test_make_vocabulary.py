"""The script that makes the terms and codes keeps what the licences permit and refuses what is unclear."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools" / "make_vocabulary.py"
SYSTEMS = {
    "HPO": True, "LOINC": True, "SNOMED CT": True, "OMOP": True, "RxNorm": True, "ICD-10 WHO": False
}  # fmt: skip

specification = importlib.util.spec_from_file_location("make_vocabulary", SCRIPT)
assert specification is not None
assert specification.loader is not None
script = importlib.util.module_from_spec(specification)
specification.loader.exec_module(script)


def row(system="HPO", code="HP:0031284", code_label="Flushing", source="a file", **other):
    term = {
        "kind": "symptom", "id": "flushing", "label": "Flushing", "plain_label": "Sudden redness",
        "synonyms": "flush", "unit": "", "verified": "seen",
    }  # fmt: skip
    return {**term, "system": system, "code": code, "code_label": code_label, "source": source, **other}


def make(*rows, labels=(), remarks=()):
    return script.make(rows, SYSTEMS, labels, remarks)


def only_code(*rows, **changes):
    _, (code,) = make(*rows, **changes)
    return code


def test_a_code_keeps_its_label_verification_and_source():
    code = only_code(row())
    assert code["code_label"] == "Flushing"
    assert (code["verified"], code["source"], code["match"]) == ("seen", "a file", "")


def test_a_term_without_a_verified_code_stays_a_term():
    terms, codes = make(row(code="", code_label="", verified="", source="not verified"))
    assert [term["id"] for term in terms] == ["flushing"]
    assert codes == []


def test_a_label_that_may_not_be_shipped_is_left_out_and_its_code_stays():
    code = only_code(row("ICD-10 WHO", "R23.2", "A label of the WHO"))
    assert (code["code"], code["code_label"]) == ("R23.2", "")


def test_a_snomed_label_needs_the_global_patient_set():
    assert only_code(row("SNOMED CT", "1", "Flushing", "list [in GPS-2020]"))["code_label"] == "Flushing"
    outside = only_code(row("SNOMED CT", "1", "Flushing", "list [not in GPS-2020; see licence note]"))
    assert outside["code_label"] == ""
    assert outside["source"] == "list [not in GPS-2020; see licence note]"


@pytest.mark.parametrize(
    ("name", "source", "shipped"),
    [
        ("Tryptase [Mass/volume] in Serum or Plasma", "CONCEPT.csv @1", True),
        ("Tryptase (name on the lab page)", "a laboratory's page", False),
        ("Generalized anxiety disorder 7 item", "CONCEPT.csv @1", False),
    ],
)
def test_a_loinc_name_is_shipped_only_as_loinc_writes_it(name, source, shipped):
    assert bool(only_code(row("LOINC", "21582-2", name, source))["code_label"]) is shipped


def test_an_omop_name_follows_its_source_system():
    gps = row("SNOMED CT", "1", "Flushing (finding)", "list [in GPS-2020]")
    _, (_, omop) = make(gps, row("OMOP", "7", "Flushing"))
    assert omop["code_label"] == "Flushing"
    assert only_code(row("OMOP", "7", "Flushing"))["code_label"] == ""


def test_match_remarks_leave_the_source_and_notes_on_the_reading_stay():
    code = only_code(row(source="file [2] of a list [standard] [match: broader] [needs a 7th character]"))
    assert code["match"] == "broader; needs a 7th character"
    assert code["source"] == "file [2] of a list [standard]"


def test_a_remark_of_this_project_is_added_first():
    remark = {"system": "HPO", "code": "HP:0031284", "kind": "symptom", "id": "flushing", "match": "wider"}
    assert only_code(row(source="a file [needs a 7th character]"), remarks=[remark])["match"] == (
        "wider; needs a 7th character"
    )


def test_a_role_is_no_synonym():
    (term,), _ = make(row(synonyms="paracetamol; role: Symptom; paracetamol"))
    assert (term["synonyms"], term["role"]) == ("paracetamol", "Symptom")


def test_a_term_gets_our_own_label():
    (term,), _ = make(row(), row(code="x"), labels=[{"kind": "symptom", "id": "flushing", "label": "A flush"}])
    assert term["label"] == "A flush"


@pytest.mark.parametrize(
    ("rows", "changes", "says"),
    [
        ([row("CPT", "1")], {}, "systems.csv does not say"),
        ([row(verified="")], {}, "no verification"),
        ([row(), row(code="x", label="Redness")], {}, "differently"),
        ([row()], {"labels": [{"kind": "symptom", "id": "gone", "label": "x"}]}, "fits no row: symptom gone"),
        (
            [row()],
            {"remarks": [{"system": "HPO", "code": "x", "kind": "symptom", "id": "gone", "match": "x"}]},
            "fits no row: HPO x",
        ),
    ],
)
def test_what_is_unclear_stops_the_script(rows, changes, says):
    with pytest.raises(SystemExit, match=says):
        make(*rows, **changes)


def test_a_file_without_its_columns_is_refused_in_one_sentence(tmp_path):
    bad = tmp_path / "codes.csv"
    bad.write_text("kind,id\nsymptom,flushing\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"codes\.csv: the columns label, .* are missing"):
        list(script.read(bad, script.COLUMNS))


def test_the_written_file_is_read_back_as_it_was(tmp_path):
    terms, codes = make(row(synonyms='flush; "hot, red"'))
    script.write(tmp_path / "terms.csv", script.TERM_COLUMNS, terms)
    assert list(script.read(tmp_path / "terms.csv")) == terms
    script.write(tmp_path / "codes.csv", script.CODE_COLUMNS, codes)
    assert list(script.read(tmp_path / "codes.csv")) == codes
