"""The pages of reactions and screening are those of the rules, and what they refer to is there."""

import re
from pathlib import Path

import pytest

from mastkit.logic.expressions import Criterion, Source
from mastkit.rulebooks import CRITERIA_SETS, SCORES
from mastkit.rulebooks.reaction_pages import SCORES_SHOWN, SETS_SHOWN, pages
from mastkit.rulebooks.screening import OSTEO_POPULATION, REMA_POPULATION
from mastkit.rulebooks.windows import tryptase_windows

DOCS = Path(__file__).parents[2] / "docs"
SOURCES = (DOCS / "sources.md").read_text(encoding="utf-8")
PAGES = pages()
ORDER = ("unverified", "reprint", "primary")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name: str) -> None:
    written = (DOCS / "rulebooks" / f"{name}.md").read_text(encoding="utf-8")
    assert written == PAGES[name], "run: uv run python -m tools.pages"


def test_every_clause_is_explained_and_every_source_listed() -> None:
    explained = set(re.findall(r"^\| ([^|]+?) \|", SOURCES, re.MULTILINE))
    sets = [CRITERIA_SETS[name](None) for name in SETS_SHOWN]
    criteria: list[Criterion] = [REMA_POPULATION, OSTEO_POPULATION, *(c for r in sets for c in r.criteria)]
    scores = [SCORES[name] for name in SCORES_SHOWN]
    clauses = {part.strip() for c in (*criteria, *scores) for part in c.clause.split(",")}
    clauses |= {part.strip() for rules in sets for r in rules.readings for part in r.clause.split(",")}
    assert clauses <= explained, clauses - explained
    cited: set[Source | None] = {c.source for c in (*criteria, *scores)} | {s for r in sets for s in r.sources}
    for source in cited - {None}:
        assert source is not None
        assert f"| {source.key} |" in SOURCES
        assert source.link in SOURCES


@pytest.mark.parametrize("name", SETS_SHOWN)
def test_a_set_lists_what_its_criteria_cite_and_is_no_better_verified_than_they_are(name: str) -> None:
    rules = CRITERIA_SETS[name](None)
    assert {c.source for c in rules.criteria if c.source} <= set(rules.sources)
    assert ORDER.index(rules.verified) == min(ORDER.index(c.verified) for c in rules.criteria)


def test_the_wrong_rule_is_named() -> None:
    assert "the wrong rule lets 5.0 to 7.2 pass, whose limit is 8.0" in PAGES["mast-cell-activation"]
    assert "**It is wrong.**" in (DOCS / "reactions.md").read_text(encoding="utf-8")


def test_the_page_names_every_protocol() -> None:
    guide = (DOCS / "reactions.md").read_text(encoding="utf-8")
    for protocol in tryptase_windows().protocols.values():
        assert f"| `{protocol.id}` | {protocol.authority} |" in PAGES["mast-cell-activation"]
        assert f"`{protocol.id}`" in guide or protocol.id == "mastkit"


def test_the_guide_links_to_pages_that_are_there() -> None:
    guide = (DOCS / "reactions.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([a-z/-]+\.md)\)", guide)
    assert targets
    for target in targets:
        assert (DOCS / target).is_file(), target


GUIDE = (DOCS / "reactions.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL))
def test_the_example_of_the_guide_runs(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(DOCS.parent)
    exec(compile(code, "reactions.md", "exec"), {})
    assert capsys.readouterr().out.splitlines()[0] == "None True"
