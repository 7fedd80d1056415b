"""The pictures of the documentation are those that tools.pictures takes, and what they show can still be taken."""

import io

import pytest
from PIL import Image

from tests.repository.tree import ROOT, files, name_of
from tools import screenshots
from tools.pictures import PICTURES, drawn
from tools.screenshots import SCREENSHOTS

LARGEST = 250_000


def test_every_picture_is_made_by_the_tool_and_small() -> None:
    pictures = [p for p in files() if name_of(p).startswith("docs/pictures/")]
    assert {name_of(p) for p in pictures} == {*PICTURES, *SCREENSHOTS}
    assert [name_of(p) for p in pictures if p.stat().st_size > LARGEST] == []


def test_every_picture_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*PICTURES, *SCREENSHOTS) if name not in readme] == []


@pytest.mark.parametrize("name", PICTURES)
def test_the_command_in_a_picture_still_runs(name: str) -> None:
    picture = drawn(PICTURES[name])
    assert picture.startswith("<svg")
    assert "font-face" not in picture


@pytest.mark.skipif(screenshots.chromium() is None, reason="no Chromium on this machine")
def test_the_pages_in_the_pictures_can_still_be_taken() -> None:
    for name, picture in screenshots.all_taken():
        with Image.open(io.BytesIO(picture)) as image:
            shot = SCREENSHOTS[name]
            assert image.size == tuple(side * shot.scale for side in shot.size)
            # An empty page has next to no colours.
            assert len(image.convert("RGB").getcolors(2**20) or []) > 20
        assert len(picture) < LARGEST
