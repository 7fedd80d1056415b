"""The shipped codes: check digits, licences, verification, and one meaning a code."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from mastkit.vocabulary.terms import Code, Term, codes_of, systems, terms

# Remarks on how a code is used; they say nothing of what it means.
REMARKS_ON_USE = ("category", "needs a 7th character", "diagnosis code", "do not assign")

PAIRS = [(term, code) for term in terms().values() for code in codes_of(term)]


def of_system(system: str) -> list[str]:
    codes = sorted({code.code for _, code in PAIRS if code.system == system})
    assert codes, system
    return codes


def luhn_is_right(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def verhoeff_is_right(digits: str) -> bool:
    """Walk the dihedral group of ten elements, as Verhoeff's table does."""
    permutation = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    check = 0
    for digit in reversed(digits):
        check = product(check, permutation[int(digit)])
        permutation = [permutation[step[number]] for number in range(10)]
    return check == 0


def product(left: int, right: int) -> int:
    """Multiply in the dihedral group D5: 0 to 4 turn, 5 to 9 turn and mirror."""
    turned = (left - right if left >= 5 else left + right) % 5
    return turned + 5 * ((left >= 5) != (right >= 5))


def test_the_check_digits_are_computed_right():
    assert luhn_is_right("215822")
    assert not luhn_is_right("443409"), "recalled once for N-methylhistamine; the right code is 44340-8"
    assert verhoeff_is_right("2363"), "the example of the textbook: 236 has the check digit 3"
    assert not verhoeff_is_right("2364")
    assert not verhoeff_is_right("3263"), "neighbours exchanged"


@pytest.mark.parametrize("code", of_system("LOINC"))
def test_loinc_check_digit(code):
    number, hyphen, check = code.partition("-")
    assert hyphen
    assert luhn_is_right(number + check)


@pytest.mark.parametrize("code", of_system("SNOMED CT"))
def test_snomed_check_digit(code):
    assert verhoeff_is_right(code)


def test_every_code_is_verified_and_has_a_source():
    for term, code in PAIRS:
        assert code.code.strip(), term
        assert code.source.strip(), (term, code)
    for row in csv_rows("codes.csv"):
        assert row["verified"] in {"seen", "memory"}, row
        assert row["code"], row


def test_every_code_belongs_to_a_term_and_every_system_is_described():
    assert {(row["kind"], row["id"]) for row in csv_rows("codes.csv")} <= set(terms())
    assert {code.system for _, code in PAIRS} == set(systems())
    for system in systems().values():
        assert system.licence, system.name
        assert system.attribution, system.name
        assert system.version, system.name
        assert system.where, system.name
        assert system.licence_read in {"seen", "part seen", "recalled", "not read"}, system.name


def test_no_label_is_shipped_that_may_not_be():
    for term, code in PAIRS:
        if not systems()[code.system].may_ship_labels:
            assert code.label == "", (term, code)


def test_no_system_whose_licence_was_not_read_ships_labels():
    for system in systems().values():
        assert not (system.licence_read == "not read" and system.may_ship_labels), system.name


def test_snomed_labels_are_those_of_the_global_patient_set_alone():
    for term, code in PAIRS:
        if code.system == "SNOMED CT" and code.label:
            assert "[in GPS-2020]" in code.source, (term, code)


def test_loinc_names_are_unaltered_and_no_questionnaire_of_an_owner_is_among_them():
    for term, code in PAIRS:
        if code.system == "LOINC":
            assert "name on" not in code.label, (term, code)
            assert "inferred" not in code.label, (term, code)
            assert "PHQ" not in code.label, (term, code)


def test_an_omop_name_is_the_shipped_name_of_its_source_system():
    for term in terms().values():
        shipped = {
            code.label.casefold().partition(" (")[0]
            for code in codes_of(term)
            if code.system in {"SNOMED CT", "LOINC", "RxNorm"} and code.label
        }
        for code in codes_of(term):
            if code.system == "OMOP" and code.label:
                assert code.label.casefold().partition(" (")[0] in shipped, (term, code)


def test_no_code_has_two_meanings():
    """At most one term has a shared code for its own; all the others say how they differ from it."""
    shared: dict[tuple[str, str], list[tuple[Term, Code]]] = defaultdict(list)
    for term, code in PAIRS:
        shared[code.system, code.code].append((term, code))
    for (system, number), pairs in shared.items():
        silent = [term.id for term, code in pairs if not remarks_on_meaning(code)]
        assert len(pairs) == 1 or len(silent) <= 1, (system, number, silent)


def test_a_subtype_never_has_the_billing_code_of_systemic_mastocytosis_for_its_own():
    for subtype in ("ism", "bmm", "ssm", "sm-ahn"):
        (code,) = (code for code in codes_of(terms()["subtype", subtype]) if code.system == "ICD-10-CM")
        assert code.code == "D47.02"
        assert "inclusion term" in code.match


def test_a_trigger_has_no_allergy_status_without_a_warning():
    for term, code in PAIRS:
        if term.kind == "trigger" and code.system == "ICD-10-CM" and code.code.startswith("Z"):
            assert "never for an exposure" in code.match, (term, code)


def test_a_diagnosis_of_mood_or_sleep_is_not_given_from_a_diary():
    for system, number in (("ICD-10-CM", "F32.A"), ("ICD-10-CM", "F41.9"), ("ICD-10-CM", "G47.00")):
        (code,) = (code for _, code in PAIRS if (code.system, code.code) == (system, number))
        assert "do not assign from a self-report" in code.match


def test_mediators_with_another_denominator_are_other_terms():
    methylhistamine = {
        code.code: (term.id, code.unit)
        for term, code in PAIRS
        if code.system == "LOINC" and "methylhistamine" in term.label.casefold()
    }
    assert len(methylhistamine) == 4
    assert len({term for term, _ in methylhistamine.values()}) == 4


def test_the_kit_variant_is_the_one_of_the_publications():
    variant = terms()["variant", "kit-d816v"]
    (coding,) = (code for code in codes_of(variant) if code.system == "HGVS coding")
    assert coding.code.endswith(":c.2447A>T")


def test_a_medicine_keeps_its_role_apart_from_its_names():
    for term in terms().values():
        assert not any("role:" in synonym for synonym in term.synonyms), term
        assert len(set(term.synonyms)) == len(term.synonyms), term
    assert terms()["medicine-caution", "ibuprofen"].role == "NSAID"


def test_every_term_has_both_labels():
    for term in terms().values():
        assert term.label, term
        assert term.plain_label, term


def remarks_on_meaning(code: Code) -> list[str]:
    return [remark for remark in code.match.split("; ") if remark and not remark.startswith(REMARKS_ON_USE)]


def csv_rows(name: str) -> list[dict[str, str]]:
    data = Path(__file__).parents[2] / "src" / "mastkit" / "vocabulary" / "data"
    with (data / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
