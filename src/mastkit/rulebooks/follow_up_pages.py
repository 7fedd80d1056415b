"""The pages of the follow-up rules for ``docs/rulebooks``: prognosis, response, bone, meaningful changes."""

from __future__ import annotations

from mastkit.logic.document import condition_list, escaped, joined, rule_set_page, rulebook_page, score_page
from mastkit.logic.expressions import Criterion
from mastkit.rulebooks import BONE_RULEBOOKS, PROGNOSTIC_SCORES, RESPONSE_RULEBOOKS
from mastkit.rulebooks.bone import FRACTURES
from mastkit.rulebooks.pages import CLAUSES
from mastkit.rulebooks.prognosis import PrognosticScore
from mastkit.rulebooks.response_indolent import CHANGES

NOTICE = "<!-- Printed from the rules by tools/pages.py. Change the rules, not this page. -->"


def pages() -> dict[str, str]:
    """The pages by the name of their file, without its ending."""
    books = {**RESPONSE_RULEBOOKS, **BONE_RULEBOOKS}
    return {
        **{name: _prognosis(rule) for name, rule in PROGNOSTIC_SCORES.items()},
        **{name: joined([NOTICE, rulebook_page(book, clauses=CLAUSES).rstrip()]) for name, book in books.items()},
        **{s.id: joined([NOTICE, rule_set_page(s, clauses=CLAUSES).rstrip()]) for s in (FRACTURES, CHANGES)},
    }


def _prognosis(rule: PrognosticScore) -> str:
    return joined(
        [
            NOTICE,
            score_page(rule.score, clauses=CLAUSES).rstrip(),
            "## Made for",
            f"{escaped(rule.population.title)}. It foretells: {escaped(rule.endpoint)}.",
            "\n".join(condition_list(rule.population.condition)),
            *(["## Cautions", *map(_caution, rule.cautions)] if rule.cautions else []),
            _survival(rule),
        ]
    )


def _caution(criterion: Criterion) -> str:
    lines = [f"**{escaped(criterion.title)}** ({criterion.verified})", "", *condition_list(criterion.condition)]
    return "\n".join(lines)


def _survival(rule: PrognosticScore) -> str:
    if not rule.survival:
        return f"## Survival\n\nNone is shown: {escaped(rule.no_survival)}."
    rows = ["| group | cohort | median overall survival |", "|---|---|---|"]
    for s in rule.survival:
        years = "not reached" if s.median_years is None else f"{s.median_years:g} years"
        rows.append(f"| {s.level} | {s.cohort} | {years} |")
    return "\n".join(["## Published survival", "", *rows])
