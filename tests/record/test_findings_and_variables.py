"""A finding says what it says about the variable of its name, and nothing more."""

import pytest
from pydantic import ValidationError

from mastkit.record.facts import KINDS, Finding, fields_of
from tests.record.people import fact


def finding(**more: object) -> Finding:
    made = fact(1, "finding", **more)
    assert isinstance(made, Finding)
    return made


@pytest.mark.parametrize(
    ("code", "state", "value", "says"),
    [
        ("bm_aggregates_multifocal", "present", None, True),
        ("bm_aggregates_multifocal", "absent", None, False),
        ("bm_aggregates_multifocal", "unknown", None, None),
        ("cd25", "present", None, "true"),
        ("cd25", "absent", None, "false"),
        ("cd25", "present", "partial", "partial"),
        ("skin_lesions", "absent", None, "none"),
        ("skin_lesions", "present", None, "present"),
        ("splenomegaly", "absent", "not_palpable", "not_palpable"),
        ("ahn_diagnosis", "present", "CMML", "CMML"),
        ("a word of their own", "present", None, True),
    ],
)
def test_what_a_finding_says(code: str, state: str, value: str | None, says: object) -> None:
    assert finding(code=code, state=state, value=value).sheet_value() == says


@pytest.mark.parametrize(
    ("code", "state", "value"),
    [
        ("cd25", "absent", "true"),
        ("tk_fusion", "present", None),
        ("darier_sign", "present", "yes"),
        ("age", "present", None),
    ],
)
def test_contradictions_are_refused(code: str, state: str, value: str | None) -> None:
    with pytest.raises(ValidationError):
        finding(code=code, state=state, value=value)


def test_every_field_of_every_kind_is_described() -> None:
    assert len(KINDS) == 22
    for model in KINDS:
        kind = model.model_fields["kind"].default
        assert fields_of(kind) == tuple(model.model_fields)
        assert model.__doc__
        for name, field in model.model_fields.items():
            assert name == "kind" or field.description, (model, name)
