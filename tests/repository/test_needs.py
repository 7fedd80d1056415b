"""The list of needs is whole, and what it claims to be there is there."""

import re

import typer

from mastkit.cli import app
from tests.repository.tree import ROOT
from tools.needs import AUDIENCES, BEGIN, END, STATES, read_needs, summary, with_summary

NEEDS = read_needs()


def test_every_need_has_its_row() -> None:
    assert [need.number for need in NEEDS] == list(range(1, 67))
    assert all(need.state in STATES and need.audience in AUDIENCES for need in NEEDS)


def test_what_is_met_says_where_and_what_is_not_says_nothing() -> None:
    for need in NEEDS:
        assert bool(need.where) == (need.state != "not yet"), need
        assert need.note or need.state != "partly", f"{need.number}: say what is missing"


def test_the_places_exist() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for need in NEEDS:
        for place in need.where:
            if place.startswith("mastkit "):
                assert place.split()[1] in commands, f"{need.number}: {place}"
            else:
                assert (ROOT / place).exists(), f"{need.number}: {place}"


def test_the_summary_counts_every_row_once() -> None:
    total, *counts = (int(number) for number in re.findall(r"\d+", summary(NEEDS)))
    assert total == sum(counts) == len(NEEDS)
    assert counts == [sum(need.state == state for need in NEEDS) for state in STATES]


def test_the_readme_gets_the_sentence_between_its_marks() -> None:
    page = with_summary(f"before {BEGIN} old {END} after")
    assert summary(NEEDS) in page
    assert "old" not in page
    assert page.startswith("before ")
    assert page.endswith(" after")
