"""mastkit validate and mastkit schema: one sentence a problem, a summary, an exit code."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_all_is_well() -> None:
    code, output = run("validate", EXAMPLES / "ada.json", EXAMPLES / "published.jsonl")
    assert code == 0
    assert "a record file with 42 facts, of which 39 hold now. 0 problems." in output
    assert "a case sheet with 39 rows and values for 75 variables. 0 problems." in output


def test_problems_end_with_1_and_unreadable_files_with_2(tmp_path: Path) -> None:
    sheet = tmp_path / "cases.csv"
    sheet.write_text("id,bst\nada,x\nben,3\n")
    code, output = run("validate", sheet)
    assert code == 1
    assert 'found "x", expected a number in ng/mL' in output
    assert "2 rows and values for 1 variable. 1 problem." in output
    assert run("validate", sheet, tmp_path / "missing.csv")[0] == 2


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"{\n", b'{"format": "mastkit-record", ', b"hello"]
)
def test_files_of_no_use_get_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    code, output = run("validate", path)
    assert code == 2
    assert output.count("\n") == 1
    assert output.startswith(str(path))


def test_folders_get_one_sentence(tmp_path: Path) -> None:
    assert run("validate", tmp_path) == (2, f"{tmp_path}: this is a folder, expected a file.\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_gets_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "locked.csv"
    path.write_text("id,bst\n")
    path.chmod(0)
    assert run("validate", path) == (2, f"{path}: cannot be opened (permission denied).\n")


def test_an_error_of_the_system_gets_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.csv"
    path.write_text("id,bst\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert run("validate", path) == (2, f"{path}: cannot be opened (permission denied).\n")


@pytest.mark.parametrize("form", ["record", "sheet"])
def test_schema_is_json(form: str) -> None:
    code, output = run("schema", form)
    assert code == 0
    assert json.loads(output)["$schema"].startswith("https://json-schema.org/")
