"""The invented people: whole records, the same for the same day, with nothing in the future but plans."""

from datetime import UTC, date, datetime

import pytest

from mastkit.record.files import dump_record, parse_record
from mastkit.record.record import Record
from mastkit.simulation.people import ada, erik, people

TODAY = date(2026, 6, 2)


@pytest.fixture(scope="module")
def both() -> tuple[Record, Record]:
    return people(TODAY)


def test_the_same_day_gives_the_same_records(both: tuple[Record, Record]) -> None:
    assert tuple(map(dump_record, people(TODAY))) == tuple(map(dump_record, both))


def test_the_next_day_is_the_same_person(both: tuple[Record, Record]) -> None:
    later = people(date(2026, 6, 3))
    assert [record.id for record in later] == [record.id for record in both]


def test_a_record_file_holds_all_of_them(both: tuple[Record, Record]) -> None:
    for record in both:
        read = parse_record(dump_record(record))
        assert not read.problems
        assert dump_record(read.record) == dump_record(record)


def test_only_what_is_planned_lies_ahead(both: tuple[Record, Record]) -> None:
    now = datetime(2026, 6, 2, 8, tzinfo=UTC)
    for record in both:
        assert all(fact.recorded_at <= now for fact in record)
        ahead = {fact.kind for fact in record if (when := getattr(fact, "time", None)) and when.at > now}
        assert ahead == {"appointment"}


def test_what_they_have_to_show() -> None:
    everyone = ("flare", "check_in", "medicine_course", "measurement", "finding", "procedure", "variant",
                "diagnosis", "appointment", "question", "emergency_plan", "device", "contact")  # fmt: skip
    for person in (ada, erik):
        kinds = {fact.kind for fact in person(TODAY)}
        assert kinds >= set(everyone)
    assert sum(fact.kind == "flare" for fact in ada(TODAY)) > 24


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2027, 1, 1)])
def test_any_day_will_do(day: date) -> None:
    assert all(len(record) > 100 for record in people(day))
