"""The pictures of the documentation, taken of the program at work: uv run python -m tools.pictures."""

import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from tools.screenshots import all_taken

ROOT = Path(__file__).parents[1]
COLUMNS = 100

PICTURES: dict[str, tuple[str, ...]] = {
    "docs/pictures/assess.svg": ("mastkit", "assess", "examples/ada.json", "--no-grounds"),
}
"""Each picture with the command that it shows, run in the root of the repository."""


def printed(command: tuple[str, ...]) -> str:
    """What a command prints to a terminal with colours, in the environment of this Python."""
    program = Path(sys.executable).with_name(command[0])
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    done = subprocess.run(
        (str(program), *command[1:]), cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def drawn(command: tuple[str, ...]) -> str:
    """A command and what it prints, as an SVG that needs nothing from another machine."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "dim"), (" ".join(command), "bold")))
    console.print(Text.from_ansi(printed(command)))
    picture = console.export_svg(title=" ".join(command), theme=MONOKAI, unique_id="terminal")
    # rich names a font of a server on the web; the reader's own fixed font will do.
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL).replace("Fira Code", "ui-monospace")


def main() -> None:
    """Take every picture again."""
    for name, command in PICTURES.items():
        path = ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn(command), encoding="utf-8")
        print(f"{name}: {' '.join(command)}")
    for name, picture in all_taken():
        (ROOT / name).write_bytes(picture)
        print(f"{name}: mastkit demo, {len(picture) // 1000} kB")


if __name__ == "__main__":
    main()
