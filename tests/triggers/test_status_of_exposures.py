"""What is said of an exposure: the statuses in their order, and what is never said."""

from mastkit.triggers.analysis import my_triggers
from mastkit.triggers.result import MyTriggers, Status, Trigger
from tests.triggers.diaries import Pages, alcohol_diary


def of(result: MyTriggers, code: str) -> Trigger:
    trigger = result.of(code)
    assert trigger is not None
    return trigger


def status(pages: Pages, code: str) -> Status:
    return of(my_triggers(pages.record()), code).status


def names(trigger: Trigger) -> set[str]:
    return {message.name for message in trigger.messages}


def test_what_is_plain_in_the_diary_is_likely_with_ratio_window_and_counts() -> None:
    result = my_triggers(alcohol_diary().record())
    alcohol = of(result, "alcohol")
    assert alcohol.status == "likely"
    assert alcohol.ratio is not None
    assert 1 < alcohol.ratio.low < alcohol.ratio.median < alcohol.ratio.high
    assert alcohol.window in ("0-1.5 h", "0-3 h", "0.5-4 h", "0-6 h")
    assert alcohol.evidence.exposures == 30
    assert alcohol.evidence.followed == alcohol.evidence.flares_after == 15
    assert alcohol.evidence.expected < 3
    assert alcohol.absolute is not None
    assert alcohol.absolute.with_exposure.median > 4 * alcohol.absolute.without
    assert len(alcohol.evidence.occasions) == 30
    assert of(result, "perfume").status in ("unclear", "no_sign_so_far")
    assert result.expected_false is not None
    assert result.expected_false <= 0.1


def test_few_days_or_few_flares_say_nothing() -> None:
    short = my_triggers(alcohol_diary(20).record())
    assert [message.name for message in short.messages] == ["too_little"]
    assert {trigger.status for trigger in short.triggers} == {"not_enough_data"}
    quiet = Pages().kept(60)
    for day in range(0, 60, 3):
        quiet.put("exposure", day * 24 + 19.0, code="alcohol")
    assert status(quiet, "alcohol") == "not_enough_data"


def test_fewer_than_five_exposures_are_not_enough() -> None:
    pages = alcohol_diary()
    for day in (3, 20, 40):
        pages.put("exposure", day * 24 + 10.0, code="vibration").put("flare", day * 24 + 11.0)
    assert status(pages, "vibration") == "not_enough_data"


def test_stings_are_never_analysed_whatever_the_diary_says() -> None:
    pages = alcohol_diary()
    for day in range(0, 120, 6):
        pages.put("exposure", day * 24 + 14.0, code="wasp_sting")
    sting = of(my_triggers(pages.record()), "wasp-sting")
    assert sting.status == "never_analysed"
    assert sting.probability is None
    assert sting.ratio is None


def test_what_brought_on_anaphylaxis_is_known_and_never_cleared() -> None:
    pages = alcohol_diary()
    for day in range(0, 120, 2):
        pages.put("exposure", day * 24 + 8.0, code="shellfish")
    pages.put("flare", 50 * 24 + 9.0, anaphylaxis=True, suspected=("shellfish",))
    known = of(my_triggers(pages.record()), "shellfish")
    assert known.status == "never_analysed"
    assert names(known) == {"severe_followed"}
    assert "2026-02-24" in known.why_known


def test_an_anaphylaxis_with_nothing_named_counts_against_all_that_came_before() -> None:
    pages = alcohol_diary().put("flare", 58 * 24 + 21.0, anaphylaxis=True)
    assert status(pages, "alcohol") == "never_analysed"


def test_symptoms_that_were_there_before_rule_an_exposure_out_as_their_cause() -> None:
    pages = alcohol_diary()
    for day in range(3, 118, 5):
        pages.put("flare", day * 24 + 3.0)
        pages.put("exposure", day * 24 + 1.0, code="stress", symptoms_already_there=True)
    pages.put("exposure", 9 * 24 + 5.0, code="stress")
    stress = of(my_triggers(pages.record()), "stress")
    assert stress.evidence.exposures == 1
    assert stress.status == "not_enough_data"


def test_the_first_sign_of_a_flare_is_not_called_its_trigger() -> None:
    pages = alcohol_diary()
    for n, day in enumerate(range(3, 118, 5)):
        pages.put("exposure", day * 24 + 1.0, code="stress").put("flare", day * 24 + 1.5 + n % 5 / 2)
        pages.put("exposure", day * 24 + 35.0, code="stress")
    stress = of(my_triggers(pages.record()), "stress")
    assert stress.status == "linked_direction_unclear"
    assert stress.linked is not None
    assert stress.probability is not None
    assert stress.linked > 0.9 > stress.probability
    assert "tell us if symptoms were already there" in stress.messages[0].text


def test_exposures_remembered_because_of_flares_are_no_trigger() -> None:
    pages = Pages().kept(150)
    for n, day in enumerate(range(1, 149, 4)):
        pages.put("flare", day * 24 + 15.0)
        if n % 2:
            pages.put("exposure", day * 24 + 12.0, entered=day * 24 + 17.0, code="cheese")
    for day in range(3, 149, 4):
        pages.put("exposure", day * 24 + 12.0, code="cheese")
    cheese = of(my_triggers(pages.record()), "cheese")
    assert cheese.status != "likely"
    assert cheese.recall > 1.5
    assert "recall" in names(cheese)


def test_without_check_ins_nothing_is_more_than_possible() -> None:
    pages = alcohol_diary()
    pages.facts = [fact for fact in pages.facts if fact.kind != "check_in"]
    alcohol = of(my_triggers(pages.record()), "alcohol")
    assert alcohol.status == "possible"
    assert "check_in_coverage" in names(alcohol)


def test_no_sign_is_never_said_without_the_warning() -> None:
    pages = alcohol_diary(240)
    for day in range(240):
        pages.put("exposure", day * 24 + 10.0, code="cold")
    cold = of(my_triggers(pages.record()), "cold")
    assert cold.status == "no_sign_so_far"
    assert "does not mean it is safe for you" in cold.messages[0].text


def test_two_that_always_come_together_are_named_together() -> None:
    pages = alcohol_diary()
    for fact in list(pages.facts):
        if fact.kind == "exposure" and fact.code == "alcohol":
            hour = (fact.time.at - pages.facts[0].time.at).total_seconds() / 3600 + 22.0
            pages.put("exposure", hour + 0.1, code="karaoke", symptoms_already_there=False)
    result = my_triggers(pages.record())
    assert any(set(group.codes) == {"alcohol", "karaoke"} for group in result.groups)
    assert "likely" not in {of(result, "alcohol").status, of(result, "karaoke").status}
    assert "karaoke" in of(result, "alcohol").entangled_with


def test_four_lines_at_most_for_the_appointment_pack() -> None:
    lines = my_triggers(alcohol_diary().record()).summary()
    assert len(lines) <= 4
    assert lines[0].startswith("Likely: Alcoholic drinks")
