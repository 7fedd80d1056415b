"""Acts of an emergency were findings at first; they are read in the kind they have now, and nothing is lost."""

from typing import Any

import orjson
import pytest

from mastkit.record.facts import FACT, EmergencyAct, Finding
from mastkit.record.files import dump_record, parse_record

ACT = "0195621e-2e60-7b25-9a40-2c1d6b7e8f02"
CORRECTED = "0195621e-2e60-7b25-9a40-2c1d6b7e8f03"


def entry(kind: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": ACT,
        "time": {"at": "2026-03-04T23:00:00Z", "zone": "Europe/Berlin", "precision": "minute"},
        "recorded_at": "2026-03-04T23:01:00Z",
        "recorded_by": {"source": "self", "name": "Ben"},
        "note": "from the kitchen",
        **more,
    }


def before(**more: Any) -> dict[str, Any]:
    return entry("finding", **{"code": "emergency-act", "state": "present", "value": "Called 112"} | more)


def now(**more: Any) -> dict[str, Any]:
    return entry("emergency_act", text="Called 112", **more)


def file(*facts: dict[str, Any]) -> bytes:
    head = {"format": "mastkit-record", "version": 1, "id": "01956200-0000-7000-8000-00000000ada0"}
    return orjson.dumps({**head, "zone": "Europe/Berlin", "facts": list(facts)})


def test_it_is_read_as_the_act_that_it_is_and_written_so() -> None:
    old, new = parse_record(file(before())), parse_record(file(now()))
    assert old.problems == new.problems == ()
    (act,) = old.record
    assert isinstance(act, EmergencyAct)
    assert (act.text, act.note, act.recorded_by.name) == ("Called 112", "from the kitchen", "Ben")
    assert dump_record(old.record) == dump_record(new.record)


def test_both_forms_of_one_act_are_the_same_fact() -> None:
    both = parse_record(file(before(), now()))
    assert both.problems == ()
    assert len(both.record) == 1


def test_a_correction_in_the_new_kind_takes_the_place_of_the_old_form() -> None:
    corrected = now(replaces=ACT) | {"id": CORRECTED, "text": "Called 999"}
    read = parse_record(file(before(), corrected))
    assert read.problems == ()
    assert [act.text for act in read.record.current()] == ["Called 999"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "more",
    [{"state": "absent"}, {"value": None}, {"site": "thigh"}, {"method": "by telephone"}, {"code": "ascites"}],
)
def test_what_has_no_place_in_an_act_stays_a_finding(more: dict[str, Any]) -> None:
    content = {key: value for key, value in before(**more).items() if value is not None}
    content = content if content["code"] == "emergency-act" else content | {"value": "x"}
    if content["code"] == "ascites":
        del content["value"]
    fact = FACT.validate_json(orjson.dumps(content))
    assert isinstance(fact, Finding)
    assert FACT.dump_python(fact, mode="json", exclude_none=True)["code"] == content["code"]


def test_a_long_step_of_a_plan_fits_into_an_act() -> None:
    fact = FACT.validate_json(orjson.dumps(now() | {"text": "Lie down. " * 150}))
    assert isinstance(fact, EmergencyAct)
