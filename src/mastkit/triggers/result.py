"""What is said about a diary: one value that the page, the terminal, the files and the appointment pack share."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

MODEL_VERSION = "1"
PRIOR_VERSION = "default-1"

Status = Literal[
    "never_analysed",
    "not_enough_data",
    "linked_direction_unclear",
    "likely",
    "possible",
    "no_sign_so_far",
    "unclear",
]

STATUS_WORDS: dict[Status, str] = {
    "never_analysed": "Known: not a question for statistics",
    "not_enough_data": "Not enough data yet",
    "linked_direction_unclear": "Linked, direction unclear",
    "likely": "Likely trigger",
    "possible": "Possible trigger",
    "no_sign_so_far": "No sign so far",
    "unclear": "Unclear",
}
"""The words for each status, in the order in which they are decided."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A median with the limits between which 90 of 100 values lie."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that has to stand beside a result."""

    name: str
    text: str
    values: dict[str, object] = field(default_factory=dict)
    """What was filled in, so that the sentence can be said in another language."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One exposure, and the flare that followed within six hours, if one did."""

    at: datetime
    flare: datetime | None
    entered_after_flare: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The counts behind a result."""

    exposures: int
    followed: int
    """Exposures after which a flare began within six hours."""
    flares_after: int
    """Flares that began within six hours of it."""
    expected: float
    """Flares that would have begun in those hours had it no effect."""
    flares: int
    """All flares counted."""
    prompt: int
    """Exposures entered within half an hour."""
    entered_after_flare: float
    """Share of those before flares that was entered only after the flare had begun."""
    unanswered: float
    """Share of those before flares of which is not known whether symptoms were already there."""
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class Absolute:
    """Out of 100 periods of six hours at the same times of day, in how many a flare begins."""

    without: float
    with_exposure: Interval


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The probability that it is a trigger, worked out in other ways; none where that was not needed."""

    only_entered: float | None = None
    """Counting an exposure only once it was entered: nothing can be remembered because of a flare."""
    before: float | None = None
    """Looking before the exposure, where it cannot act."""
    halves: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is said about one exposure."""

    code: str
    label: str
    status: Status
    messages: tuple[Message, ...]
    evidence: Evidence
    probability: float | None = None
    """That it is a trigger; none where nothing was worked out."""
    linked: float | None = None
    """That it goes with flares, whether as their cause or as their first sign."""
    ratio: Interval | None = None
    """Rate ratio over six hours, if it is a trigger."""
    windows: tuple[tuple[str, float], ...] = ()
    """The lag windows with their probabilities, if it is a trigger."""
    absolute: Absolute | None = None
    recall: float = 1.0
    """Factor by which it was remembered more often because of flares; taken out of the ratio."""
    entangled_with: tuple[str, ...] = ()
    sensitivity: Sensitivity = Sensitivity()
    weeks: tuple[float, float] | None = None
    """About how many more weeks would settle it."""
    more_exposures: int | None = None
    """About how many more exposures would settle it."""
    why_known: str = ""

    @property
    def window(self) -> str | None:
        """Return the most probable lag window, if it is a trigger."""
        return max(self.windows, key=lambda item: item[1])[0] if self.windows else None


@dataclass(frozen=True, slots=True)
class Group:
    """Two exposures of which at least one is linked, or which act together."""

    codes: tuple[str, ...]
    probability: float
    message: Message


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to log next, and for which exposures."""

    name: str
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MyTriggers:
    """What one diary says about all its exposures."""

    first_day: date | None
    last_day: date | None
    days: int
    observed_days: int
    flares: int
    triggers: tuple[Trigger, ...]
    groups: tuple[Group, ...]
    messages: tuple[Message, ...]
    next_steps: tuple[NextStep, ...]
    assumptions: tuple[str, ...]
    left_out: dict[str, int]
    expected_false: float | None
    """Share of the likely ones that is expected to be wrong."""
    permutation_null: float | None
    """Share of shuffled copies of this diary in which anything was called likely; none if not worked out."""
    data_hash: str
    model_version: str = MODEL_VERSION
    prior_version: str = PRIOR_VERSION

    def with_status(self, *wanted: Status) -> tuple[Trigger, ...]:
        """Return the exposures of some statuses."""
        return tuple(trigger for trigger in self.triggers if trigger.status in wanted)

    def of(self, code: str) -> Trigger | None:
        """Return what is said about one exposure."""
        return next((trigger for trigger in self.triggers if trigger.code == code), None)

    @property
    def coverage(self) -> float:
        """Return the share of days on which the diary was kept."""
        return self.observed_days / self.days if self.days else 0.0

    def summary(self) -> tuple[str, ...]:
        """Return four lines at most, for the appointment pack."""
        named = [("Likely", "likely"), ("Possible", "possible"), ("Known", "never_analysed")]
        lines = []
        for word, status in named:
            found = self.with_status(status)  # type: ignore[arg-type]
            if found:
                lines.append(f"{word}: {', '.join(_short(trigger) for trigger in found)}.")
        settled = len(self.with_status("likely", "possible", "never_analysed"))
        lines.append(
            f"{len(self.triggers)} exposures looked at over {self.observed_days} days with a diary and"
            f" {self.flares} flares; of {len(self.triggers) - settled} nothing can be said."
        )
        return tuple(lines)


def _short(trigger: Trigger) -> str:
    if trigger.status == "never_analysed" or trigger.ratio is None:
        return trigger.label
    ratio = trigger.ratio
    return (
        f"{trigger.label} ({round(100 * (trigger.probability or 0))} in 100; ratio {ratio.median:.1f},"
        f" {ratio.low:.1f} to {ratio.high:.1f}, if it is one)"
    )
