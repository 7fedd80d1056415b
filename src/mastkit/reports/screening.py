"""Screening and mast cell activation as sections of an outline: scores, referral rules side by side, gene tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mastkit.reports.assessment.outline import VERIFIED, Node, Section

Screening = Mapping[str, Any]

_SCORES = {"rema": "REMA score (clonal mast cells in people with anaphylaxis)", "osteo_score": "OSTEO-score"}


def sections(screening: Screening) -> list[Section]:
    """What `mastkit.followup.screening.for_sheet` says, as sections."""
    return [
        Section("Who should be tested: the published rules side by side", tuple(_rules(screening))),
        Section("Mast cell activation", tuple(_judged(screening["mast_cell_activation"]))),
        Section("KIT tests", tuple(_judged(screening["kit_testing"]))),
    ]


def _rules(screening: Screening) -> Iterator[Node]:
    for name, title in _SCORES.items():
        yield from _score(screening, name, title)
    yield from _judged(screening["who_should_be_tested"])


def _score(screening: Screening, name: str, title: str) -> Iterator[Node]:
    if screening[f"{name}_applies"] is False:
        yield Node(f"{title}: not made for this person", quiet=True)
        return
    low, high = screening[f"{name}_range"]
    points = f"{low}" if low == high else f"{low} to {high}"
    children = [Node(f"{part['title']}: {_span(part['points'])}") for part in screening[f"{name}_parts"]]
    if missing := screening[f"{name}_missing"]:
        children.append(Node(f"missing: {', '.join(missing)}"))
    source, verified = screening[f"{name}_source"], VERIFIED[screening[f"{name}_verified"]]
    children.append(Node(f"{source}; {verified}. {screening[f'{name}_note']}", quiet=True))
    levels = " or ".join(screening[f"{name}_levels"])
    yield Node(f"{title}: {points} points, {levels}", children=tuple(children))


def _span(points: list[int]) -> str:
    return " or ".join(str(p) for p in sorted(set(points)))


def _judged(criteria: Mapping[str, Mapping[str, Any]]) -> Iterator[Node]:
    """Those that hold, then those that are open; what surely does not hold is only counted."""
    for truth in (True, None):
        for key, found in criteria.items():
            if found["truth"] is truth:
                yield Node(f"{key} {found['title']}", truth, judged=True, children=tuple(_source(found)))
    no = [key for key, found in criteria.items() if found["truth"] is False]
    if no:
        yield Node(f"do not hold: {', '.join(no)}", quiet=True)


def _source(found: Mapping[str, Any]) -> Iterator[Node]:
    if found["note"]:
        yield Node(found["note"], quiet=True)
    yield Node(f"{found['source']}, clause {found['clause']}; {VERIFIED[found['verified']]}", quiet=True)
