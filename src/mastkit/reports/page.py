"""The page around a document in HTML, and its style."""

from importlib.resources import files

_DATA = files("mastkit.reports").joinpath("data")

PAGE = _DATA.joinpath("page.html").read_text("utf-8")
"""The page; its places in braces are filled with escaped texts."""

STYLE = _DATA.joinpath("page.css").read_text("utf-8")
"""Light and dark, screen and paper."""
