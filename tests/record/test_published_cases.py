"""The published cases that come with the program are read without a problem."""

from pathlib import Path

import orjson

from mastkit.record.sheets import read_sheets

PUBLISHED = Path(__file__).parents[2] / "examples" / "published.jsonl"


def test_every_line_is_read_without_problems_and_without_loss() -> None:
    table = read_sheets(PUBLISHED)
    lines = [orjson.loads(line) for line in PUBLISHED.read_bytes().splitlines()]
    assert table.problems == []
    assert table.ids == [line["id"] for line in lines]
    for i, line in enumerate(lines):
        assert {name: cell for name in table.known if (cell := table.cell(name, i)) is not None} == line["sheet"]
        assert table.extra is not None
        assert table.extra[i] == {key: value for key, value in line.items() if key not in ("id", "sheet")}
