"""The page of a rulebook says all that the rules say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from mastkit.logic.document import condition_list, escaped, rulebook_page, score_page
from mastkit.logic.expressions import (
    ALWAYS,
    Source,
    all_of,
    any_of,
    at_least,
    criterion,
    divided,
    gated,
    known,
    score_at_least,
)
from mastkit.logic.rulebook import Label, Reading, Retest, Rulebook, presume
from mastkit.logic.score import Level, Score, part
from tests.logic import draws
from tests.logic.draws import COPIES, COUGH, CRP, DAYS, HIDDEN, NODES, RASH, SWAB, TRAVEL


@pytest.mark.parametrize(
    ("node", "lines"),
    [
        (CRP > 10, ["- CRP above 10 mg/L (`crp`)"]),
        (~(CRP > 10), ["- CRP at most 10 mg/L (`crp`)"]),
        (~COUGH, ["- not: Cough (`cough`)"]),
        (~SWAB.is_in("strep"), ["- not: Throat swab: strep (`swab`)"]),
        (~(COUGH & RASH), ["- not: all of:", "    - Cough (`cough`)", "    - Rash (`rash`)"]),
        (~all_of(~SWAB.is_in("strep")), ["- not: not: Throat swab: strep (`swab`)"]),
        (any_of(COUGH), ["- Cough (`cough`)"]),
        (ALWAYS, ["- always"]),
        (known(SWAB), ["- something is stated of: Throat swab (`swab`)"]),
        (
            divided(CRP, one_plus=COPIES) > 20,
            ["- CRP divided by (1 + Extra copies) above 20 mg/L (`crp`, `copies`)"],
        ),
        (criterion("I", "Inner", COUGH), ["- Inner (I)"]),
        (at_least(1, [COUGH, RASH]), ["- at least 1 of 2:", "    - Cough (`cough`)", "    - Rash (`rash`)"]),
        (
            score_at_least(2, [(2, COUGH), (-1, CRP > 10)]),
            [
                "- points add up to at least 2",
                "    - +2 points: Cough (`cough`)",
                "    - -1 points: CRP above 10 mg/L (`crp`)",
            ],
        ),
        (
            gated(COUGH | RASH, adequate=TRAVEL, latent=HIDDEN),
            [
                "- found, or looked for well enough and not found",
                "    - found: at least one of:",
                "        - Cough (`cough`)",
                "        - Rash (`rash`)",
                "    - its absence counts only with: Travel (`travel`)",
                "    - otherwise open: What a better swab would show",
            ],
        ),
    ],
)
def test_a_condition_as_a_nested_list(node, lines: list[str]) -> None:
    assert condition_list(node) == lines
    assert condition_list(node, 2) == ["        " + line for line in lines]


SOURCE = Source("KEY24", "Author A. A paper with a * in it. 2024", "https://example.org/paper")
BARE = Source("BARE", "A book")
STREP = criterion(
    "S1", "Strep <here>", SWAB.is_in("strep"),
    plain="In plain words", source=SOURCE, clause="3", verified="primary", note="Take care.",
)  # fmt: skip
BOOK = Rulebook(
    id="throat-1",
    title="Sore throats | 1",
    question=STREP,
    criteria=(STREP, criterion("S2", "Second", STREP & (CRP > 10))),
    groups={"signs": (STREP,)},
    labels=(Label("A", "Kind A", any_of(STREP), plain="plainly A"), Label("none", "Nothing", ALWAYS)),
    presumptions=(
        presume(RASH, ~RASH, when=~COUGH, title="no cough, no rash", kind="reading", clause="4"),
        presume(NODES, NODES <= 1, when=TRAVEL & (DAYS > 3), title="follows"),
    ),
    retests=(Retest((SWAB, CRP), SWAB.is_in("virus"), "a swab that decides nothing"),),
    readings=(
        Reading("r", "A choice", {"one": "the first", "two": "the second"}, "5", "the paper is silent", True),
        Reading("q", "Another", {"x": "X"}),
    ),
    chosen={"r": "two", "q": "x"},
    sources=(SOURCE, BARE),
    verified="reprint",
)
PRIMARY = "Verification: **primary** (checked against the publication itself)."
PAGE = rulebook_page(BOOK, clauses="c.md")


@pytest.mark.parametrize(
    "line",
    [
        "# Sore throats \\| 1",
        "Rulebook `throat-1`. Verification: **reprint** (read in a reprint or a summary of the publication). "
        "Each criterion below says so for itself.",
        "- **KEY24** Author A. A paper with a \\* in it. 2024 <https://example.org/paper>",
        "- **BARE** A book",
        "**`r`**: A choice",
        "- `one` (default): the first",
        "- **`two`**: the second",
        "Why it is open: the paper is silent. An answer says when another option would change it. [clause 5](c.md)",
        "- **`x`** (default): X",
        "### S1: Strep \\<here>",
        "*In plain words*",
        "- Throat swab: strep (`swab`)",
        "Source: KEY24, [clause 3](c.md). " + PRIMARY + " Take care.",
        "### S2: Second",
        "- all of:",
        "    - Strep \\<here> (S1)",
        "Verification: **unverified** (recalled, not yet checked against a source).",
        "- `signs`: S1",
        "1. **A**: Kind A *plainly A*",
        "2. **none**: Nothing",
        "    - none of those above",
        "- Travel (`travel`) is taken as no: a traveller says so",
        "- Days in bed (`days`) is taken as 0: nobody speaks of it",
        "- not: Rash (`rash`): no cough, no rash (a reading, [clause 4](c.md)). When:",
        "    - not: Cough (`cough`)",
        "- Swollen nodes at most 1 (`nodes`): follows (follows from the words). When:",
        "- Throat swab: `unclear` leaves open: `none`, `strep`",
        "- Throat swab: `suspected` stands until a further test replaces it",
        "- a swab that decides nothing. Still to be done: `swab`, `crp`. When:",
    ],
)
def test_the_page_of_a_rulebook(line: str) -> None:
    assert line in PAGE.splitlines()


def test_the_page_of_a_rulebook_has_its_sections_in_order_and_no_empty_ones() -> None:
    assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == [
        "Sources",
        "Readings",
        "Criteria",
        "What is counted",
        "Classification",
        "How silence is read",
        "Statements that are no last word",
        "Results that decide nothing",
    ]
    question = criterion("Q", "Q", COUGH)
    bare = rulebook_page(Rulebook("b", "B", question, (question,), {}, (Label("x", "X", ALWAYS),)))
    assert re.findall(r"^## (.*)$", bare, re.MULTILINE) == ["Criteria", "Classification"]
    assert "\n\n\n" not in PAGE + bare
    assert bare.endswith("above\n")


def test_without_an_address_a_clause_is_no_link() -> None:
    assert "Source: KEY24, clause 3." in rulebook_page(BOOK)
    assert "](" not in rulebook_page(BOOK)


def test_the_page_of_a_score() -> None:
    score = Score(
        "throat",
        "Throat score",
        (part("CRP", (CRP > 20, 3), (CRP > 10, 2), otherwise=-1), part("Travel", (TRAVEL, 2))),
        (Level("low", "Low", -1), Level("high", "High", 4, plain="See somebody")),
        plain="How bad it is",
        source=SOURCE,
        clause="8",
        verified="primary",
        note="Adults only.",
    )
    lines = score_page(score, clauses="c.md").splitlines()
    for line in (
        "# Throat score",
        f"Score `throat`. How bad it is. {PRIMARY} Adults only.",
        "- **KEY24** Author A. A paper with a \\* in it. 2024 <https://example.org/paper>",
        "[clause 8](c.md)",
        "**CRP**",
        "- 3 points:",
        "    - CRP above 20 mg/L (`crp`)",
        "- 2 points:",
        "- -1 points otherwise",
        "- 0 points otherwise",
        "Together from -1 to 5 points.",
        "- -1 to 3: **low** Low",
        "- 4 or more: **high** High *See somebody*",
        "- Travel (`travel`) is taken as no: a traveller says so",
    ):
        assert line in lines
    assert "## What the points mean" not in score_page(Score("s", "S", (part("x", (COUGH, 1)),)))


def test_signs_of_markdown_are_shown_as_they_stand() -> None:
    assert escaped("100 10*9/L [a] <b> c|d \\") == "100 10\\*9/L \\[a] \\<b> c\\|d \\\\"


@given(draws.rulebooks())
@draws.budget
def test_every_rulebook_has_a_page_with_every_variable_that_it_asks(book: Rulebook) -> None:
    page = rulebook_page(book)
    for c in book.criteria:
        assert f"### {c.id}: {c.title}" in page
    for label in book.labels:
        assert f". **{label.code}**: " in page
