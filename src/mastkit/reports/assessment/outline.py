"""The outline of an assessment: sections of nested lines, each with its truth. All outputs are drawn from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mastkit.assessment.answer import Assessment, Judged, MissingSet, SystemAnswer
from mastkit.logic.explain import Ground
from mastkit.logic.values import Truth
from mastkit.reports.stated import fits_words, stated_words
from mastkit.vocabulary.variables import clinical_tests, sheet_variables

VERIFIED = {
    "primary": "checked against the publication",
    "reprint": "read in a reprint of the publication",
    "unverified": "recalled, not checked against the publication",
}
DISCLAIMER = (
    "mastkit applies published rules to what it was told. It is not a certified medical device; a specialist"
    " decides on the diagnosis."
)
MOST_SETS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A line with what stands under it.

    Attributes:
        truth: ``True``, ``False`` or ``None`` for a judged line; meaningless unless ``judged``.
        quiet: a side remark, such as the source.
    """

    text: str
    truth: Truth = None
    judged: bool = False
    quiet: bool = False
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the outline with a title."""

    title: str
    nodes: tuple[Node, ...]


def outline(assessment: Assessment, *, grounds: bool = True) -> list[Section]:
    """The assessment as sections, the answer first and the grounds after it.

    Args:
        assessment: what is to be shown.
        grounds: whether to unfold the criteria with the facts that they rest on.
    """
    sections = [_verdict(assessment)]
    if assessment.stated is not None:
        lines = (stated_words(assessment.stated), *fits_words(assessment))
        sections.append(Section("The diagnosis as stated", tuple(Node(line) for line in lines)))
    for answer in assessment.answers:
        if answer.missing:
            sections.append(Section(f"What could settle it: {answer.title}", tuple(_missing(answer))))
    for answer in assessment.answers:
        if answer.ways:
            sections.append(Section(f"What it would take to be sure: {answer.title}", tuple(_ways(answer))))
    if assessment.disagreements:
        rows = tuple(
            Node(d.topic, children=(Node(f"WHO: {d.who}"), Node(f"ICC: {d.icc}"))) for d in assessment.disagreements
        )
        sections.append(Section("Where the two systems differ here", rows))
    readings = tuple(_other_readings(assessment.answers))
    if readings:
        sections.append(Section("Another reading of the publication would change the answer", readings))
    if grounds:
        for answer in assessment.answers:
            nodes = tuple(_criterion(judged, assessment) for judged in answer.judged)
            sections.append(Section(f"Grounds: {answer.title}", nodes))
    if assessment.remarks:
        sections.append(Section("How the record was read", tuple(Node(r) for r in assessment.remarks)))
    sections.append(Section("Please note", (Node(DISCLAIMER, quiet=True),)))
    return sections


def headline(answer: SystemAnswer) -> str:
    """The answer of one system in one line."""
    if answer.contradiction:
        return "what was stated contradicts itself: no subtype fits"
    if answer.subtype is not None:
        return f"{answer.titles[answer.subtype]} ({answer.subtype})"
    return f"cannot be decided yet; possible: {', '.join(answer.possible)}"


def _verdict(assessment: Assessment) -> Section:
    nodes = []
    for answer in assessment.answers:
        children = [
            Node("Criteria of systemic mastocytosis", answer.systemic, judged=True),
            Node(f"{_count(answer, 'b_findings')} B-findings, {_count(answer, 'c_findings')} C-findings"),
            *(Node(f"{label} ({VERIFIED[verified]})") for label, verified in answer.labels),
        ]
        nodes.append(Node(f"{answer.title}: {headline(answer)}", children=tuple(children)))
    words = {
        True: "Both systems give the same answer.",
        False: "The two systems disagree.",
        None: "Whether the two systems agree depends on what is missing.",
    }
    nodes.append(Node(words[assessment.agree]))
    name = f" of {assessment.id}" if assessment.id else ""
    return Section(f"Assessment{name}", tuple(nodes))


def _count(answer: SystemAnswer, group: str) -> str:
    count = answer.counts[group]
    return str(count.met) if count.met == count.possible else f"{count.met} to {count.possible}"


def _missing(answer: SystemAnswer) -> Iterator[Node]:
    if answer.possible and answer.systemic is None:
        yield Node("The smallest sets of results that could settle the subtype, the easiest to obtain first:")
    for found in answer.missing[:MOST_SETS]:
        yield Node(_tests(found), children=(Node(_variables(found)), Node(_could_settle(found), quiet=True)))
    more = len(answer.missing) - MOST_SETS
    if more > 0:
        yield Node(f"and {more} more set{'' if more == 1 else 's'} of the kind", quiet=True)


def _ways(answer: SystemAnswer) -> Iterator[Node]:
    for code, way in answer.ways.items():
        yield Node(f"{answer.titles[code]} ({code}): {_tests(way)}", children=(Node(_variables(way)),))


def _tests(found: MissingSet) -> str:
    tests = clinical_tests()
    return " and ".join(tests[test].label for test in found.tests)


def _variables(found: MissingSet) -> str:
    variables = sheet_variables()
    return "to learn: " + "; ".join(f"{variables[name].label} ({name})" for name in found.variables)


def _could_settle(found: MissingSet) -> str:
    return f"could settle it to {', '.join(found.answers)}, depending on the result"


def _other_readings(answers: Sequence[SystemAnswer]) -> Iterator[Node]:
    for answer in answers:
        for other in answer.other_readings:
            yield Node(
                f"{answer.title}: {other.title}",
                children=(
                    Node(f"read here as: {other.chosen}"),
                    Node(f"read as {other.other}, it would be: {', '.join(other.possible)}"),
                    Node(f"clause {other.clause}", quiet=True),
                ),
            )


def _criterion(judged: Judged, assessment: Assessment) -> Node:
    criterion = judged.criterion
    source = criterion.source.key if criterion.source else "no source"
    children = [_ground(judged.ground, assessment)]
    if criterion.note:
        children.append(Node(criterion.note, quiet=True))
    children.append(Node(f"{source}, clause {criterion.clause}; {VERIFIED[criterion.verified]}", quiet=True))
    return Node(f"{criterion.id} {criterion.title}", judged.truth, judged=True, children=tuple(children))


def _ground(ground: Ground, assessment: Assessment) -> Node:
    text = ground.text
    if ground.fact is not None:
        text += f" — {ground.fact}"
        where = [assessment.facts_of[v.name] for v in ground.variables if v.name in assessment.facts_of]
        if where:
            text += f" ({'; '.join(dict.fromkeys(where))})"
    elif ground.variables:
        text += " — not known"
    children = [_ground(child, assessment) for child in ground.children]
    if ground.presumed:
        children.append(Node(f"not stated; read so because: {ground.presumed}", quiet=True))
    return Node(text, ground.truth, judged=True, children=tuple(children))
