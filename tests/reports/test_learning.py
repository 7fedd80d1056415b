"""Self-care, words, support groups and complications: complete data, and how they stand for a person."""

from datetime import date

from mastkit.followup.monitoring import follow_up_tests
from mastkit.reports.learning import (
    complication_checks,
    complications,
    glossary,
    self_care,
    self_care_tasks,
    support_groups,
)
from mastkit.vocabulary.terms import terms
from mastkit.vocabulary.variables import sheet_variables
from tests.reports.cast import EMPTY, ON, ada, fact, record


def _state(id_: str, *facts: object) -> tuple[str, date | None, date | None]:
    found = next(one for one in self_care(record(*facts), ON) if one.task.id == id_)  # type: ignore[arg-type]
    return found.state, found.done, found.again


def test_both_lists_are_there_and_every_task_says_why_and_on_what_grounds() -> None:
    assert {task.list for task in self_care_tasks()} == {"L8", "L9"}
    assert len({task.id for task in self_care_tasks()}) == len(self_care_tasks())
    assert all(task.why and task.grounds for task in self_care_tasks())
    wanted = {
        "learn",
        "team",
        "triggers",
        "plan",
        "two-injectors",
        "medical-id",
        "tell",
        "support",
        "accept",
        "talk",
    }
    assert wanted <= {task.id for task in self_care_tasks()}


def test_nothing_is_done_in_an_empty_record() -> None:
    assert {one.state for one in self_care(EMPTY, ON)} == {"to do"}


def test_what_is_done_again_comes_back() -> None:
    practised = {"at": "2026-11-01T10:00:00Z"}
    assert practised
    moment = fact(1, "flare", "2026-11-01T10:00").time  # type: ignore[union-attr]
    pen = fact(1, "device", None, code="epi-autoinjector", practised=moment)
    assert _state("practise", pen)[0] == "done"
    old = fact(1, "flare", "2026-03-01T10:00").time  # type: ignore[union-attr]
    assert _state("practise", fact(1, "device", None, code="epi-autoinjector", practised=old))[0] == "again"


def test_one_injector_is_not_two() -> None:
    one, two = (fact(n, "device", None, code="epi-autoinjector") for n in (1, 2))
    assert _state("two-injectors", one)[0] == "to do"
    assert _state("two-injectors", one, two)[0] == "done"
    gone = fact(3, "device", None, code="epi-autoinjector", gone="used")
    assert _state("two-injectors", one, gone)[0] == "to do"


def test_a_tick_counts_and_can_be_taken_back() -> None:
    ticked = fact(1, "finding", "2026-10-01T10:00", code="self_care:support", state="present")
    assert _state("support", ticked) == ("done", date(2026, 10, 1), None)
    untied = fact(2, "finding", "2026-10-02T10:00", code="self_care:support", state="absent")
    assert _state("support", ticked, untied)[0] == "to do"


def test_every_word_has_a_plain_sentence_and_a_medical_term() -> None:
    for entry in glossary().values():
        assert entry.plain.endswith((".", "?"))
        assert len(entry.plain.split()) <= 25
        assert entry.medical
    assert "unknown" in glossary()


def test_support_groups_are_only_those_of_which_a_source_was_read() -> None:
    for group in support_groups():
        assert group.seen_at.startswith("http")
        assert group.address == "" or group.address.startswith("https://")
    assert {group.country for group in support_groups()} >= {"AU", "CA", "DE", "ES", "GB", "IT", "NO", "US"}


def test_complications_point_to_what_there_is() -> None:
    tests = {test.id for test in follow_up_tests().values()}
    for one in complications():
        assert one.due_tests <= tests, one.id
        known = sheet_variables().keys() | {id_ for _, id_ in terms()}
        assert one.findings <= known, one.findings - known
        assert one.red_flag


def test_a_complication_shows_its_last_check_with_what_was_found_and_not_found() -> None:
    facts = record(
        fact(1, "finding", "2025-01-01T10:00", code="osteoporosis", state="present"),
        fact(2, "finding", "2026-01-01T10:00", code="osteoporosis", state="absent"),
    )
    bone = next(one for one in complication_checks(facts, ON) if one.complication.id == "bone")
    assert bone.last == date(2026, 1, 1)
    assert bone.result == "Osteoporosis: looked for, not found"
    nothing = next(one for one in complication_checks(EMPTY, ON) if one.complication.id == "ulcer")
    assert (nothing.last, nothing.result) == (None, "no check is written down")


def test_the_next_date_comes_from_the_follow_up_rules() -> None:
    blood = next(one for one in complication_checks(ada(), ON) if one.complication.id == "blood")
    assert blood.next_due
    assert all(item.source for item in blood.next_due)
