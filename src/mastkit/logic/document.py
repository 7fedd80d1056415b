"""Document: a rulebook or a score as a Markdown page, printed from the rules themselves.

Whoever knows the publication can hold the page beside it and check it line by line; nothing in it is written twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mastkit.logic.expressions import (
    And,
    AtLeast,
    Comparison,
    Criterion,
    Expression,
    Gate,
    Known,
    Member,
    Not,
    Or,
    ScoreAtLeast,
    Source,
    Verification,
)
from mastkit.logic.rulebook import Label, Presumption, Reading, Retest, Rulebook, RuleSet
from mastkit.logic.score import Part, Score
from mastkit.logic.values import Fact
from mastkit.logic.variables import Variable
from mastkit.logic.words import in_words, title_of, with_unit

VERIFIED: dict[Verification, str] = {
    "primary": "checked against the publication itself",
    "reprint": "read in a reprint or a summary of the publication",
    "unverified": "recalled, not yet checked against a source",
}
"""What the words for verification mean."""


def rulebook_page(rulebook: Rulebook, *, clauses: str = "") -> str:
    """The page of a rulebook, under the readings chosen for it.

    Args:
        rulebook: the rules.
        clauses: address of the page on which the clause numbers are explained; no link without it.
    """
    sections = [
        f"# {escaped(rulebook.title)}",
        f"Rulebook `{rulebook.id}`. {_verified(rulebook.verified)} Each criterion below says so for itself.",
        _sources(rulebook.sources),
        _readings(rulebook.readings, rulebook.chosen, clauses),
        "## Criteria",
        *(_criterion(c, clauses) for c in rulebook.criteria),
        _groups(rulebook),
        _labels(rulebook.labels),
        _silence(rulebook.variables, rulebook.presumptions, clauses),
        _statements(rulebook.variables),
        _retests(rulebook.retests),
    ]
    return joined(sections)


def score_page(score: Score, *, clauses: str = "") -> str:
    """The page of a score: its lines with their points, and what the points mean."""
    about = [f"{escaped(score.plain)}." if score.plain else "", _verified(score.verified), escaped(score.note)]
    sections = [
        f"# {escaped(score.title)}",
        f"Score `{score.id}`. " + " ".join(filter(None, about)),
        _sources([score.source] if score.source else []),
        _clause(score.clause, clauses),
        "## Points",
        "In each part the first condition that holds gives the points. What is unknown makes the score a range.",
        *(_part(part) for part in score.parts),
        f"Together from {score.limits.low} to {score.limits.high} points.",
        _levels(score),
        _silence(score.variables, score.presumptions, clauses),
        _statements(score.variables),
    ]
    return joined(sections)


def rule_set_page(rules: RuleSet, *, clauses: str = "") -> str:
    """The page of a set of rules that are answered one by one, under the readings chosen for it."""
    sections = [
        f"# {escaped(rules.title)}",
        f"Set of rules `{rules.id}`. {_verified(rules.verified)} Each criterion below says so for itself.",
        escaped(rules.note),
        _sources(rules.sources),
        _readings(rules.readings, rules.chosen, clauses),
        "## Criteria",
        *(_criterion(c, clauses) for c in rules.criteria),
        _silence(rules.variables, rules.presumptions, clauses),
        _statements(rules.variables),
    ]
    return joined(sections)


def condition_list(node: Expression, depth: int = 0) -> list[str]:
    """A condition as the lines of a nested list. Criteria within it are named, not unfolded."""
    return list(_lines(node, depth))


def joined(sections: Iterable[str]) -> str:
    """Sections with an empty line between them; empty ones are left out."""
    return "\n\n".join(section for section in sections if section) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it stands."""
    for sign in ("\\", "*", "<", "|", "["):
        text = text.replace(sign, "\\" + sign)
    return text


def _lines(node: Expression, depth: int, before: str = "") -> Iterator[str]:
    def line(text: str) -> str:
        return f"{'    ' * depth}- {before}{text}"

    match node:
        case Not(item=item) if not _one_line(item):
            yield from _lines(item, depth, f"{before}not: ")
        case Gate(finding=finding, adequate=adequate, latent=latent):
            yield line("found, or looked for well enough and not found")
            yield from _lines(finding, depth + 1, "found: ")
            yield from _lines(adequate, depth + 1, "its absence counts only with: ")
            yield f"{'    ' * (depth + 1)}- otherwise open: {escaped(title_of(latent))}"
        case ScoreAtLeast(weights=weights, items=items):
            yield line(escaped(in_words(node)))
            for weight, item in zip(weights, items, strict=True):
                yield from _lines(item, depth + 1, f"{weight:+d} points: ")
        case And(items=(only,)) | Or(items=(only,)):
            yield from _lines(only, depth, before)
        case And(items=items) | Or(items=items) | AtLeast(items=items):
            yield line(f"{escaped(in_words(node))}:")
            for item in items:
                yield from _lines(item, depth + 1)
        case Criterion():
            yield line(escaped(in_words(node)))
        case _:
            names = ", ".join(f"`{v.name}`" for v in _asked(node))
            yield line(escaped(in_words(node)) + (f" ({names})" if names else ""))


def _one_line(node: Expression) -> bool:
    """Whether its opposite is said in one line: "at most 20", "not: ascites"."""
    return isinstance(node, Comparison) or (isinstance(node, Member) and node.variable.kind == "boolean")


def _asked(node: Expression) -> Iterator[Variable]:
    match node:
        case Member(variable=v) | Known(variable=v):
            yield v
        case Comparison(variable=v, one_plus=divisor):
            yield v
            if divisor is not None:
                yield divisor
        case Not(item=item):
            yield from _asked(item)
        case _:
            pass


def _verified(how: Verification) -> str:
    return f"Verification: **{how}** ({VERIFIED[how]})."


def _sources(sources: Sequence[Source]) -> str:
    if not sources:
        return ""
    lines = [f"- **{s.key}** {escaped(s.reference)}" + (f" <{s.link}>" if s.link else "") for s in sources]
    return "\n".join(["## Sources", "", *lines])


def _clause(clause: str, clauses: str) -> str:
    if not clause:
        return ""
    return f"[clause {clause}]({clauses})" if clauses else f"clause {clause}"


def _readings(readings: Sequence[Reading], chosen: Mapping[str, str], clauses: str) -> str:
    if not readings:
        return ""
    lines = ["## Readings", "", "Where the sources leave a choice. This page follows the option in bold."]
    for reading in readings:
        taken = chosen.get(reading.id, reading.default)
        lines += ["", f"**`{reading.id}`**: {escaped(reading.title)}", ""]
        for option, meaning in reading.options.items():
            name = f"**`{option}`**" if option == taken else f"`{option}`"
            default = " (default)" if option == reading.default else ""
            lines.append(f"- {name}{default}: {escaped(meaning)}")
        why = [f"Why it is open: {escaped(reading.reason)}." if reading.reason else ""]
        why.append("An answer says when another option would change it." if reading.starred else "")
        why.append(_clause(reading.clause, clauses))
        lines += ["", " ".join(filter(None, why))] if any(why) else []
    return "\n".join(lines)


def _criterion(criterion: Criterion, clauses: str) -> str:
    source = criterion.source
    where = [f"Source: {source.key}" if source else "", _clause(criterion.clause, clauses)]
    foot = ", ".join(filter(None, where))
    foot = " ".join(
        filter(None, [f"{foot}." if foot else "", _verified(criterion.verified), escaped(criterion.note)])
    )
    plain = f"*{escaped(criterion.plain)}*" if criterion.plain else ""
    lines = "\n".join(condition_list(criterion.condition))
    return joined([f"### {criterion.id}: {escaped(criterion.title)}", plain, lines, foot]).rstrip()


def _groups(rulebook: Rulebook) -> str:
    if not rulebook.groups:
        return ""
    lines = [f"- `{name}`: {', '.join(c.id for c in members)}" for name, members in rulebook.groups.items()]
    return "\n".join(["## What is counted", "", *lines])


def _labels(labels: Sequence[Label]) -> str:
    lines = ["## Classification", "", "The first that fits is the answer."]
    for number, label in enumerate(labels, 1):
        plain = f" *{escaped(label.plain)}*" if label.plain else ""
        lines += ["", f"{number}. **{label.code}**: {escaped(label.title)}{plain}", ""]
        if number < len(labels):
            lines += condition_list(label.condition, 1)
        else:
            lines.append("    - none of those above")
    return "\n".join(lines)


def _silence(variables: Sequence[Variable], presumptions: Sequence[Presumption], clauses: str) -> str:
    lines = ["## How silence is read", "", "What is not stated is unknown, but for these."]
    fixed = [v for v in variables if v.absent is not None]
    if fixed:
        lines += ["", "Always:", ""]
        for v in fixed:
            why = f": {escaped(v.absent_reason)}" if v.absent_reason else ""
            lines.append(f"- {escaped(title_of(v))} (`{v.name}`) is taken as {_value(v, v.absent)}{why}")
    if presumptions:
        lines += ["", "When nothing is stated of it, and only then:", ""]
        for p in presumptions:
            kind = "follows from the words" if p.kind == "logic" else "a reading"
            foot = ", ".join(filter(None, [kind, _clause(p.clause, clauses)]))
            lines.append(f"- {escaped(in_words(p.then))} (`{p.variable.name}`): {escaped(p.title)} ({foot}). When:")
            lines += condition_list(p.when, 1)
    return "\n".join(lines) if fixed or presumptions else ""


def _value(variable: Variable, value: Fact | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return escaped(with_unit(variable, value))
    return str(value).replace("_", " ")


def _statements(variables: Sequence[Variable]) -> str:
    lines = []
    for v in variables:
        for statement, allowed in v.open_values:
            lines.append(
                f"- {escaped(title_of(v))}: `{statement}` leaves open: {', '.join(f'`{a}`' for a in allowed)}"
            )
        for statement in v.provisional:
            lines.append(f"- {escaped(title_of(v))}: `{statement}` stands until a further test replaces it")
    return "\n".join(["## Statements that are no last word", "", *lines]) if lines else ""


def _retests(retests: Sequence[Retest]) -> str:
    if not retests:
        return ""
    lines = ["## Results that decide nothing", ""]
    for retest in retests:
        names = ", ".join(f"`{v.name}`" for v in retest.variables)
        lines.append(f"- {escaped(retest.title)}. Still to be done: {names}. When:")
        lines += condition_list(retest.when, 1)
    return "\n".join(lines)


def _part(part: Part) -> str:
    lines = [f"**{escaped(part.title)}**", ""]
    for condition, points in part.choices:
        lines.append(f"- {points} points:")
        lines += condition_list(condition, 1)
    lines.append(f"- {part.otherwise} points otherwise")
    return "\n".join(lines)


def _levels(score: Score) -> str:
    if not score.levels:
        return ""
    ends = [f"to {level.lowest - 1}" for level in score.levels[1:]]
    spans = zip(score.levels, [*ends, "or more"], strict=True)
    lines = []
    for level, end in spans:
        plain = f" *{escaped(level.plain)}*" if level.plain else ""
        lines.append(f"- {level.lowest} {end}: **{level.code}** {escaped(level.title)}{plain}")
    return "\n".join(["## What the points mean", "", *lines])
