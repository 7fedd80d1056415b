"""A document as PDF, as a page of its own in HTML, and as Markdown."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, is_dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from mastkit.reports.document import (
    Block,
    Box,
    Bullets,
    Chart,
    Document,
    Heading,
    NewPage,
    Pairs,
    Paragraph,
    Table,
)
from mastkit.reports.page import PAGE, STYLE
from mastkit.reports.typeset import ExtraMissing, typeset

NO_CHART = 'charts need the extra "reports": install mastkit[reports]'


def as_pdf(document: Document) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1); the same document gives the same bytes."""
    return typeset("document", as_data(document))


def as_data(document: Document) -> dict[str, Any]:
    """Return the document as plain data, charts drawn."""
    data: dict[str, Any] = plain_data(document)
    data["blocks"] = [plain_data(block) for block in _with_tables_apart(document.blocks)]
    for block, shown in zip(data["blocks"], _with_tables_apart(document.blocks), strict=True):
        if isinstance(shown, Chart):
            del block["specification"], block["table"]
            block["svg"] = chart_svg(shown)
    return data


def as_html(document: Document) -> str:
    """Return the document as one page that needs nothing from elsewhere: no script, no request."""
    body = "\n".join(_html_block(block) for block in document.blocks)
    return PAGE.format(
        language=html.escape(document.language),
        title=html.escape(document.title),
        subtitle=html.escape(document.subtitle),
        body=body,
        footer=html.escape(document.footer),
        style=STYLE,
    )


def html_blocks(document: Document) -> str:
    """Return only the blocks as HTML, to be set into a page of the web application."""
    return "\n".join(_html_block(block) for block in document.blocks)


def as_markdown(document: Document) -> str:
    """Return the document as Markdown; what a person typed is escaped."""
    parts = [f"# {_md(document.title)}"]
    if document.subtitle:
        parts.append(_md(document.subtitle))
    parts.extend(text for block in document.blocks if (text := _md_block(block)))
    if document.footer:
        parts.append(f"---\n\n{_md(document.footer)}")
    return "\n\n".join(parts) + "\n"


def as_json(aggregate: Any) -> str:
    """Return an aggregate as JSON: the same numbers that the documents show."""
    return json.dumps(plain_data(aggregate), ensure_ascii=False, indent=2) + "\n"


def plain_data(value: Any) -> Any:
    """Return a value of dataclasses as plain lists, objects and texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain_data(asdict(value))
    if isinstance(value, dict):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain_data(item) for item in value]
    if isinstance(value, (date, UUID)):
        return str(value)
    return value


def chart_svg(chart: Chart) -> str:
    """Draw a chart as SVG."""
    return drawn(json.dumps(chart.specification, ensure_ascii=False))


@lru_cache(maxsize=64)
def drawn(specification: str) -> str:
    """Draw a Vega-Lite specification as SVG; the same one is drawn once."""
    try:
        import vl_convert
    except ImportError:
        raise ExtraMissing(NO_CHART) from None
    from mastkit.reports.typeset import font_folder

    vl_convert.register_font_directory(str(font_folder()))
    return str(vl_convert.vegalite_to_svg(specification, vl_version="5.20"))


def _with_tables_apart(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks, behind each chart the table that stands behind it."""
    for block in blocks:
        yield block
        if isinstance(block, Chart) and not block.optional:
            yield block.table


def _html_block(block: Block) -> str:
    e = html.escape
    match block:
        case Heading():
            return f"<h{block.level + 1}>{e(block.text)}</h{block.level + 1}>"
        case Paragraph():
            return f'<p class="{block.style}">{e(block.text)}</p>'
        case Bullets():
            tag = "ol" if block.style in ("number", "answer") else "ul"
            items = "".join(f"<li>{e(item)}</li>" for item in block.items)
            return f'<{tag} class="{block.style}">{items}</{tag}>'
        case Pairs():
            rows = "".join(f"<div><dt>{e(name)}</dt><dd>{e(value)}</dd></div>" for name, value in block.rows)
            return f"<dl>{rows}</dl>"
        case Table():
            return _html_table(block)
        case Chart():
            svg = re.sub(r"<svg ", f'<svg role="img" aria-label="{e(block.summary)}" ', chart_svg(block), count=1)
            figure = f"<figure><h3>{e(block.title)}</h3><p>{e(block.summary)}</p>{svg}</figure>"
            if block.optional:
                return figure
            table = _html_table(block.table)
            return f"{figure}<details><summary>{e(block.table.title)}</summary>{table}</details>"
        case Box():
            lines = "".join(f"<p>{e(line)}</p>" for line in block.lines)
            head = f"<p><strong>{e(block.title)}</strong></p>" if block.title else ""
            return f'<div class="box {block.tone}">{head}{lines}</div>'
        case NewPage():
            return '<hr class="new-page">'


def _html_table(table: Table) -> str:
    e = html.escape
    head = "".join(f'<th scope="col">{e(column)}</th>' for column in table.columns)
    body = "".join("<tr>" + "".join(f"<td>{e(cell)}</td>" for cell in row) + "</tr>" for row in table.rows)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{e(table.title)}"><table>'
        f"<caption>{e(table.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _md_block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {_md(block.text)}"
        case Paragraph():
            return _md(block.text)
        case Bullets():
            marks = {"bullet": "- ", "check": "- [ ] "}
            return "\n".join(
                f"{marks.get(block.style) or f'{n}. '}{_md(item)}" for n, item in enumerate(block.items, start=1)
            )
        case Pairs():
            return "\n".join(f"- **{_md(name)}**: {_md(value)}" for name, value in block.rows)
        case Table():
            return _md_table(block)
        case Chart():
            head = f"### {_md(block.title)}\n\n{_md(block.summary)}"
            return head if block.optional else f"{head}\n\n{_md_table(block.table)}"
        case Box():
            lines = (
                [f"**{_md(block.title)}**", *map(_md, block.lines)] if block.title else list(map(_md, block.lines))
            )
            return "\n>\n".join(f"> {line}" for line in lines)
        case NewPage():
            return ""


def _md_table(table: Table) -> str:
    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(_md(cell) for cell in cells) + " |"

    rule = "|" + " --- |" * len(table.columns)
    return "\n".join([line(table.columns), rule, *map(line, table.rows)])


def _md(text: str) -> str:
    """Return a text with everything escaped that Markdown or HTML would read as a mark."""
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~])", r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d*)([-+=.)])(?=\s|$)", r"\1\\\2", escaped)
