"""The pages in docs/rulebooks are those of the rules, and what they refer to is there."""

import re
from pathlib import Path

import pytest

from mastkit.rulebooks import RULEBOOKS
from mastkit.rulebooks.pages import page
from mastkit.rulebooks.refinements import refinements

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("system", RULEBOOKS)
def test_the_page_of_a_rulebook_is_up_to_date(system: str) -> None:
    written = (DOCS / "rulebooks" / f"{system}.md").read_text(encoding="utf-8")
    assert written == page(RULEBOOKS[system]), "run: uv run python tools/rulebook_pages.py"


@pytest.mark.parametrize("system", RULEBOOKS)
def test_what_another_reading_changes_is_shown(system: str) -> None:
    shown = page(RULEBOOKS[system])
    book = RULEBOOKS[system]()
    _, _, others = shown.partition("## The criteria under other readings")
    for reading in book.readings:
        for option in list(reading.options)[1:]:
            assert f"`{reading.id}` = `{option}`: **" in others


@pytest.mark.parametrize("system", RULEBOOKS)
def test_every_clause_is_explained_and_every_source_listed(system: str) -> None:
    sources = (DOCS / "sources.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([^|]+?) \|", sources, re.MULTILINE))
    book = RULEBOOKS[system]()
    clauses = [
        *(c.clause for c in book.criteria),
        *(p.clause for p in book.presumptions),
        *(r.clause for r in book.readings),
        *(r.clause for r in refinements(book)),
    ]
    named = {part.strip() for clause in clauses for part in clause.split(",")}
    assert named - {""} <= explained
    for source in book.sources:
        assert f"| {source.key} |" in sources
        assert source.link in sources
    # A criterion cites nothing that its rulebook does not list.
    assert {c.source for c in book.criteria if c.source} <= set(book.sources)
