"""The page of each rulebook for ``docs/rulebooks``, with what another reading would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mastkit.logic.document import condition_list, escaped, joined, rulebook_page
from mastkit.logic.expressions import Criterion, walk
from mastkit.logic.rulebook import Rulebook, RuleSet
from mastkit.rulebooks.refinements import refinements

CLAUSES = "../sources.md"
NOTICE = "<!-- Printed from the rules by tools/rulebook_pages.py. Change the rules, not this page. -->"


def page(make: Callable[[Mapping[str, str] | None], Rulebook]) -> str:
    """The Markdown page of one rulebook under its default readings.

    Args:
        make: gives the rulebook under a choice of readings.
    """
    rulebook = make(None)
    return joined(
        [
            NOTICE,
            rulebook_page(rulebook, clauses=CLAUSES).rstrip(),
            _finer_labels(rulebook),
            other_readings(make, rulebook),
        ]
    )


def _finer_labels(rulebook: Rulebook) -> str:
    lines = ["## Finer labels", "", "Given beside a subtype, in a field of their own, when they surely hold."]
    for r in refinements(rulebook):
        beside = ", ".join(code for code in (label.code for label in rulebook.labels) if code in r.subtypes)
        where = f"[clause {r.clause}]({CLAUSES})"
        lines += ["", f"**{escaped(r.title)}** beside {beside} ({where}, {r.verified})", ""]
        lines += condition_list(r.condition)
    return "\n".join(lines)


def other_readings(
    make: Callable[[Mapping[str, str] | None], Rulebook | RuleSet], rulebook: Rulebook | RuleSet
) -> str:
    """What every criterion is under every option that is not the default; empty where nothing changes."""
    lines = ["## The criteria under other readings"]
    usual = {c.id: c for c in rulebook.criteria}
    for reading in rulebook.readings:
        for option in list(reading.options)[1:]:
            changed = [c for c in make({reading.id: option}).criteria if c is not usual[c.id]]
            for criterion in (c for c in changed if not _rests_on_another(c, changed)):
                lines += ["", f"`{reading.id}` = `{option}`: **{criterion.id}**", ""]
                lines += condition_list(criterion.condition)
    return "\n".join(lines) if len(lines) > 1 else ""


def _rests_on_another(criterion: Criterion, changed: list[Criterion]) -> bool:
    """Whether it only differs because a criterion within it does."""
    return any(node in changed for node in walk(criterion.condition))
