"""The mail server as the operator names it: each mistake is one sentence, and none repeats the password."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from mastkit.companion.configuration.mail import Mail, mail

GIVEN = {"MASTKIT_MAIL_HOST": "mail.example.org", "MASTKIT_MAIL_FROM": "Diary <diary@example.org>"}
SECRET = {"MASTKIT_MAIL_USER": "diary", "MASTKIT_MAIL_PASSWORD": "very secret"}


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Mail | None:
    for name in ("HOST", "PORT", "FROM", "USER", "PASSWORD", "PASSWORD_FILE", "TLS"):
        monkeypatch.delenv(f"MASTKIT_MAIL_{name}", raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return mail()


def test_without_a_host_there_is_none(monkeypatch) -> None:
    assert given(monkeypatch) is None


def test_a_host_and_a_sender_are_enough(monkeypatch) -> None:
    found = given(monkeypatch, **GIVEN)
    assert found == Mail("mail.example.org", 587, "Diary <diary@example.org>", tls="starttls")
    assert found.domain == "example.org"


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("TLS", 465)])
def test_the_usual_port_of_each_way(monkeypatch, tls, port) -> None:
    found = given(monkeypatch, **GIVEN, MASTKIT_MAIL_TLS=tls)
    assert found is not None
    assert (found.tls, found.port) == (tls.lower(), port)
    found = given(monkeypatch, **GIVEN, MASTKIT_MAIL_TLS=tls, MASTKIT_MAIL_PORT="2525")
    assert found is not None
    assert found.port == 2525


def test_the_password_may_stand_in_a_file_and_shows_nowhere(monkeypatch, tmp_path) -> None:
    file = tmp_path / "password"
    file.write_text("very secret\n")
    found = given(monkeypatch, **GIVEN, MASTKIT_MAIL_USER="diary", MASTKIT_MAIL_PASSWORD_FILE=str(file))
    assert found is not None
    assert found.password == "very secret"
    assert "secret" not in repr(found)


def test_on_this_machine_it_may_be_without_tls(monkeypatch) -> None:
    here = {**GIVEN, "MASTKIT_MAIL_HOST": "localhost", "MASTKIT_MAIL_TLS": "none"}
    found = given(monkeypatch, **here)
    assert found is not None
    assert found.port == 25


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"MASTKIT_MAIL_FROM": "x@example.org"}, "MASTKIT_MAIL_HOST: found nothing beside MASTKIT_MAIL_FROM"),
        (SECRET, "MASTKIT_MAIL_HOST: found nothing"),
        ({"MASTKIT_MAIL_HOST": "mail.example.org"}, 'MASTKIT_MAIL_FROM: found "", expected an address'),
        (GIVEN | {"MASTKIT_MAIL_FROM": "diary"}, 'MASTKIT_MAIL_FROM: found "diary"'),
        (GIVEN | {"MASTKIT_MAIL_PORT": "smtp"}, 'MASTKIT_MAIL_PORT: found "smtp", expected a whole number'),
        (GIVEN | {"MASTKIT_MAIL_PORT": "70000"}, "expected a port"),
        (GIVEN | {"MASTKIT_MAIL_TLS": "yes"}, 'MASTKIT_MAIL_TLS: found "yes"'),
        (GIVEN | SECRET | {"MASTKIT_MAIL_TLS": "none"}, "would go over the network in clear"),
        (GIVEN | {"MASTKIT_MAIL_USER": "diary"}, "MASTKIT_MAIL_PASSWORD: found nothing"),
        (GIVEN | {"MASTKIT_MAIL_PASSWORD": "very secret"}, "MASTKIT_MAIL_USER: found nothing"),
        (GIVEN | {"MASTKIT_MAIL_PASSWORD_FILE": "/no/such"}, "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence(monkeypatch, values, sentence) -> None:
    with pytest.raises(ImproperlyConfigured) as error:
        given(monkeypatch, **values)
    assert sentence in str(error.value)
    assert "very secret" not in str(error.value)
