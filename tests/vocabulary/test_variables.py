"""The variables of a case sheet are complete and read-only."""

import dataclasses

import pytest

from mastkit.vocabulary.variables import clinical_tests, sheet_variables


def test_a_case_sheet_has_121_variables_in_the_order_of_the_file():
    names = list(sheet_variables())
    assert len(names) == 121
    assert names[0] == "age"
    assert names[-1] == "hymenoptera_trigger"


def test_every_variable_is_described_for_the_clinician_and_for_the_person():
    for variable in sheet_variables().values():
        assert variable.label, variable.name
        assert variable.plain_label, variable.name
        assert variable.meaning, variable.name


def test_no_two_variables_share_a_label():
    variables = sheet_variables().values()
    assert len({variable.label for variable in variables}) == len(variables)
    assert len({variable.plain_label for variable in variables}) == len(variables)


def test_every_variable_is_settled_by_a_test_that_exists_and_every_test_settles_one():
    assert {variable.test for variable in sheet_variables().values()} == set(clinical_tests())


def test_the_words_of_a_variable_fit_its_kind():
    for variable in sheet_variables().values():
        if variable.kind == "boolean":
            assert variable.values == ("true", "false"), variable.name
        elif variable.kind == "choice":
            assert len(variable.values) > 1, variable.name
            assert len(set(variable.values)) == len(variable.values), variable.name
        else:
            assert variable.values == (), variable.name


def test_only_numbers_have_units_and_limits_and_every_number_has_a_unit():
    for variable in sheet_variables().values():
        if variable.kind == "number":
            assert variable.unit, variable.name
        else:
            assert (variable.unit, variable.low, variable.high) == ("", None, None), variable.name
            assert not variable.integer, variable.name


def test_limits_are_in_order():
    for variable in sheet_variables().values():
        if variable.low is not None and variable.high is not None:
            assert variable.low < variable.high, variable.name
    assert sheet_variables()["tscore_min"].low is None, "a T-score may be negative"
    assert sheet_variables()["kit_d816v_vaf_pct"].high == 100


def test_tests_stand_least_burden_first():
    burdens = [test.burden for test in clinical_tests().values()]
    assert burdens == sorted(burdens)
    assert set(burdens) == set(range(8))
    assert all(test.label and test.plain_label for test in clinical_tests().values())


def test_nobody_can_change_what_everybody_reads():
    with pytest.raises(TypeError):
        sheet_variables()["age"] = sheet_variables()["sex"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        sheet_variables()["age"].label = "Years"
    assert sheet_variables() is sheet_variables()
