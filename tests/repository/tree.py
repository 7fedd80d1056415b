"""The files of the repository, as the tests of it read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", ".venv-start", "node_modules", "mutants", "dist", "build", "results", "__pycache__"}


@cache
def files() -> tuple[Path, ...]:
    """Every file that git knows or would take in; in a copy without git, all but what is made."""
    listed = ("git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    try:
        printed = subprocess.run(listed, capture_output=True, check=True, text=True).stdout
        found = [ROOT / name for name in printed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        found = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def text_of(path: Path) -> str | None:
    """What a file says, or None of a picture and the like."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8", "replace")


def name_of(path: Path) -> str:
    """The path inside the repository."""
    return path.relative_to(ROOT).as_posix()
