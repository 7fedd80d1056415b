"""The record file: nothing is lost, good facts are kept, and each bad one has its sentence."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mastkit.record.facts import CheckIn, Measurement
from mastkit.record.files import dump_record, parse_record, read_record, write_record
from mastkit.record.ids import new_id, uuid7
from mastkit.record.problems import CannotRead
from mastkit.record.record import Record
from tests.record.people import ADA, fact

EXAMPLE = Path(__file__).parents[2] / "examples" / "ada.json"
HEAD = {"format": "mastkit-record", "version": 1, "id": str(ADA), "zone": "Europe/Berlin"}
TIME = {"at": "2026-03-12T09:30:00Z", "zone": "Europe/Berlin", "precision": "minute"}


def entry(kind: str, n: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": f"01990000-0000-7000-8000-00000000000{n}",
        "recorded_at": "2026-03-12T09:30:00Z",
        "recorded_by": {"source": "self"},
        **more,
    }


def sentences(*entries: Any, **head: Any) -> list[str]:
    read = parse_record(orjson.dumps({**HEAD, **head, "facts": list(entries)}), "ada.json")
    assert len(read.record) + len(read.rejected) == len(entries)
    return [problem.sentence() for problem in read.problems]


def test_the_example_is_read_and_written_byte_for_byte() -> None:
    read = read_record(EXAMPLE)
    assert read.problems == ()
    assert dump_record(read.record) == EXAMPLE.read_bytes()


def test_the_example_tells_its_story() -> None:
    current = read_record(EXAMPLE).record.current()
    tryptase = [f for f in current if isinstance(f, Measurement) and f.code == "tryptase"]
    assert [(f.context, f.quantity.value) for f in tryptase] == [
        ("baseline", 31.2),
        ("event", 58),
        ("baseline", 29.5),
    ]
    (check_in,) = (f for f in current if isinstance(f, CheckIn))
    assert check_in.asked
    assert not check_in.ticked


def test_good_facts_are_kept_and_bad_ones_have_their_sentence() -> None:
    where = 'ada.json, fact 2, id "01990000-0000-7000-8000-000000000001"'
    good = entry("sex", 2, sex="female")
    tryptase = {"code": "tryptase", "time": TIME}
    for bad, says in [
        (entry("flar"), f'{where}, field kind: found "flar", expected "flare".'),
        (
            entry("measurement", quantity={"value": 3, "unit": "mmol/L"}, **tryptase),
            f"{where}, field quantity: found 3 mmol/L, expected a unit that fits ng/mL for tryptase.",
        ),
        (
            entry("measurement", quantity={"value": "3", "unit": "ng/mL"}, **tryptase),
            f'{where}, field quantity.value: found "3", expected a valid number.',
        ),
        (
            entry("finding", code="cd25", state="present", value="maybe", time=TIME),
            f'{where}, field value: found "maybe", expected one of true, false, partial.',
        ),
        (
            entry("finding", code="ahn", state="present", value="none", time=TIME),
            f'{where}, field value: found "none", expected a value of ahn that fits the state "present".',
        ),
        (
            entry("finding", code="bst", state="present", time=TIME),
            f'{where}, field code: found "bst", expected the code "tryptase" with context "baseline".',
        ),
        (
            entry("finding", code="hb", state="present", time=TIME),
            f'{where}, field code: found "hb", expected a fact of kind measurement for this variable.',
        ),
        (
            entry("note", text="x", time={**TIME, "zone": "UTC+4"}),
            f'{where}, field time.zone: found "UTC+4", expected an IANA time zone such as Europe/Berlin.',
        ),
        (
            entry("flare", time=TIME, end={**TIME, "at": "2026-03-12T08:00:00Z"}),
            f"{where}, field end: found 2026-03-12 09:00, expected a time that is not before the beginning, "
            "2026-03-12 10:30.",
        ),
        (
            entry("check_in", time=TIME, asked=["itch"], ticked=[{"code": "flush"}]),
            f'{where}, field ticked: found "flush", expected only items that were asked.',
        ),
        (entry("sex", 2, sex="male"), None),
        (7, "ada.json, fact 2: found 7, expected an object."),
        (
            entry("retraction", replaces="01990000-0000-7000-8000-000000000001"),
            f"{where}, field replaces: found 01990000-0000-7000-8000-000000000001, "
            "expected the id of another fact.",
        ),
    ]:
        (sentence,) = sentences(good, bad)
        assert says is None or sentence == says


def test_an_unknown_field_of_the_file_is_named() -> None:
    assert sentences(name="Ada") == [
        "ada.json, field name: found an unknown field, expected one of format, version, id, zone, facts."
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "no JSON"),
        (b"[]", "no record file"),
        (orjson.dumps({**HEAD, "version": 2, "facts": []}), "version 2"),
        (orjson.dumps({**HEAD, "zone": "Mars", "facts": []}), 'found "Mars", expected an IANA time zone'),
        (orjson.dumps(HEAD), "found null, expected a list of facts"),
    ],
)
def test_what_is_no_record_file_gets_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(CannotRead, match=says):
        parse_record(content, "ada.json")


def test_a_failed_write_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ada.json"
    write_record(Record(ADA, "Europe/Berlin").add(fact(1)), path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_record(Record(ADA, "Europe/Berlin").add(fact(1), fact(2)), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_ids_are_uuid_version_7_and_sort_by_time() -> None:
    made = new_id()
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert uuid7(5, 2**74 - 1) < uuid7(6, 0)
    # The example of RFC 9562, appendix A.6.
    assert str(uuid7(0x017F22E279B0, 0xCC3 << 62 | 0x18C4DC0C0C07398F)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


KEYS = st.sampled_from(["kind", "id", "time", "at", "zone", "recorded_at", "code", "quantity", "value", "facts"])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["flare", "finding"])
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=10,
)
GOOD = orjson.loads(EXAMPLE.read_bytes())["facts"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        JSON
        | st.builds(lambda base, key, value: {**base, key: value}, st.sampled_from(GOOD), KEYS, JSON)
        | st.builds(lambda base, key: {k: v for k, v in base.items() if k != key}, st.sampled_from(GOOD), KEYS),
        max_size=3,
    ),
    st.dictionaries(KEYS, JSON, max_size=2),
)
def test_no_json_makes_a_traceback(entries: list[Any], head: dict[str, Any]) -> None:
    try:
        read = parse_record(orjson.dumps({**HEAD, "facts": entries, **head}), "ada.json")
    except (CannotRead, TypeError) as error:
        assert isinstance(error, CannotRead) or "surrogates" in str(error) or "64-bit" in str(error)  # noqa: PT017
        return
    again = parse_record(dump_record(read.record))
    assert again.record == read.record
    assert again.problems == ()
    assert bool(read.rejected) <= bool(read.problems)
    assert all("\n" not in problem.sentence() for problem in read.problems)


def test_lists_within_lists_are_a_problem() -> None:
    deep = b'{"kind": "note", "text": ' + b"[" * 400 + b"]" * 400 + b"}"
    read = parse_record(orjson.dumps(HEAD)[:-1] + b', "facts": [' + deep + b"]}")
    assert [problem.found for problem in read.problems] == ["lists within lists"]


@settings(max_examples=200, deadline=None)
@given(st.binary() | st.binary().map(lambda b: b'{"format": "mastkit-record"' + b))
def test_no_bytes_make_a_traceback(content: bytes) -> None:
    with pytest.raises(CannotRead):
        parse_record(content)
