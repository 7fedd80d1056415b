"""Every block of code in docs/rule-language.md runs, in order, and prints what the page says."""

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "rule-language.md"


def test_the_guide_is_true() -> None:
    pytest.importorskip("ibis")
    text = PAGE.read_text(encoding="utf-8")
    names: dict[str, object] = {}
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    failures: list[str] = []
    examples = 0
    for block in re.finditer(r"^```(python|pycon)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        kind, code = block.groups()
        line = text[: block.start()].count("\n") + 1
        if kind == "python":
            exec(compile(code, f"{PAGE.name}:{line}", "exec"), names)
            continue
        test = parser.get_doctest(code, names, f"line {line}", str(PAGE), line)
        test.globs = names
        examples += len(test.examples)
        runner.run(test, out=failures.append, clear_globs=False)
    assert failures == []
    assert examples > 20


def test_every_form_of_the_language_is_in_the_guide() -> None:
    from mastkit.logic import expressions

    text = PAGE.read_text(encoding="utf-8")
    builders = (
        "all_of", "any_of", "at_least", "criterion", "divided", "gated", "known", "score_at_least", "is_in",
        "latent",
    )  # fmt: skip
    for name in builders:
        assert name in text
    builders_there = {
        name
        for name in expressions.__all__
        if name.islower() and name not in ("expression", "variables_of", "walk")
    }
    assert builders_there <= set(builders)
