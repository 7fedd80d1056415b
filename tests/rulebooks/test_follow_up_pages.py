"""The pages of the follow-up rules are those of the rules, and what they refer to is there."""

import re
from pathlib import Path

import pytest

from mastkit.rulebooks import BONE_RULEBOOKS, CRITERIA_SETS, PROGNOSTIC_SCORES, RESPONSE_RULEBOOKS, SCORES
from mastkit.rulebooks.bone import FRACTURES
from mastkit.rulebooks.follow_up_pages import pages
from mastkit.rulebooks.response_indolent import CHANGES

DOCS = Path(__file__).parents[2] / "docs"
SOURCES = (DOCS / "sources.md").read_text(encoding="utf-8")
PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name):
    written = (DOCS / "rulebooks" / f"{name}.md").read_text(encoding="utf-8")
    assert written == PAGES[name], "run: uv run python -m tools.pages"


def test_every_page_is_named_in_the_guide():
    guide = (DOCS / "follow-up.md").read_text(encoding="utf-8")
    for name in PAGES:
        assert f"(rulebooks/{name}.md)" in guide


def test_the_registries_hold_what_the_pages_show():
    assert set(PROGNOSTIC_SCORES) <= set(SCORES)
    assert {FRACTURES.id, CHANGES.id} <= set(CRITERIA_SETS)
    assert CRITERIA_SETS[CHANGES.id](None) is CHANGES
    assert set(PAGES) == {*PROGNOSTIC_SCORES, *RESPONSE_RULEBOOKS, *BONE_RULEBOOKS, FRACTURES.id, CHANGES.id}


def test_every_clause_is_explained_and_every_source_listed():
    explained = set(re.findall(r"^\| ([^|]+?) \|", SOURCES, re.MULTILINE))
    scores = [rule.score for rule in PROGNOSTIC_SCORES.values()]
    books = [*RESPONSE_RULEBOOKS.values(), *BONE_RULEBOOKS.values()]
    sets = [FRACTURES, CHANGES]
    criteria = [c for book in (*books, *sets) for c in book.criteria]
    clauses = {part.strip() for c in (*criteria, *scores) for part in c.clause.split(",")}
    assert clauses <= explained, clauses - explained
    cited = {s for rule in PROGNOSTIC_SCORES.values() for s in rule.sources}
    cited |= {source for book in (*books, *sets) for source in book.sources}
    cited |= {c.source for c in criteria if c.source} | {score.source for score in scores if score.source}
    for source in cited:
        assert f"| {source.key} |" in SOURCES
        assert source.link in SOURCES


def test_a_set_is_no_better_verified_than_its_least_verified_criterion():
    order = ["unverified", "reprint", "primary"]
    for rules in (FRACTURES, CHANGES):
        assert order.index(rules.verified) == min(order.index(c.verified) for c in rules.criteria)


def test_only_what_was_read_in_the_paper_is_called_primary():
    for book in RESPONSE_RULEBOOKS.values():
        for criterion in book.criteria:
            if criterion.verified == "primary":
                assert criterion.source.key == "GOTLIB13"
