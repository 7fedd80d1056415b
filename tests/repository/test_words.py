"""One word a thing: public names use the words of docs/glossary.md, and say what they do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, files, name_of

PACKAGE = ROOT / "src" / "mastkit"
# What FHIR and other standards call their things is theirs.
SPEAKS_OTHER_LANGUAGES = PACKAGE / "exchange"
# In a manifest, a glossary, a form or a file that is still to be read, an entry is an entry.
ENTRY_IS_THE_WORD = tuple(
    PACKAGE / place
    for place in ("backup", "companion/audit", "companion/pages", "record/files.py", "reports/learning.py")
)
MODULES = [p for p in files() if p.is_relative_to(PACKAGE) and p.suffix == ".py"]
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "stuff"}


def glossary() -> list[tuple[str, str, tuple[str, ...]]]:
    """The rows of the table: word, meaning, words that are not used for it."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:1] == "|"]
    return [
        (word, meaning, tuple(w.strip() for w in nots.split(",") if w.strip())) for word, meaning, nots in rows[2:]
    ]


INSTEAD = {wrong: word for word, _, nots in glossary() for wrong in nots}


def public_names(tree: ast.Module) -> Iterator[str]:
    """Classes, functions, their arguments and fields that do not begin with an underscore."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name
            yield from public_names(ast.Module(node.body, []))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name
            yield from (a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs))


def words(name: str) -> set[str]:
    """The words of a name, in small letters, a plural also as its singular."""
    parts = [part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]
    return {form for part in parts for form in (part, part.removesuffix("s"), re.sub("ies$", "y", part))}


def strangers(source: str) -> list[str]:
    return [
        f"{name}: say {INSTEAD[word]}, not {word}"
        for name in public_names(ast.parse(source))
        if not name.startswith("_")
        for word in sorted(words(name) & INSTEAD.keys())
    ]


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_public_names_of(module: Path) -> None:
    if module.is_relative_to(SPEAKS_OTHER_LANGUAGES):
        return
    found = strangers(module.read_text(encoding="utf-8"))
    if any(module.is_relative_to(place) for place in ENTRY_IS_THE_WORD):
        found = [line for line in found if not line.endswith("not entry")]
    assert found == []


def test_a_stranger_is_found() -> None:
    found = strangers(
        "class DiaryEntries:\n    def add(self, episode: int) -> None: ...\n\ndef _entry() -> None: ...\n"
    )
    assert [line.split(":")[0] for line in found] == ["DiaryEntries", "episode"]


def test_modules_say_what_they_do() -> None:
    assert [name_of(p) for p in files() if p.suffix == ".py" and EMPTY_NAMES & set(p.stem.split("_"))] == []


def test_the_glossary_explains_each_word_once() -> None:
    rows = glossary()
    said = [word for word, _, _ in rows]
    assert len(said) == len(set(said)) > 20
    assert all(meaning for _, meaning, _ in rows)
    assert not set(said) & INSTEAD.keys()
