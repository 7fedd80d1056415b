"""A document as a list of blocks: the one form from which page, PDF, Markdown and screen are made.

The texts are plain words, never markup: each renderer escapes them in its own way, so that whatever a person
types is printed as typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a part of the document, the title stands above it."""

    text: str
    level: Literal[1, 2] = 1
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``quiet`` ones explain and stand in small print."""

    text: str
    style: Literal["plain", "quiet", "strong"] = "plain"
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True)
class Bullets:
    """A list. ``check`` has boxes to tick, ``answer`` numbers the items and leaves room to write."""

    items: tuple[str, ...]
    style: Literal["bullet", "number", "check", "answer"] = "bullet"
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Pairs:
    """Names with their values, such as "Born: 1984"."""

    rows: tuple[tuple[str, str], ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True)
class Table:
    """A table with a header; ``widths`` are shares of the width of the page, one a column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Chart:
    """A chart: what it shows in one sentence, its Vega-Lite specification, and the table behind it.

    An ``optional`` one stands on a first page only where there is room, and its table stands elsewhere.
    """

    title: str
    summary: str
    specification: Mapping[str, Any]
    table: Table
    optional: bool = False
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True)
class Box:
    """Lines set apart: an alarm in red, or a note."""

    title: str
    lines: tuple[str, ...]
    tone: Literal["alarm", "note"] = "note"
    kind: Literal["box"] = "box"


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""

    kind: Literal["new_page"] = "new_page"


Block = Heading | Paragraph | Bullets | Pairs | Table | Chart | Box | NewPage


@dataclass(frozen=True)
class Document:
    """A document: title, language, for whom and of which day, and its blocks."""

    title: str
    subtitle: str
    on: date
    blocks: tuple[Block, ...]
    language: str = "en"
    author: str = "mastkit"
    footer: str = ""
    keywords: tuple[str, ...] = field(default=("mastocytosis",))
