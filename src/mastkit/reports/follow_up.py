"""Follow-up as sections of an outline, for every output that draws one."""

from __future__ import annotations

from collections.abc import Iterator

from mastkit.followup.bone import BoneAnswer
from mastkit.followup.overview import Overview
from mastkit.followup.prognosis import Prognosis
from mastkit.followup.symptom_scores import SymptomScore
from mastkit.followup.trends import Trend
from mastkit.record.validation import counted
from mastkit.reports.assessment.outline import VERIFIED, Node, Section
from mastkit.reports.due import last_of, next_of, state_of, where
from mastkit.reports.trend_words import change_words, laboratory_words, own_words

GROUPS_ONLY = (
    "A score speaks of groups of patients, most of them treated before KIT inhibitors; it foretells no one's life."
)


def sections(overview: Overview) -> list[Section]:
    """The overview as sections: prognosis, bones, trends, symptom scores, what is due."""
    return [
        Section("Prognosis", tuple(_prognosis(overview))),
        *([Section("Bones", tuple(_bone(overview.bone)))] if _says(overview.bone) else []),
        *([Section("Trends", tuple(map(_trend, overview.trends)))] if overview.trends else []),
        *([Section("Symptom scores", tuple(map(_score, overview.scores)))] if overview.scores else []),
        *([Section("Due", tuple(_due(overview)))] if overview.due else []),
    ]


def _prognosis(overview: Overview) -> Iterator[Node]:
    types = " or ".join(overview.subtypes) or "not known"
    yield Node(f"Type of disease: {types} ({overview.subtypes_from})")
    for one in overview.prognosis:
        if one.applies is not False:
            yield Node(f"{one.rule.score.title}: {points(one)}", children=tuple(_grounds(one)))
    others = [one.rule.score.id for one in overview.prognosis if one.applies is False]
    if others:
        yield Node(f"not made for this type of disease: {', '.join(others)}", quiet=True)
    yield Node(GROUPS_ONLY, quiet=True)


def points(one: Prognosis) -> str:
    """The points and groups of a score in words: "3 of 5 points, High risk", or a range of both."""
    if one.points is None:
        return "does not apply"
    low, high, top = one.points.low, one.points.high, one.rule.score.limits.high
    count = f"{low}" if low == high else f"{low} to {high}"
    groups = " or ".join(level.title for level in one.levels)
    return f"{count} of at most {top} points" + (f", {groups}" if groups else ", no group is shown")


def _grounds(one: Prognosis) -> Iterator[Node]:
    if one.applies is None:
        yield Node(f"applies only to: {one.rule.population.title}")
    for part in one.parts:
        yield Node(f"{part.title}: {part.low if part.low == part.high else f'{part.low} to {part.high}'}")
    if one.missing:
        yield Node(f"missing: {', '.join(one.missing)}")
    for caution in one.cautions:
        yield Node(f"Caution: {caution.title}")
    for survival in one.survival:
        median = "not reached" if survival.median_years is None else f"{survival.median_years:g} years"
        yield Node(f"published median survival, {survival.level}, {survival.cohort}: {median}")
    if one.rule.no_survival:
        yield Node(f"no survival is shown: {one.rule.no_survival}", quiet=True)
    for remark in one.remarks:
        yield Node(remark)
    score = one.rule.score
    source = f"{score.source.key}; " if score.source else ""
    yield Node(f"{source}{VERIFIED[score.verified]}. {score.note}".strip(), quiet=True)


def _says(bone: BoneAnswer) -> bool:
    return bool(bone.classes) or any(truth for _, truth in bone.findings)


def _bone(bone: BoneAnswer) -> Iterator[Node]:
    for score in bone.scores:
        yield Node(f"{score.kind}-score, {score.site}: {score.text} on {score.day}")
    if bone.classes:
        yield Node(" or ".join(label.title for label in bone.classes))
    for criterion, truth in bone.findings:
        if truth:
            yield Node(criterion.title, truth, judged=True, children=(Node(criterion.note, quiet=True),))


def _trend(trend: Trend) -> Node:
    latest = trend.latest
    assert latest is not None  # only trends with values are shown
    children = [Node(own_words(trend), quiet=trend.band is None)]
    if (laboratory := laboratory_words(trend)) is not None:
        children.append(Node(laboratory))
    children += [Node(f"{v.text} ({v.source.key}, {VERIFIED[v.verified]})", quiet=True) for v, _ in trend.published]
    children += [Node(change_words(trend)), *map(Node, trend.remarks)]
    return Node(f"{trend.title}: {latest.text} on {latest.day}", children=tuple(children))


def _score(score: SymptomScore) -> Node:
    title = score.questionnaire.title
    if score.low is None or score.high is None:
        text = f"{title}: filled in on {counted(score.days, 'day')}, {score.needed} are needed"
    else:
        value = f"{score.low:.3g}" if score.low == score.high else f"{score.low:.3g} to {score.high:.3g}"
        text = f"{title}: {value}, from {score.start} to {score.end}"
    children = [Node(f"{band.text} ({band.source.key})") for band in score.bands]
    children += [Node(remark) for remark in score.remarks]
    children.append(Node(score.questionnaire.licence_state(), quiet=True))
    return Node(text, children=tuple(children))


def _due(overview: Overview) -> Iterator[Node]:
    for one in overview.due:
        text = f"{one.title}: {state_of(one)}, {next_of(one)}; last: {last_of(one)}"
        yield Node(text, children=(Node(f"{one.reason}; {where(one)}", quiet=True),))
