import logging
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mastkit.companion.configuration import environment
from mastkit.companion.configuration.database import database
from mastkit.companion.configuration.logs import WithoutContent
from mastkit.companion.configuration.security import origin


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("  hidden\n")
    monkeypatch.setenv("MASTKIT_X_FILE", str(file))
    assert environment.secret("MASTKIT_X") == "hidden"
    file.unlink()
    with pytest.raises(ImproperlyConfigured, match=r"MASTKIT_X_FILE: .* cannot be read"):
        environment.secret("MASTKIT_X")


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("ON", True), ("0", False), ("", True)])
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("MASTKIT_X", text)
    assert environment.flag("MASTKIT_X", default=True) is value


def test_a_value_that_does_not_fit_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTKIT_X", "perhaps")
    with pytest.raises(ImproperlyConfigured, match='MASTKIT_X: found "perhaps", expected yes or no'):
        environment.flag("MASTKIT_X")
    with pytest.raises(ImproperlyConfigured, match="expected a whole number"):
        environment.whole("MASTKIT_X", 3)


def test_the_store_is_an_encrypted_file_unless_a_server_is_named(tmp_path: Path) -> None:
    assert database("", tmp_path)["ENGINE"] == "mastkit.companion.sqlcipher"
    server = database("postgresql://ada:se%20cret@db.example:5433/diary?sslmode=require", tmp_path)
    assert server["ENGINE"] == "django.db.backends.postgresql"
    assert (server["NAME"], server["USER"], server["PASSWORD"]) == ("diary", "ada", "se cret")
    assert (server["HOST"], server["PORT"]) == ("db.example", "5433")
    assert server["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "postgresql://u:p@h/d?nonsense=1", "x"])
def test_a_mistake_in_the_address_of_the_server_is_told_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^MASTKIT_DATABASE_URL: found") as error:
        database(url, tmp_path)
    assert "u:p" not in str(error.value)


def test_https_is_known_by_the_address() -> None:
    assert origin("https://diary.example").secure
    assert not origin("http://localhost:8321").secure
    assert origin("http://localhost:8321").loopback
    assert str(origin("http://[::1]:80")) == "http://[::1]:80"
    assert "diary.example" in origin("https://diary.example").hosts


@pytest.mark.parametrize("address", ["diary.example", "ftp://x", "https://", "https://x/path", "http://x:port"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MASTKIT_ORIGIN: found"):
        origin(address)


def stumble() -> None:
    raise ValueError("tryptase 31.2 of Ada")


def test_an_error_is_logged_without_what_it_stumbled_over() -> None:
    try:
        stumble()
    except ValueError:
        record = logging.LogRecord("mastkit", logging.ERROR, __file__, 1, "failed: %s", ("Ada",), sys.exc_info())
    text = WithoutContent("%(message)s").format(record)
    assert "ValueError" in text
    assert Path(__file__).name in text
    assert "Ada" not in text


def test_every_variable_is_in_the_guide_and_every_one_in_the_guide_is_read() -> None:
    import re

    root = Path(__file__).parents[3]
    sources = "\n".join(file.read_text() for file in (root / "src/mastkit/companion").rglob("*.py"))
    guide = (root / "docs/companion.md").read_text()
    name = r"MASTKIT_[A-Z_]+[A-Z]"
    read = {found.removesuffix("_FILE") for found in re.findall(rf'"({name})"', sources)}
    told = {found.removesuffix("_FILE") for found in re.findall(rf"`({name})`", guide)}
    read |= {"MASTKIT_KEY"} if "MASTKIT_KEY_FILE" in sources else set()
    assert told == read
