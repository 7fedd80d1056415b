"""From the facts of a record to the answer: what counts, what does not, and why, in words."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mastkit.followup.flare import flare_values
from mastkit.followup.reaction import Reaction, plan_of, reactions
from mastkit.followup.reaction_data import reaction_as_data
from mastkit.followup.signs import signs_absent, signs_of_codes, signs_present
from mastkit.followup.view import RecordView
from mastkit.logic.values import Interval
from mastkit.record.facts import AnyFact, Flare
from mastkit.record.files import read_record
from mastkit.record.record import Record
from mastkit.vocabulary.terms import terms
from tests.record.people import fact, number

ADA_FILE = Path(__file__).parents[2] / "examples" / "ada.json"
ONSET = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def moment(hours: float = 0, precision: str = "minute") -> dict[str, Any]:
    return {"at": ONSET + timedelta(hours=hours), "zone": "Europe/Berlin", "precision": precision}


def flare(n: int = 1, hours: float = 0, end: float | None = 3, *codes: str, **more: Any) -> AnyFact:
    ended = {} if end is None else {"end": moment(end)}
    return fact(n, "flare", time=moment(hours), symptoms=tuple({"code": c} for c in codes), **ended, **more)


def tryptase(n: int, value: float, hours: float, context: str = "event", **more: Any) -> AnyFact:
    comparator = more.pop("comparator", None)
    quantity = {"value": float(value), "unit": more.pop("unit", "ng/mL"), "comparator": comparator}
    return fact(n, "measurement", time=moment(hours), code="tryptase", quantity=quantity, context=context, **more)


def of(*facts: AnyFact) -> Reaction:
    record = Record(UUID(int=1), "Europe/Berlin").add(*facts)
    return reactions(record)[0]


def test_ada() -> None:
    (found,) = reactions(read_record(ADA_FILE).record)
    assert found.tryptase.met is True
    (answer,) = found.tryptase.answers
    assert answer.limit == Interval(39.44, 39.44)
    assert answer.baseline.value == Interval(31.2, 31.2), "the last one before the flare, not the later 29.5"
    assert answer.above_ratio is True
    assert found.tryptase.others_differ == ()
    assert "58 ng/mL, drawn 1.58 h after onset" in found.tryptase.words[0], "the corrected onset counts"
    assert found.truth("NIAID") is None
    assert found.criteria[0].if_complete is False
    assert [g.grading.id for g in found.grades] == ["brown", "ring-messmer", "mueller"], "a sting"


def test_a_sample_linked_to_the_flare_before_its_correction_still_belongs_to_it() -> None:
    corrected = flare(2, 0.5, 3, "flushing", replaces=1)
    found = of(flare(1), corrected, tryptase(3, 40, 2, flare=number(1)), tryptase(4, 10, -100, "baseline"))
    assert found.tryptase.samples[0].worth.hours == (1.5, 1.5)
    assert found.tryptase.samples[0].linked is True
    assert found.tryptase.met is True


@pytest.mark.parametrize(
    ("value", "base", "met"),
    [(23.6, 18, True), (23.5, 18, False), (7.2, 5.0, False), (8.0, 5.0, True)],
)
def test_the_rule_at_its_limit(value: float, base: float, met: bool) -> None:
    found = of(flare(), tryptase(2, value, 2, flare=number(1)), tryptase(3, base, -100, "baseline"))
    assert found.tryptase.met is met
    assert ("reaches" if met else "does not reach") in found.tryptase.words[0]


def test_the_comparator_is_a_reading() -> None:
    record = Record(UUID(int=1), "Europe/Berlin").add(
        flare(), tryptase(2, 23.6, 2, flare=number(1)), tryptase(3, 18, -100, "baseline")
    )
    assert reactions(record)[0].tryptase.met is True
    assert reactions(record, {"comparator": ">"})[0].tryptase.met is False
    assert reactions(record, {"window": "usz"})[0].tryptase.protocol.id == "usz"
    with pytest.raises(ValueError, match="no option"):
        reactions(record, {"window": "nowhere"})


def test_censored_values_decide_what_they_can() -> None:
    base = tryptase(3, 30, -100, "baseline")
    assert of(flare(), tryptase(2, 200, 2, comparator=">", flare=number(1)), base).tryptase.met is True
    unclear = of(flare(), tryptase(2, 30, 2, comparator=">", flare=number(1)), base).tryptase
    assert unclear.met is None
    assert "may lie on either side of the limit" in unclear.words[0]
    low = tryptase(3, 1.0, -100, "baseline", comparator="<")
    assert of(flare(), tryptase(2, 3.2, 2, flare=number(1)), low).tryptase.met is True
    assert of(flare(), tryptase(2, 3.1, 2, flare=number(1)), low).tryptase.met is None


def test_v23_no_baseline_cannot_be_judged_and_says_why() -> None:
    found = of(flare(), tryptase(2, 45, 2, flare=number(1))).tryptase
    assert found.met is None
    assert found.words[0] == (
        "Cannot be judged, because no baseline is recorded: one drawn before the event, or at least 24 hours after"
        " all symptoms are gone."
    )


def test_a_baseline_drawn_six_hours_after_the_flare() -> None:
    found = of(flare(), tryptase(2, 45, 2, flare=number(1)), tryptase(3, 12, 9, "baseline")).tryptase
    assert found.met is None
    assert "drawn 6 h after a flare was over" in found.words[0]


def test_no_sample_cannot_be_judged() -> None:
    found = of(flare(), tryptase(3, 12, -100, "baseline")).tryptase
    assert found.met is None
    assert found.words == ("Cannot be judged, because no tryptase sample of the event is recorded.",)


@pytest.mark.parametrize(("hours", "met"), [(0.2, None), (5, None), (7, None), (2, False)])
def test_a_low_value_rules_a_rise_out_only_in_time(hours: float, met: bool | None) -> None:
    found = of(flare(), tryptase(2, 12, hours, flare=number(1)), tryptase(3, 11, -100, "baseline"))
    assert found.tryptase.met is met


@pytest.mark.parametrize(("hours", "met"), [(0.2, True), (5, True), (7, None), (2, True)])
def test_a_rise_counts_up_to_six_hours(hours: float, met: bool | None) -> None:
    found = of(flare(), tryptase(2, 60, hours, flare=number(1)), tryptase(3, 11, -100, "baseline"))
    assert found.tryptase.met is met


def test_one_of_several_samples_is_enough() -> None:
    base = tryptase(4, 11, -100, "baseline")
    early, peak = tryptase(2, 12, 0.1, flare=number(1)), tryptase(3, 60, 2, flare=number(1))
    assert of(flare(), early, peak, base).tryptase.met is True
    in_time, late = tryptase(2, 12, 2, flare=number(1)), tryptase(3, 11, 5, flare=number(1))
    assert of(flare(), in_time, late, base).tryptase.met is False


def test_a_sample_that_names_no_flare_is_found_by_its_time() -> None:
    base = tryptase(4, 11, -100, "baseline")
    (sample,) = of(flare(), tryptase(2, 60, 2), base).tryptase.samples
    assert sample.linked is False
    assert of(flare(), tryptase(2, 60, -2), base).tryptase.samples == ()
    assert of(flare(), tryptase(2, 60, 30), base).tryptase.samples == ()
    assert of(flare(), tryptase(2, 60, 2, flare=number(9)), base).tryptase.samples == ()


def test_hours_as_stated_where_the_clock_is_not_known() -> None:
    sample = fact(
        2, "measurement", time=moment(0, "day"), code="tryptase", quantity={"value": 60.0, "unit": "ng/mL"},
        context="event", flare=number(1), hours_after_onset=1.5,
    )  # fmt: skip
    found = of(flare(), sample, tryptase(3, 11, -100, "baseline")).tryptase
    assert found.samples[0].worth.hours == (1.5, 1.5)
    assert found.met is True


def test_other_units_are_converted() -> None:
    found = of(
        flare(), tryptase(2, 60, 2, unit="ug/L", flare=number(1)), tryptase(3, 11, -100, "baseline")
    ).tryptase
    assert found.samples[0].value == Interval(60, 60)


def test_the_baseline_used_is_the_last_before_the_flare_and_a_differing_one_is_named() -> None:
    found = of(
        flare(), tryptase(2, 20, 2, flare=number(1)),
        tryptase(3, 5, -500, "baseline"), tryptase(4, 18, -100, "baseline"), tryptase(5, 6, 500, "baseline"),
    ).tryptase  # fmt: skip
    assert found.used is not None
    assert found.used.value == Interval(18, 18)
    assert found.met is False
    assert [b.value.low for b in found.others_differ] == [5, 6]
    assert "the answer would be another one" in found.words[-1]


def copies(n: int, extra: int) -> AnyFact:
    return fact(n, "variant", time=moment(-1000), gene="TPSAB1", result="detected", extra_copies=extra)


def test_v20_borderline_within_variability_and_not_raised_for_the_gene_copies() -> None:
    facts = (flare(), tryptase(2, 24, 2, flare=number(1)), tryptase(3, 18, -100, "baseline"))
    (answer,) = of(*facts, copies(4, 1)).tryptase.answers
    assert answer.met is True
    assert answer.ratio == Interval(24 / 18, 24 / 18)
    assert answer.above_ratio is False
    assert answer.borderline is True
    assert answer.within_variability is True
    assert answer.raised_for_genotype is False
    assert of(*facts, copies(4, 0)).tryptase.answers[0].raised_for_genotype is True
    words = of(*facts, copies(4, 1)).tryptase.words[0]
    for said in ("Borderline", "The ratio is 1.33, not above 1.685", "Within the reported variability",
                 "The baseline is not raised for the gene copies."):  # fmt: skip
        assert said in words
    plain = of(flare(), tryptase(2, 90, 2, flare=number(1)), tryptase(3, 18, -100, "baseline")).tryptase
    for unsaid in ("Borderline", "variability", "gene copies"):
        assert unsaid not in plain.words[0]


def test_the_ratio_of_censored_numbers() -> None:
    low = tryptase(3, 1.0, -100, "baseline", comparator="<")
    assert of(flare(), tryptase(2, 3.2, 2, flare=number(1)), low).tryptase.answers[0].ratio is None
    half = of(flare(), tryptase(2, 3, 2, flare=number(1)), tryptase(3, 0.5, -100, "baseline")).tryptase
    assert half.answers[0].ratio == Interval(6, 6)


def test_a_sample_drawn_before_the_onset_says_nothing() -> None:
    base = tryptase(3, 11, -100, "baseline")
    found = of(flare(), tryptase(2, 60, -1, flare=number(1)), base).tryptase
    assert found.met is None
    assert found.answers[0].formula is True
    assert "drawn before the onset" in found.words[0]
    at_onset = of(flare(), tryptase(2, 60, 0, flare=number(1)), base).tryptase
    assert at_onset.met is True, "in the minute of the onset: early, but a rise counts"


def test_a_time_that_is_not_precise_enough_is_a_span() -> None:
    day = fact(
        2, "measurement", time=moment(0, "day"), code="tryptase", quantity={"value": 12.0, "unit": "ng/mL"},
        context="event", flare=number(1),
    )  # fmt: skip
    found = of(flare(), day, tryptase(3, 11, -100, "baseline")).tryptase
    low, high = found.samples[0].worth.hours or (0, 0)
    assert -13.1 < low < -13
    assert 10.9 < high <= 11
    assert found.met is None


def test_a_later_baseline_is_used_where_there_is_no_earlier_one() -> None:
    found = of(
        flare(), tryptase(2, 20, 2, flare=number(1)),
        tryptase(3, 5, 500, "baseline"), tryptase(4, 6, 900, "baseline"),
    ).tryptase  # fmt: skip
    assert found.used is not None
    assert found.used.value == Interval(5, 5)


def test_symptoms_that_nobody_mentioned_are_unknown() -> None:
    found = of(flare(1, 0, 3, "flushing"))
    assert found.known.values["flushing"] is True
    assert "urticaria" not in found.known.values
    assert found.truth("NIAID") is None
    assert found.criteria[0].if_complete is False


def test_what_a_check_in_asked_for_and_found_not_ticked_is_absent() -> None:
    check = fact(
        2, "check_in", time=moment(1), asked=("flushing", "gi_symptoms", "syncope"), ticked=({"code": "flushing"},)
    )
    values = of(flare(1, 0, 3, "urticaria"), check).known.values
    assert values["gi_symptoms"] is False
    assert values["vomiting"] is False, "no stomach signs, so no vomiting"
    assert values["flushing"] is True
    assert values["syncope"] is False
    later = fact(2, "check_in", time=moment(30), asked=("syncope",))
    assert "syncope" not in of(flare(1, 0, 3, "urticaria"), later).known.values


def test_severity_nought_is_absent_and_what_is_there_wins() -> None:
    nought = fact(1, "flare", time=moment(), symptoms=({"code": "flushing", "severity": 0},))
    assert of(nought).known.values["flushing"] is False
    check = fact(2, "check_in", time=moment(1), asked=("flushing",))
    assert of(flare(1, 0, 3, "flushing"), check).known.values["flushing"] is True


def test_own_words_are_kept_and_said_not_to_be_used() -> None:
    known = of(flare(1, 0, 3, "my belly thing", "headache", "stridor")).known
    assert known.not_understood == ("my belly thing",)
    assert known.values["stridor"] is True
    assert known.values["respiratory"] is True


def test_blood_pressure_of_the_flare_and_the_usual_one() -> None:
    def pressure(n: int, value: float, hours: float, context: str, unit: str = "mm[Hg]") -> AnyFact:
        quantity = {"value": float(value), "unit": unit}
        return fact(n, "measurement", time=moment(hours), code="sbp", quantity=quantity, context=context)

    born = fact(9, "birth_date", born=date(1984, 1, 1), precision="year")
    found = of(
        flare(1, 0, 3, "urticaria"), pressure(2, 100, 1, "event"), pressure(3, 88, 1.5, "event"),
        pressure(4, 130, -50, "baseline"), born,
    )  # fmt: skip
    assert found.known.values["sbp"] == Interval(88, 88), "the lowest"
    assert found.known.values["sbp_baseline"] == Interval(130, 130)
    assert found.known.values["age_at_event"] == Interval(41, 42)
    assert found.truth("NIAID-1") is True
    wrong = of(flare(1, 0, 3, "urticaria"), pressure(2, 100, 1, "event", unit="ng/mL"))
    assert "sbp" not in wrong.known.values
    assert "is not used" in wrong.known.remarks[0]


def exposure(n: int, code: str, hours: float, **more: Any) -> AnyFact:
    return fact(n, "exposure", time=moment(hours), code=code, **more)


def known_trigger(n: int, value: str) -> AnyFact:
    return fact(n, "finding", time=moment(-1000), code="known-trigger", state="present", value=value)


def test_what_went_before() -> None:
    stung = exposure(2, "wasp_sting", -0.2)
    assert "trigger" not in of(flare(), stung).known.values
    assert of(flare(suspected=("wasp-sting",)), stung).known.values["trigger"] == "suspected"
    assert of(flare(), stung, known_trigger(3, "wasp_sting")).known.values["trigger"] == "known"
    known = known_trigger(3, "wasp-sting")
    assert "trigger" not in of(flare(), exposure(2, "wasp_sting", -7), known).known.values
    assert of(flare(), exposure(2, "wasp_sting", -6), known).known.values["trigger"] == "known"
    assert of(flare(), exposure(2, "wasp_sting", 0.5), known).known.before == ()
    there = exposure(2, "wasp_sting", -0.2, symptoms_already_there=True)
    assert of(flare(), there, known).known.before == ()


def test_an_exposure_that_lasted_counts_from_its_end() -> None:
    known = known_trigger(3, "heat")
    for end, sure in ((-1.0, True), (-6.0, True), (-7.0, False), (2.0, True)):
        lasting = exposure(2, "heat", -100, end=moment(end))
        values = of(flare(), lasting, known).known.values
        assert (values.get("trigger") == "known") is sure, end
    (before,) = of(flare(), exposure(2, "heat", -100, end=moment(2)), known).known.before
    assert before.hours == (0, 0)
    later = exposure(2, "heat", 0.5, end=moment(2))
    assert of(flare(), later, known).known.before == ()


def test_a_day_of_exposure_is_not_relied_on() -> None:
    day = fact(2, "exposure", time=moment(0, "day"), code="wasp_sting")
    known = of(flare(), day, known_trigger(3, "wasp-sting")).known
    assert known.before
    assert "trigger" not in known.values


def test_fainting_alone_gives_the_warning() -> None:
    found = of(flare(1, 0, 1, "syncope"))
    assert found.warning
    assert found.truth("NIAID") is None
    assert not of(flare(1, 0, 1, "flushing")).warning
    assert not of(flare(1, 0, 1, "syncope", "urticaria")).warning, "this meets the definition"


def test_a_flare_of_a_day_has_no_sudden_onset() -> None:
    known = of(fact(1, "flare", time=moment(0, "day"), symptoms=({"code": "urticaria"},))).known
    assert "acute_onset" not in known.values


def test_a_retracted_flare_is_not_shown() -> None:
    record = Record(UUID(int=1), "Europe/Berlin").add(flare(1), fact(2, "retraction", replaces=1))
    assert reactions(record) == ()


def test_flares_are_in_order_of_time() -> None:
    record = Record(UUID(int=1), "Europe/Berlin").add(flare(1, 100, None), flare(2, 5, None))
    assert [r.flare.id for r in reactions(record)] == [number(2), number(1)]


def test_the_plan_that_holds_is_the_latest() -> None:
    plans = [fact(n, "emergency_plan", time=moment(n), steps=(f"step {n}",)) for n in (1, 2)]
    record = Record(UUID(int=1), "Europe/Berlin").add(*plans)
    plan = plan_of(record)
    assert plan is not None
    assert plan.steps == ("step 2",)
    assert plan_of(Record(UUID(int=1), "Europe/Berlin")) is None


def test_windows_of_a_flare_count_what_was_drawn() -> None:
    record = Record(UUID(int=1), "Europe/Berlin").add(flare(1, 0, 3, "flushing"))
    (found,) = reactions(record, now=ONSET + timedelta(hours=2))
    assert [w.state for w in found.windows] == ["open", "upcoming"]
    drawn = record.add(tryptase(2, 60, 1.5, flare=number(1)), tryptase(3, 11, 60, "baseline"))
    (found,) = reactions(drawn, now=ONSET + timedelta(hours=90))
    assert [w.state for w in found.windows] == ["taken", "taken"]
    (nice,) = reactions(drawn, {"window": "nice-cg134"}, now=ONSET + timedelta(hours=90))
    assert [w.state for w in nice.windows] == ["taken", "taken"]
    lasting = Record(UUID(int=1), "Europe/Berlin").add(flare(1, 0, None, "flushing"))
    (found,) = reactions(lasting, now=ONSET + timedelta(hours=50))
    assert [w.state for w in found.windows] == ["missed", "waiting"]
    assert reactions(record)[0].windows == ()
    day = Record(UUID(int=1), "Europe/Berlin").add(fact(1, "flare", time=moment(0, "day")))
    assert reactions(day, now=ONSET)[0].windows == ()


def test_across_the_clock_change() -> None:
    """Two hours and a half on the clock, one and a half in truth."""
    onset = {"at": datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "zone": "Europe/Berlin", "precision": "minute"}
    drawn = {"at": datetime(2026, 3, 29, 2, 0, tzinfo=UTC), "zone": "Europe/Berlin", "precision": "minute"}
    sample = fact(
        2, "measurement", time=drawn, code="tryptase", quantity={"value": 60.0, "unit": "ng/mL"}, context="event",
        flare=number(1),
    )  # fmt: skip
    found = of(fact(1, "flare", time=onset), sample)
    assert found.tryptase.samples[0].worth.hours == (1.5, 1.5)


def test_signs_come_from_words_of_the_vocabulary() -> None:
    symptoms = {id_ for kind, id_ in terms() if kind == "symptom"}
    signs = {name for names in signs_of_codes().values() for name in names}
    own = {name.replace("_", "-") for name in signs}
    assert set(signs_of_codes()) <= symptoms | own
    assert signs_present(["Wheezing"]) == {"wheeze": "Wheezing", "respiratory": "Wheezing"}
    assert "wheeze" not in signs_absent(["wheezing"]), "bronchospasm could still have shown it"
    assert "wheeze" in signs_absent(["wheezing", "bronchospasm"])
    assert "wheeze" in signs_absent(["respiratory"])


def test_data_hold_everything_that_was_said() -> None:
    (found,) = reactions(read_record(ADA_FILE).record)
    data = reaction_as_data(found)
    assert data["tryptase"]["met"] is True
    assert data["criteria"]["NIAID"]["verified"] == "reprint"
    assert data["severity"]["brown"] == {
        "title": "Brown 2004", "certain": "2", "possible": "3", "if_nothing_else_was_there": "2",
        "source": "BROWN04", "verified": "unverified",
    }  # fmt: skip
    assert flare_values(RecordView(read_record(ADA_FILE).record), found.flare).after_a_sting
    assert isinstance(found.flare, Flare)
