"""The pictures of the documentation are those that tools.pictures takes, and the commands in them still run."""

import pytest

from tests.repository.tree import files, name_of
from tools.pictures import PICTURES, drawn


def test_every_drawing_of_a_terminal_is_made_by_the_tool() -> None:
    drawings = {name_of(p) for p in files() if name_of(p).startswith("docs/pictures/") and p.suffix == ".svg"}
    assert drawings == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_the_command_in_a_picture_still_runs(name: str) -> None:
    picture = drawn(PICTURES[name])
    assert picture.startswith("<svg")
    assert "font-face" not in picture
