"""What the trigger analysis says, in the lines of a document."""

from dataclasses import dataclass

from mastkit.triggers.result import STATUS_WORDS, MyTriggers, Trigger


@dataclass(frozen=True)
class TriggerLine:
    """One exposure: what is said about it, and the counts behind that."""

    code: str
    label: str
    status: str
    exposures: int
    followed: int
    ratio: str
    words: str


@dataclass(frozen=True)
class TriggerLines:
    """The summary in four lines at most, and a line for every exposure."""

    summary: tuple[str, ...]
    lines: tuple[TriggerLine, ...]
    assumptions: tuple[str, ...]


def trigger_lines(result: MyTriggers) -> TriggerLines:
    """Return the result of the analysis in lines."""
    return TriggerLines(result.summary(), tuple(_line(one) for one in result.triggers), result.assumptions)


def _line(one: Trigger) -> TriggerLine:
    ratio = ""
    if one.ratio is not None:
        ratio = f"{one.ratio.median:.1f} ({one.ratio.low:.1f} to {one.ratio.high:.1f})"
    return TriggerLine(
        code=one.code,
        label=one.label,
        status=STATUS_WORDS[one.status],
        exposures=one.evidence.exposures,
        followed=one.evidence.followed,
        ratio=ratio,
        words=" ".join(message.text for message in one.messages),
    )
