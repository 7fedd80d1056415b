"""``mastkit backup``, ``verify`` and ``restore`` on the command line."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mastkit.cli import app
from tests.backup.cast import EXAMPLE, PASSPHRASE, identity, recipient


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    return path


def test_there_and_back_with_a_passphrase(tmp_path: Path, passphrase: Path) -> None:
    backup, again = tmp_path / "b", tmp_path / "again"
    code, said, _ = run("backup", EXAMPLE, "--output", backup, "--passphrase-file", passphrase)
    assert code == 0
    assert "1 file, " in said
    code, said, _ = run("verify", backup, "--passphrase-file", passphrase)
    assert code == 0
    assert "ada.json" in said
    code, said, _ = run("verify", backup, "--outside")
    assert code == 0
    assert "ada.json" not in said.replace(str(backup), "")
    code, said, _ = run("restore", backup, "--into", again, "--passphrase-file", passphrase)
    assert code == 0
    assert (again / "ada.json").read_bytes() == EXAMPLE.read_bytes()


def test_there_and_back_with_a_recipient_and_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    (folder / "photos").mkdir(parents=True)
    (folder / "ada.json").write_bytes(EXAMPLE.read_bytes())
    (folder / "photos/arm.jpg").write_bytes(b"jpeg")
    key = tmp_path / "key"
    key.write_text(f"# created\n{identity()}\n")
    assert run("backup", folder, "--output", tmp_path / "b", "--recipient", recipient())[0] == 0
    assert run("restore", tmp_path / "b", "--into", tmp_path / "again", "--identity", key)[0] == 0
    assert (tmp_path / "again/records/photos/arm.jpg").read_bytes() == b"jpeg"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("backup", "/no/such", "--output", "b", "--recipient", "age1x"), "/no/such: cannot be read"),
        (
            ("backup", EXAMPLE, "--output", "/no/such/folder/b", "--recipient", recipient()),
            "/no/such/folder/b: cannot be",
        ),
        (("backup", EXAMPLE, "--output", "b"), "backup: there is no terminal to ask for the passphrase"),
        (("backup", EXAMPLE, "--output", "b", "--recipient", "age1x"), '--recipient: found "age1x"'),
        (("backup", EXAMPLE, "--output", "b", "--passphrase-file", "/no/such"), "/no/such: cannot be read"),
        (("verify", EXAMPLE), f"{EXAMPLE}: this is no backup"),
        (("verify", "/no/such"), "/no/such: cannot be read"),
        (("restore", "/no/such", "--into", "x"), "/no/such: cannot be read"),
    ],
)
def test_a_mistake_gets_one_sentence(arguments: tuple[object, ...], sentence: str) -> None:
    code, out, said = run(*arguments)
    assert code == 2
    assert out == ""
    assert said.startswith(sentence)
    assert said.count("\n") == 1


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    code, _, said = run("backup", EXAMPLE, "--output", tmp_path / "b", "--recipient", recipient())
    assert code == 2
    assert said == 'backups need the extra "backup": install mastkit[backup]\n'
