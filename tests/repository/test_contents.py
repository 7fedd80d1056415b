"""What must not lie in the repository."""

import re
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, files, name_of, text_of

LARGEST = 500_000
# Put together from parts so that this file does not contain them.
ELSEWHERE = re.compile(r"\.\./sha" + r"red|(?<![\w./])/wo" + r"rk/|(?<![\w./])/tmp/iss" + "ues")


def test_nothing_points_to_a_folder_outside() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in files()
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if ELSEWHERE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("line", ["see ../sha" + "red/x.md", "cd /wo" + "rk/main", "`/wo" + "rk/x`"])
def test_such_a_line_is_found(line: str) -> None:
    assert ELSEWHERE.search(line)
    assert not ELSEWHERE.search("https://example.org/wo" + "rk/12")


def test_no_file_is_large() -> None:
    allowed = {ROOT / "uv.lock", ROOT / "tests" / "companion" / "browser" / "axe" / "axe.min.js"}
    found = [name_of(p) for p in files() if p.stat().st_size > LARGEST and p not in allowed]
    assert found == []


def test_lock_files_of_npm_name_no_host() -> None:
    for path in files():
        if path.name == "package-lock.json":
            assert '"resolved"' not in path.read_text(encoding="utf-8"), name_of(path)


def test_pictures_ask_no_other_machine() -> None:
    for path in files():
        if path.suffix == ".svg":
            remote = re.findall(r"(?:href|src|url)\s*[=(]\s*[\"']?https?:", path.read_text(encoding="utf-8"))
            assert remote == [], name_of(path)


def test_there_is_something_to_look_at() -> None:
    assert Path(__file__) in files()
    assert ROOT / "README.md" in files()
