"""What to log next, and why: one of a closed set. Nothing here ever suggests to try something."""

from mastkit.triggers.result import Group, NextStep, Trigger
from mastkit.triggers.traits import in_sentence, traits_of
from mastkit.triggers.words import message

OPEN = ("unclear", "possible", "linked_direction_unclear", "no_sign_so_far")
LOW_COVERAGE, LOW_PROMPT = 0.7, 0.5
MOST_STEPS, MOST_TO_DISCUSS = 4, 2


def next_steps(triggers: list[Trigger], groups: list[Group], observed_days: int, days: int) -> list[NextStep]:
    """Return what would help most, most first (method notes 4.3)."""
    steps: list[NextStep] = []
    entries = sum(trigger.evidence.exposures for trigger in triggers)
    prompt = sum(trigger.evidence.prompt for trigger in triggers)
    if days and (observed_days / days < LOW_COVERAGE or (entries and prompt / entries < LOW_PROMPT)):
        steps.append(NextStep("complete_check_ins", message("complete_check_ins"), ()))
    unclear = [trigger for trigger in triggers if trigger.status == "linked_direction_unclear"]
    steps += [_step("answer_symptoms", trigger) for trigger in unclear[:1]]
    steps += [
        NextStep("log_apart", message("log_apart", first=_label(triggers, first), second=_label(triggers, second)),
                 (first, second))
        for first, second in (group.codes for group in groups if group.message.name == "entangled")
    ][:1]  # fmt: skip
    ranked = sorted(
        (trigger for trigger in triggers if trigger.status in OPEN and trigger.probability is not None),
        key=lambda trigger: (-_worth(trigger, observed_days), trigger.code),
    )
    steps += [_step("log_promptly", trigger) for trigger in ranked[:1]]
    known = [trigger for trigger in triggers if trigger.status == "never_analysed"]
    steps += [_step("ask_specialist", trigger) for trigger in known[:1]]
    discuss = [t for t in triggers if t.status == "likely" and traits_of(t.code).avoidable]
    steps += [_step("could_discuss", trigger) for trigger in discuss[:MOST_TO_DISCUSS]]
    return steps[: MOST_STEPS + len(discuss)]


def _worth(trigger: Trigger, observed_days: int) -> float:
    """Return how much one more week of good entries would tell about an exposure."""
    probability = trigger.probability or 0.0
    a_week = trigger.evidence.exposures / max(observed_days / 7, 1.0)
    prompt = trigger.evidence.prompt / max(trigger.evidence.exposures, 1)
    return 4 * probability * (1 - probability) * a_week * (1 - prompt + 0.2)


def _step(name: str, trigger: Trigger) -> NextStep:
    return NextStep(name, message(name, label=in_sentence(trigger.label)), (trigger.code,))


def _label(triggers: list[Trigger], code: str) -> str:
    return next((in_sentence(trigger.label) for trigger in triggers if trigger.code == code), code)
