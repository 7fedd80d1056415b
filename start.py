#!/usr/bin/env python3
"""Set mastkit up and run it, on a machine with nothing but Python 3.11 or newer.

python3 start.py                  open the companion with two invented people (the first run sets everything up)
python3 start.py cases            classify the published cases in examples/
python3 start.py test             check everything: style, types, architecture, tests
python3 start.py test -k word     run only the tests that pytest selects with these arguments
python3 start.py mastkit ...      run any command of mastkit: python3 start.py mastkit --help

Everything is installed into folders beside this file (.venv and, where uv is missing, .venv-start). Only the test
command installs anything outside, and only as root on Debian: the browser that the browser tests drive.
"""

import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
OLDEST_UV = (0, 5)  # the first that knows dependency groups
WINDOWS = os.name == "nt"

MAIN_COMMAND = ("mastkit", "demo")
CASES_COMMAND = ("mastkit", "assess", str(ROOT / "examples" / "published.jsonl"))
EXTRAS = ("companion", "reports", "backup", "tables")
BROWSER_VARIABLE = "MASTKIT_CHROMIUM"


class CannotStart(Exception):  # noqa: N818 - it is said as a sentence
    """Something that the reader has to mend, in one sentence."""


class Step(NamedTuple):
    """One check of the test command."""

    title: str
    command: "tuple[str, ...]"


# --- Talking and running ------------------------------------------------------------------------------------------


def say(sentence: str) -> None:
    """One line of progress, at once and not with the results."""
    print(f"start: {sentence}", file=sys.stderr, flush=True)


def run(*command: str, cwd: "Path | None" = None) -> int:
    """Run a command with its output on the terminal; its exit status."""
    return subprocess.run(command, cwd=cwd, env=environment(), check=False).returncode


def answers(*command: str) -> "str | None":
    """What a command prints, or None where it cannot be run or fails."""
    try:
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def environment() -> "dict[str, str]":
    """The environment without what would lead uv or pip to another place, and with the machine's certificates."""
    kept = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONHOME"}}
    # uv and pip bring certificates of their own, which do not know the proxy of a hospital or a company.
    certificates = ssl.get_default_verify_paths().cafile
    trusted = {"SSL_CERT_FILE": certificates, "PIP_CERT": certificates} if certificates else {}
    return {
        **trusted,
        **kept,
        "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv"),
        "UV_PYTHON_DOWNLOADS": "never",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def programs(folder: Path) -> Path:
    """Where an environment keeps its programs."""
    return folder / ("Scripts" if WINDOWS else "bin")


def is_root() -> bool:
    """Whether this may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


# --- Setting up ---------------------------------------------------------------------------------------------------


def check_python(version: "tuple[int, ...]" = sys.version_info[:3]) -> None:
    """Refuse a Python that is too old before anything is installed."""
    if version < OLDEST_PYTHON:
        found, wanted = (".".join(map(str, parts)) for parts in (version, OLDEST_PYTHON))
        raise CannotStart(
            f"This is Python {found}; mastkit needs Python {wanted} or newer. Run start.py with a newer one."
        )


def new_enough(printed: "str | None") -> bool:
    """Whether what `uv --version` printed is a version that can read the lock file."""
    found = re.match(r"uv (\d+)\.(\d+)", printed or "")
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_UV


def find_uv() -> str:
    """The uv on the path, or one of our own in .venv-start."""
    private = ROOT / ".venv-start"
    for candidate in (shutil.which("uv"), programs(private) / "uv", private / "packages" / "bin" / "uv"):
        if candidate and new_enough(answers(str(candidate), "--version")):
            return str(candidate)
    return install_uv(private)


def install_uv(folder: Path) -> str:
    """Install uv into a folder of its own: by venv, else by the pip that is there, else after installing venv."""
    say("installing uv, which installs the rest, into .venv-start")
    shutil.rmtree(folder, ignore_errors=True)
    if answers(sys.executable, "-c", "import ensurepip, venv") is None and answers(
        sys.executable, "-m", "pip", "--version"
    ):
        packages = folder / "packages"
        pip = ("-m", "pip", "install", "--quiet", "--target", str(packages), "uv")
        return installed(run(sys.executable, *pip), packages / "bin" / "uv")
    if answers(sys.executable, "-c", "import ensurepip, venv") is None:
        install_system_package("python3-venv", "uv needs the venv module of Python")
    if run(sys.executable, "-m", "venv", str(folder)) != 0:
        raise CannotStart(
            f"Python could not make an environment in {folder}. On Debian and Ubuntu: install python3-venv."
        )
    python = str(programs(folder) / "python")
    return installed(run(python, "-m", "pip", "install", "--quiet", "uv"), programs(folder) / "uv")


def installed(status: int, uv: Path) -> str:
    """The path of a freshly installed uv, or the sentence that says what went wrong."""
    if status != 0 or not new_enough(answers(str(uv), "--version")):
        raise CannotStart("uv could not be installed: see the lines above. Is there a network?")
    return str(uv)


def sync(*choice: str) -> None:
    """Bring .venv to what the lock file says."""
    uv = find_uv()
    say("installing the packages of the lock file into .venv")
    command = (uv, "sync", "--frozen", "--quiet", "--python", sys.executable, *choice)
    if run(*command, cwd=ROOT) != 0:
        raise CannotStart(
            "The packages could not be installed: see the lines above. Is there a network, and is the disk full?"
        )


def set_up_to_use() -> None:
    """What the main job needs; what the tests installed stays."""
    extras = [part for extra in EXTRAS for part in ("--extra", extra)]
    sync("--no-dev", "--inexact", *extras)


def set_up_to_test() -> None:
    """Every extra, the tools of the checks, and the browser where a test drives one."""
    sync("--all-extras", "--all-groups")
    if browser_tests():
        find_browser()


# --- What lies outside the environment ----------------------------------------------------------------------------


def browser_tests() -> bool:
    """Whether any test drives a browser."""
    files = (ROOT / "tests").rglob("*.py")
    return any("from playwright" in file.read_text(encoding="utf-8") for file in files)


def browser() -> "str | None":
    """The Chromium of this machine, as the tests look for it."""
    named = os.environ.get(BROWSER_VARIABLE)
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


def find_browser() -> None:
    """See to it that there is a Chromium: from Debian as root, else Playwright's own in the home folder."""
    if browser():
        return
    if is_root() and shutil.which("apt-get"):
        install_system_package("chromium", "the browser tests drive it")
        return
    say("fetching a Chromium for the browser tests into the home folder")
    tools = programs(ROOT / ".venv")
    if run(str(tools / "playwright"), "install", "chromium") != 0:
        raise CannotStart("The browser tests need Chromium, and it could not be fetched. Install it and try again.")
    ask = (
        "from playwright.sync_api import sync_playwright as p\nwith p() as one: print(one.chromium.executable_path)"
    )
    os.environ[BROWSER_VARIABLE] = (answers(str(tools / "python"), "-c", ask) or "").strip()


def install_system_package(package: str, reason: str) -> None:
    """Install a Debian package as root, or say which one is missing."""
    if not (is_root() and shutil.which("apt-get")):
        raise CannotStart(f"The system package {package} is missing ({reason}). Install it and try again.")
    say(f"installing the system package {package} ({reason})")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    apt = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
    if run(*apt, "update") != 0:
        raise CannotStart("apt-get could not read the lists of packages: see the lines above. Is there a network?")
    if run(*apt, "install", "-y", "--no-install-recommends", package) != 0:
        raise CannotStart(f"The system package {package} could not be installed: see the lines above.")


# --- The commands -------------------------------------------------------------------------------------------------


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def steps() -> "list[Step]":
    """The checks, the quick ones first."""
    workers = str(min(cores(), 4))
    return [
        Step("style", ("ruff", "check", ".")),
        Step("format", ("ruff", "format", "--check", ".")),
        Step("types", ("mypy",)),
        Step("architecture", ("lint-imports",)),
        # A module stays on one worker: the browser tests share a server by module, and one takes seconds to start.
        Step("tests", ("pytest", "-q", "-n", workers, "--dist", "loadfile", "--tb=short", "--durations=15")),
    ]


def test(arguments: "list[str]") -> int:
    """Run every check, also after one has failed; with arguments, only pytest with these."""
    set_up_to_test()
    tools = programs(ROOT / ".venv")
    if arguments:
        return run(str(tools / "pytest"), *arguments, cwd=ROOT)
    lines, failed = [], 0
    for title, (program, *rest) in steps():
        say(f"{title}: {program} {' '.join(rest)}".rstrip())
        began = time.monotonic()
        status = run(str(tools / program), *rest, cwd=ROOT)
        failed += status != 0
        lines.append(f"{'passed' if status == 0 else 'FAILED'}  {title} ({time.monotonic() - began:.0f} s)")
    for line in lines:
        say(line)
    return 1 if failed else 0


def use(command: "tuple[str, ...]") -> int:
    """Run a program of the environment where the caller stands."""
    set_up_to_use()
    program, *arguments = command
    say(" ".join((program, *(os.path.relpath(a) if Path(a).is_absolute() else a for a in arguments))))
    return run(str(programs(ROOT / ".venv") / program), *arguments)


def main(arguments: "list[str]") -> int:
    """Choose by the first word."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("try", [])
    if word in {"-h", "--help", "help"}:
        print(__doc__)
        return 0
    check_python()
    if word == "try":
        return use((*MAIN_COMMAND, *rest))
    if word == "cases":
        return use((*CASES_COMMAND, *rest))
    if word == "test":
        return test(rest)
    if word == "mastkit":
        return use(("mastkit", *rest))
    raise CannotStart(
        f"start.py knows 'try', 'cases', 'test' and 'mastkit', not {word!r}. `python3 start.py --help` says more."
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as reason:
        say(str(reason))
        sys.exit(2)
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(130)
