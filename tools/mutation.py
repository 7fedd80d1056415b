"""Mutation testing: change the code in small ways and see whether a test notices.

    uv run python tools/mutation.py logic.evaluate logic.search
    uv run python tools/mutation.py rulebooks --tests tests/rulebooks

Each module is a dotted path below ``mastkit``; a package stands for all of its modules. The tests are those of
the package of the same name, unless others are named. The run takes place in a copy (``build/mutation``), with one
process at low priority, and picks up where it was stopped. At the end it prints the score of each module and the
difference that each surviving mutant makes; ``docs/mutation.md`` keeps what was found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "mutation"
COPIED = ("src", "tests", "docs", "examples", "tools", "pyproject.toml", "README.md")
KILLED, SURVIVED, NOT_TESTED = (1, 3), 0, (5, 33)


def main() -> int:
    """Run the mutants of the named modules and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="+", help="dotted paths below mastkit: logic.evaluate, rulebooks")
    parser.add_argument("--tests", nargs="+", help="files or folders of tests to run")
    parser.add_argument("--again", action="store_true", help="run only those that survived before")
    parser.add_argument("--show", action="store_true", help="run nothing; show what earlier runs found")
    arguments = parser.parse_args()
    sources = [source_of(module) for module in arguments.modules]
    tests = arguments.tests or sorted({f"tests/{module.split('.')[0]}" for module in arguments.modules})
    if not arguments.show:
        prepare(sources, tests)
        names = [name for meta in metas(sources) for name in survivors_of(meta)] if arguments.again else []
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *names]
        subprocess.run(command, cwd=WORK, env=environment(), check=False, preexec_fn=lambda: os.nice(10))
    return report(sources)


def source_of(module: str) -> str:
    """The pattern of files that a dotted path stands for."""
    path = Path("src/mastkit", *module.split("."))
    if (ROOT / path).is_dir():
        return f"{path}/*"
    if (ROOT / path).with_suffix(".py").is_file():
        return f"{path}.py"
    raise SystemExit(f"there is no module mastkit.{module}")


def environment() -> dict[str, str]:
    """Few, fixed examples in the property tests, and none made smaller: a failure is all that counts."""
    return {**os.environ, "MASTKIT_MUTATING": "1", "MASTKIT_EXAMPLES": os.environ.get("MASTKIT_EXAMPLES", "40")}


def prepare(sources: list[str], tests: list[str]) -> None:
    """Copy the tree, with the settings of this run in place of those of the project."""
    WORK.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        target = WORK / name
        if target.is_dir():
            shutil.rmtree(target)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, target)
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    settings |= {"only_mutate": sources, "pytest_add_cli_args_test_selection": tests}
    if not any("compile" in source for source in sources):
        # A database engine does not survive the fork with which each mutant begins.
        settings["pytest_add_cli_args"] += ["--ignore-glob=*compiled*", "--ignore-glob=*guide*"]
    text, _, _ = (WORK / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.mutmut]")
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in settings.items())
    (WORK / "pyproject.toml").write_text(f"{text}[tool.mutmut]\n{lines}\n", encoding="utf-8")


def metas(sources: list[str]) -> list[Path]:
    """The files in which mutmut keeps what became of the mutants of each module."""
    found = sorted((WORK / "mutants").rglob("*.py.meta"))
    paths = {meta: Path(str(meta.relative_to(WORK / "mutants")).removesuffix(".meta")) for meta in found}
    return [meta for meta, path in paths.items() if any(path.match(source) for source in sources)]


def fates_of(meta: Path) -> dict[str, int | None]:
    """The exit code of the tests for each mutant of a module; none while it is still to do."""
    fates: dict[str, int | None] = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    return fates


def survivors_of(meta: Path) -> list[str]:
    """The names of the mutants of a module that no test noticed."""
    return [name for name, code in fates_of(meta).items() if code == SURVIVED]


def report(sources: list[str]) -> int:
    """Print the score of each module, then the survivors as differences. One where a mutant survived."""
    survivors: list[str] = []
    print(f"\n{'module':<34}{'mutants':>8}{'killed':>8}{'timeout':>8}{'survived':>9}{'untested':>9}{'score':>7}")
    for meta in metas(sources):
        path = str(meta.relative_to(WORK / "mutants")).removesuffix(".meta")
        fates = fates_of(meta)
        counts = Counter(fate_of(code) for code in fates.values())
        survivors += survivors_of(meta)
        done = sum(counts[fate] for fate in ("killed", "timeout", "survived", "untested"))
        caught = counts["killed"] + counts["timeout"]
        score = f"{100 * caught / done:.1f} %" if done else "-"
        numbers = "".join(f"{counts[fate]:>{w}}" for fate, w in _WIDTHS)
        left = f"  ({counts['to do']} to do)" if counts["to do"] else ""
        print(f"{path.removeprefix('src/mastkit/'):<34}{len(fates):>8}{numbers}{score:>7}{left}")
    for name in survivors:
        shown = subprocess.run(
            [sys.executable, "-m", "mutmut", "show", name], cwd=WORK, capture_output=True, text=True, check=False
        )
        print(f"\n{shown.stdout.strip()}")
    return 1 if survivors else 0


_WIDTHS = (("killed", 8), ("timeout", 8), ("survived", 9), ("untested", 9))


def fate_of(code: int | None) -> str:
    """What became of a mutant, from the exit code that mutmut keeps."""
    if code is None:
        return "to do"
    if code in KILLED:
        return "killed"
    if code in NOT_TESTED:
        return "untested"
    return "survived" if code == SURVIVED else "timeout"


if __name__ == "__main__":
    raise SystemExit(main())
