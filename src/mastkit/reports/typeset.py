"""Typesetting with Typst: documents as PDF/UA, cards as PDF, PNG and SVG.

The text of a person never becomes Typst source: it travels as JSON beside the template, which prints strings.
The fonts lie beside the templates, so that the same document has the same bytes everywhere.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal

from mastkit.record.problems import CannotRead

Format = Literal["pdf", "png", "svg"]

MISSING = 'a PDF needs the extra "reports": install mastkit[reports]'


class ExtraMissing(CannotRead):
    """A package that is not installed is needed; the message says which extra brings it."""


def typeset(template: str, data: Any, format: Format = "pdf", ppi: int = 300) -> bytes:  # noqa: A002
    """Typeset data with a template of this package. PDF is tagged and checked as PDF/UA-1.

    Where a letter is in no font at hand, not even one of the machine's, it is printed by its name in
    brackets: PDF/UA permits no blank boxes, and a dropped letter would be a silent loss.
    """
    try:
        import typst
    except ImportError:
        raise ExtraMissing(MISSING) from None
    clean = _each_text(data, _printable)
    given, system_fonts = _showable(typst, template, clean)
    return _compile(typst, template, given, format, ppi, system_fonts)


def _showable(typst: Any, template: str, data: Any) -> tuple[str, bool]:
    """Return the data as JSON, every letter of which can be shown, and whether that takes the machine's fonts.

    The fonts beside the templates come first, so that the bytes are the same on every machine. The check for
    PDF/UA finds a letter that no font has; the other formats would draw an empty box.
    """
    text = json.dumps(data, ensure_ascii=False)
    if not _NOT_IN_THE_FONTS.search(text):
        return text, False
    for system_fonts in (False, True):
        try:
            _compile(typst, template, text, "pdf", 0, system_fonts)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
        else:
            return text, system_fonts
    return json.dumps(_each_text(data, _by_name), ensure_ascii=False), False


def _compile(typst: Any, template: str, data: str, format: Format, ppi: int, system_fonts: bool) -> bytes:  # noqa: A002
    source = _template(template).encode()
    more: dict[str, Any] = {"pdf_standards": ["ua-1"]} if format == "pdf" else {"ppi": float(ppi)}
    made = typst.compile(
        source, format=format, font_paths=_fonts(system_fonts), sys_inputs={"data": data}, timestamp=0, **more
    )
    return made if isinstance(made, bytes) else made[0]


@cache
def _template(name: str) -> str:
    folder = files("mastkit.reports").joinpath("data")
    parts = ("style", "card_parts", name) if name.startswith("card") else ("style", name)
    return "\n".join(folder.joinpath(f"{part}.typ").read_text("utf-8") for part in parts)


@cache
def _fonts(system_fonts: bool) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=True, font_paths=[font_folder()])


@cache
def font_folder() -> Path:
    """Return the folder of the fonts that documents are set in."""
    with as_file(files("mastkit.reports").joinpath("data", "fonts")) as folder:
        return folder


def _each_text(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _each_text(value, change) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_each_text(value, change) for value in data]
    return data


def _printable(text: str) -> str:
    """Return a text composed, without control characters and broken surrogates; tabs and line ends stay."""
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    return "".join(c for c in composed if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))


def _by_name(text: str) -> str:
    """Return a text with the letters that the fonts here lack as names: a bee becomes "[honeybee]"."""
    return _NOT_IN_THE_FONTS.sub(lambda found: f"[{_name(found[0])}]", text)


def _name(letter: str) -> str:
    return unicodedata.name(letter, f"U+{ord(letter):04X}").lower()


def _not_in_the_fonts() -> re.Pattern[str]:
    text = files("mastkit.reports").joinpath("data", "fonts", "coverage.txt").read_text("utf-8")
    ranges = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    covered = "".join(f"\\U{int(first, 16):08x}-\\U{int(last, 16):08x}" for first, last in ranges)
    return re.compile(f"[^\\t\\n{covered}]")


_NOT_IN_THE_FONTS = _not_in_the_fonts()
