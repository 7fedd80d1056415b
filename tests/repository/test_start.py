"""start.py: what it says when something is in the way, and what it runs."""

import subprocess
import sys
from pathlib import Path

import pytest

import start
from tests.repository.tree import ROOT


def run(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "start.py", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_help_names_every_command() -> None:
    status, printed, _ = run("--help")
    assert status == 0
    assert all(f"start.py {word}" in printed for word in ("", "test", "mastkit"))


def test_an_unknown_word_gets_one_sentence() -> None:
    status, printed, said = run("tset")
    assert (status, printed) == (2, "")
    assert said.count("\n") == 1
    assert "'tset'" in said


def test_an_old_python_is_refused_in_one_sentence() -> None:
    with pytest.raises(start.CannotStart, match=r"This is Python 3\.9\.18; mastkit needs Python 3\.11 or newer"):
        start.check_python((3, 9, 18))
    start.check_python((3, 11, 0))


@pytest.mark.parametrize(
    ("printed", "enough"),
    [("uv 0.4.30", False), ("uv 0.5.0 (abc 2024)", True), ("uv 1.0.0", True), ("", False), (None, False)],
)
def test_a_uv_that_cannot_read_the_lock_file_is_not_used(printed: str | None, enough: bool) -> None:
    assert start.new_enough(printed) is enough


def test_a_missing_system_package_is_named_to_who_may_not_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "is_root", lambda: False)
    with pytest.raises(start.CannotStart, match="The system package chromium is missing"):
        start.install_system_package("chromium", "the browser tests drive it")


def test_every_check_goes_on_after_one_has_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    log = tmp_path / "log"
    write = "import sys; open(sys.argv[1], 'a').write(sys.argv[2]); sys.exit(int(sys.argv[2]))"
    monkeypatch.setattr(start, "set_up_to_test", lambda: None)
    monkeypatch.setattr(start, "programs", lambda _: Path(sys.executable).parent)
    python = Path(sys.executable).name
    checks = [start.Step(f"check {status}", (python, "-c", write, str(log), status)) for status in "010"]
    monkeypatch.setattr(start, "steps", lambda: checks)
    assert start.test([]) == 1
    assert log.read_text() == "010"


def test_the_whole_test_command_holds_every_gate() -> None:
    programs = [step.command[0] for step in start.steps()]
    assert programs == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert "start.py test" in (ROOT / ".ci" / "run").read_text()


def test_the_main_job_runs_on_cases_that_are_shipped() -> None:
    files = [Path(word) for word in start.CASES_COMMAND if Path(word).is_absolute()]
    assert all(file.is_file() and file.is_relative_to(ROOT / "examples") for file in files)


def test_the_machines_certificates_are_trusted_unless_others_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "chosen.pem")
    assert start.environment()["SSL_CERT_FILE"] == "chosen.pem"


def test_a_browser_that_is_named_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTKIT_CHROMIUM", "/opt/chromium")
    monkeypatch.setenv("PATH", "")
    # With an empty path neither apt-get nor Playwright would be found.
    start.find_browser()
    assert start.browser() == "/opt/chromium"
