"""From a record to what it says about a person's triggers."""

from datetime import date, timedelta
from hashlib import sha256
from itertools import combinations

import numpy as np

from mastkit.record.record import Record
from mastkit.triggers.candidates import DEFAULT, Prior
from mastkit.triggers.checks import caps, notes, sensitivity_of, too_little
from mastkit.triggers.design import build
from mastkit.triggers.diary import Diary, Flares
from mastkit.triggers.evidence import evidence_of
from mastkit.triggers.model import Effect, Fit, fit
from mastkit.triggers.next_step import next_steps
from mastkit.triggers.read import read_diary
from mastkit.triggers.result import (
    Absolute,
    Evidence,
    Group,
    Interval,
    Message,
    MyTriggers,
    Sensitivity,
    Status,
    Trigger,
)
from mastkit.triggers.risk import Risk, time_at_risk
from mastkit.triggers.status import (
    ENOUGH,
    MOST_LIKELY,
    POSSIBLE,
    Case,
    exposures_to_settle,
    statuses,
    weeks_to_settle,
)
from mastkit.triggers.traits import in_sentence, label_of, traits_of
from mastkit.triggers.windows import EFFECT_HOURS
from mastkit.triggers.words import said

ASSUMPTIONS = (
    "Flares are written down alike whether or not an exposure came before.",
    "Given the hour, the week, the medicines and the other exposures, the time of an exposure has nothing to do"
    " with causes that are not written down.",
    "An exposure acts within the lag windows that are tried (six hours; twelve for foods).",
    "Effects stay the same over the diary, and multiply.",
    "When nothing follows, exposures are entered as promptly as when a flare follows.",
    "What is found is a link in a diary, not proof of a cause.",
)
APART, TOGETHER = -0.3, 0.7
GROUP_SURE = 0.9


def my_triggers(record: Record) -> MyTriggers:
    """Return what a record says about the triggers of its person."""
    return analyse(read_diary(record))


def analyse(diary: Diary, *, seed: int = 0, checked: bool = True, prior: Prior = DEFAULT) -> MyTriggers:
    """Return what a diary says. The same diary and seed give the same answer.

    ``checked`` may be false where only the model itself is looked at; the checks can only weaken a claim.
    """
    risk = time_at_risk(diary)
    nothing = too_little(diary, risk)
    main = fit(build(diary, risk, prior=prior), seed=seed)
    sensitivity = sensitivity_of(diary, risk, main) if checked and not nothing else {}
    codes = sorted({*diary.codes, *diary.known})
    evidence = {code: _evidence(diary, risk, main, code) for code in codes}
    capped = {
        code: caps(diary, code, evidence[code], effect.recall, sensitivity.get(code, Sensitivity()))
        for code in diary.codes
        if (effect := main.of(code)) is not None and effect.linked >= POSSIBLE
    }
    groups = [] if nothing else _groups(diary, main)
    apart = {code for group in groups if group.message.name == "entangled" for code in group.codes}
    cases = [
        Case(
            code,
            main.of(code),
            evidence[code],
            code in diary.known or traits_of(code).never_analyse,
            bool(capped.get(code)) or code in apart,
        )
        for code in codes
    ]
    status = statuses(cases, nothing)
    messages = [said("too_little")] if nothing else []
    if sum(one == "likely" for one in status.values()) > MOST_LIKELY:
        status = {code: "unclear" if one == "likely" else one for code, one in status.items()}
        messages.append(said("everything_flagged"))
    triggers = [
        _trigger(diary, risk, case, status[case.code], capped.get(case.code, ()), sensitivity, groups)
        for case in cases
    ]
    groups = [group for group in groups if _worth_saying(group, status)]
    kept = np.flatnonzero(diary.observed)
    begun = int(kept[0]) if len(kept) else 0
    likely = [trigger.probability or 0.0 for trigger in triggers if trigger.status == "likely"]
    return MyTriggers(
        first_day=day_of(diary, begun),
        last_day=day_of(diary, diary.n_days - 1),
        days=diary.n_days - begun,
        observed_days=len(kept),
        flares=len(risk.onsets),
        triggers=tuple(sorted(triggers, key=_order)),
        groups=tuple(groups),
        messages=tuple(messages),
        next_steps=tuple(next_steps(triggers, groups, len(kept), diary.n_days - begun)),
        assumptions=ASSUMPTIONS,
        left_out={name: n for name in diary.left_out.__slots__ if (n := getattr(diary.left_out, name))},
        expected_false=1 - sum(likely) / len(likely) if likely else None,
        permutation_null=None,
        data_hash=data_hash(diary),
    )


def permutation_null(diary: Diary, *, shuffles: int = 100, seed: int = 0) -> float:
    """Return in which share of shuffled copies anything is called likely: nothing should be.

    The flares are moved by whole weeks, so that the hours of the day stay as they are. It cannot see recall
    bias: flares that are moved bring no remembered exposures along (method notes 5.7).
    """
    random = np.random.default_rng(seed)
    weeks = max(diary.n_days // 7, 1)
    if weeks < 3:
        return 0.0
    found = 0
    for shift in random.integers(1, weeks, shuffles):
        found += bool(analyse(shifted(diary, int(shift)), checked=False).with_status("likely"))
    return found / shuffles


def shifted(diary: Diary, weeks: int) -> Diary:
    """Return the diary with its flares moved by so many weeks, round and round."""
    length = (diary.n_days // 7) * 168.0
    origin = float(diary.day_edges[0]) if diary.n_days else 0.0
    flares = diary.flares
    inside = flares.onset < origin + length
    onset = flares.onset[inside]
    move = (onset - origin + weeks * 168.0) % length + origin - onset
    moved = Flares(onset + move, flares.end[inside] + move, flares.entered[inside] + move)
    return diary.with_flares(moved)


def data_hash(diary: Diary) -> str:
    """Return a fingerprint of all that the answer rests on."""
    digest = sha256("\n".join([*diary.codes, *sorted(diary.known), *sorted(diary.suspected)]).encode())
    flares, exposures = diary.flares, diary.exposures
    parts = (diary.day_edges, diary.observed, flares.onset, flares.end, flares.entered, exposures.trigger,
             exposures.at, exposures.entered, exposures.already, exposures.asked,
             *diary.medicines.values())  # fmt: skip
    for part in parts:
        digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()[:16]


def _evidence(diary: Diary, risk: Risk, main: Fit, code: str) -> Evidence:
    if code not in diary.codes:
        return Evidence(0, 0, 0, 0.0, len(risk.onsets), 0, 0.0, 0.0)
    effect = main.of(code)
    return evidence_of(diary, risk, main.design.presence, code, effect.expected if effect else 0.0)


def _trigger(
    diary: Diary,
    risk: Risk,
    case: Case,
    status: Status,
    capped: tuple[Message, ...],
    sensitivity: dict[str, Sensitivity],
    groups: list[Group],
) -> Trigger:
    code, effect, evidence = case.code, case.effect, case.evidence
    label = label_of(code, diary.words.get(code))
    if status == "never_analysed":
        name = "severe_followed" if diary.known.get(code, "").startswith("anaphylaxis") else "never_analysed"
        why = diary.known.get(code) or traits_of(code).why
        return Trigger(code, label, status, (said(name),), evidence, why_known=why)
    weeks, more = weeks_to_settle(evidence, int(diary.observed.sum())), exposures_to_settle(evidence)
    sentences = [_status_message(status, label, evidence, effect, weeks, more)]
    if effect is None or status == "not_enough_data":
        return Trigger(code, label, status, tuple(sentences), evidence)
    own = sensitivity.get(code, Sensitivity())
    sentences += capped
    sentences += notes(diary, code, own)
    if effect.ratio.high < 1.0:
        sentences.append(said("fewer_flares"))
    entangled = {other for group in groups if code in group.codes for other in group.codes} - {code}
    settled = status in ("likely", "no_sign_so_far")
    return Trigger(
        code, label, status, tuple(sentences), evidence, effect.probability, effect.linked, effect.ratio,
        effect.windows, _absolute(effect), effect.recall, tuple(sorted(entangled)), own,
        None if settled else weeks, None if settled else more,
    )  # fmt: skip


def _status_message(
    status: Status,
    label: str,
    evidence: Evidence,
    effect: Effect | None,
    weeks: tuple[float, float] | None,
    more: int | None,
) -> Message:
    if status == "not_enough_data":
        name = "not_enough_exposures" if evidence.flares >= 5 else "not_enough_flares"
    elif status == "unclear" and weeks:
        name = "unclear_pace"
    elif status == "unclear" and evidence.flares_after >= ENOUGH:
        name = "unclear_many"
    else:
        name = "direction_unclear" if status == "linked_direction_unclear" else status
    low, high = weeks or (0.0, 0.0)
    return said(
        name,
        label=label,
        exposures=evidence.exposures,
        flares=evidence.flares,
        followed=evidence.flares_after,
        expected=f"{evidence.expected:.0f}",
        probability=round(100 * effect.probability) if effect else 0,
        weeks_low=max(round(low), 1),
        weeks_high=max(round(high), 2),
        more=more,
    )


def _absolute(effect: Effect) -> Absolute:
    """Return out of 100 periods of six hours, at these times of day, in how many a flare begins."""

    def of(ratio: float) -> float:
        return 100 * (1 - float(np.exp(-effect.risk_without * EFFECT_HOURS * ratio)))

    ratio = effect.ratio
    return Absolute(of(1.0), Interval(of(ratio.median), of(ratio.low), of(ratio.high)))


def _groups(diary: Diary, main: Fit) -> list[Group]:
    """Return pairs that cannot be told apart, and pairs that act together."""
    found = []
    singles = [e for e in main.effects if not e.candidate.is_pair and e.linked > 0.1]
    for one, other in combinations(singles, 2):
        codes = (one.candidate.codes[0], other.candidate.codes[0])
        probability, correlation = main.either(*codes)
        both = min(one.linked, other.linked) > 0.2 and _overlap(main, *codes) > TOGETHER
        if probability >= GROUP_SURE and (correlation < APART or both):
            found.append(_group(diary, "entangled", codes, probability))
    for effect in main.effects:
        if effect.candidate.is_pair and effect.probability >= POSSIBLE:
            found.append(_group(diary, "together", effect.candidate.codes, effect.probability))
    return found


def _group(diary: Diary, name: str, codes: tuple[str, ...], probability: float) -> Group:
    first, second = (label_of(code, diary.words.get(code)) for code in codes)
    labels = f"{first} and {in_sentence(second)}"
    return Group(codes, probability, said(name, labels=labels, probability=round(100 * probability)))


def _worth_saying(group: Group, status: dict[str, Status]) -> bool:
    return all(status.get(code) not in ("never_analysed", "not_enough_data") for code in group.codes)


def _overlap(main: Fit, one: str, other: str) -> float:
    """Return which share of the rarer exposure came within six hours of the other."""
    presence = main.design.presence
    rarer = min((one, other), key=lambda code: len(presence.times(code)))
    more = other if rarer == one else one
    return presence.times_together(rarer, more) / max(len(presence.times(rarer)), 1)


def day_of(diary: Diary, place: int) -> date | None:
    """Return a day of the diary: by its noon, which every zone and clock change leaves on the same day."""
    if not 0 <= place < diary.n_days:
        return None
    begin, end = diary.day_edges[place], diary.day_edges[place + 1]
    middle = np.array([(begin + end) / 2])
    clock = float(diary.clock(middle)[0])
    utc = diary.instant(float(middle[0]))
    ahead = (clock - (utc.hour + utc.minute / 60) + 12) % 24 - 12
    return (utc + timedelta(hours=ahead)).date()


def _order(trigger: Trigger) -> tuple[int, float, str]:
    rank = ("never_analysed", "likely", "linked_direction_unclear", "possible", "unclear", "no_sign_so_far",
            "not_enough_data").index(trigger.status)  # fmt: skip
    return rank, -(trigger.linked or 0.0), trigger.code
