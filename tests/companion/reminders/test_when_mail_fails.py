"""The mail server is down, refuses, or stops half-way: nothing is lost, nothing goes twice, the person is told."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.people.models import Person
from mastkit.companion.reminders.models import MailReminders, SentReminder
from mastkit.companion.reminders.sending import FIRST_RETRY, HELD, send_due
from mastkit.companion.running import mail_health
from tests.companion.conftest import account
from tests.companion.reminders.conftest import NOW, turned_on, visit
from tests.companion.reminders.server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def started():
    """Starts mail servers, and stops them."""
    running: list[MailServer] = []

    def start(**more) -> MailServer:
        running.append(MailServer(**more).start())
        return running[-1]

    yield start
    for one in running:
        one.stop()


@pytest.fixture
def waiting(record, ada):
    """Ada's reminders, with a visit to be reminded of."""
    visit(record, "2026-03-16T09:00")
    return turned_on(ada, record)


def failures(mail, now=NOW, **more) -> list[str]:
    return [one.failure for one in send_due(mail, now, **more)]


def test_a_wrong_password(waiting, started) -> None:
    server = started(user="diary", password="right")
    assert failures(server.mail(password="wrong")) == ["password"]
    assert server.inbox == []
    assert failures(server.mail(), NOW + timedelta(hours=1)) == [""]
    assert len(server.inbox) == 1


def test_the_server_is_down_and_comes_back(waiting, started) -> None:
    server = MailServer()  # nobody listens at its port yet
    assert failures(server.mail()) == ["unreachable"]
    waiting.refresh_from_db()
    assert waiting.failing_since == NOW
    later = NOW + timedelta(hours=2)
    assert failures(server.mail(), later) == ["unreachable"]
    waiting.refresh_from_db()
    assert waiting.failing_since == NOW
    server.start()
    assert failures(server.mail(), later) == [""]
    server.stop()
    waiting.refresh_from_db()
    assert waiting.failing_since is None
    assert waiting.tries == 0


def test_an_address_that_the_server_does_not_know(waiting, started) -> None:
    server = started(unknown={"ada@example.org"})
    assert failures(server.mail()) == ["address"]


def test_half_of_a_batch(record, ada, started) -> None:
    people = []
    for name in ("ada", "eve", "kim", "lea"):
        user = ada if name == "ada" else account(name)
        person = record if name == "ada" else Person.objects.create(owner=user, name=name, zone="UTC")
        visit(person, "2026-03-16T09:00")
        turned_on(user, person)
        people.append(f"{name}@example.org")
    server = started(takes=2)
    assert sorted(failures(server.mail())) == ["", "", "refused", "refused"]
    server.takes = None
    assert failures(server.mail(), NOW + timedelta(hours=1)) == ["", ""]
    assert sorted(to for to, _ in server.inbox) == people
    assert failures(server.mail(), NOW + timedelta(hours=2)) == []


def test_one_record_that_cannot_be_read_does_not_keep_the_others_from_it(record, ada, started) -> None:
    visit(record, "2026-03-16T09:00")
    broken = turned_on(ada, record)
    MailReminders.objects.filter(pk=broken.pk).update(leads={"appointment": "seven"})
    other = account("eve")
    person = Person.objects.create(owner=other, name="Eve", zone="UTC")
    visit(person, "2026-03-16T09:00")
    turned_on(other, person)
    server = started()
    assert sorted(failures(server.mail())) == ["", "program"]
    assert [to for to, _ in server.inbox] == ["eve@example.org"]


def test_the_running_server_waits_longer_each_time(waiting) -> None:
    mail = MailServer().mail()
    now, waits = NOW.replace(hour=8), []
    for _ in range(4):
        assert failures(mail, now, unattended=True) == ["unreachable"]
        waiting.refresh_from_db()
        waits.append(waiting.next_try - now)
        assert failures(mail, waiting.next_try - timedelta(seconds=1), unattended=True) == []
        now = waiting.next_try
    assert waits == [FIRST_RETRY * 2**n for n in range(4)]
    for _ in range(12):  # the command does not wait, and the wait has a limit
        failures(mail, now)
    waiting.refresh_from_db()
    assert waiting.next_try - now == timedelta(hours=6)


def test_once_nothing_waits_any_more_the_page_stops_saying_so(waiting, record, started) -> None:
    assert failures(MailServer().mail()) == ["unreachable"]
    over = NOW + timedelta(days=9)
    assert failures(MailServer().mail(), over) == ["unreachable"]  # nothing to send, but mail still fails
    assert failures(started().mail(), over) == []
    waiting.refresh_from_db()
    assert waiting.failing_since is None


@pytest.mark.parametrize("name", ["due", "today", "settings"])
def test_the_person_is_told_on_the_pages(waiting, record, as_ada, settings, name) -> None:
    settings.MAIL = MailServer().mail()
    failures(settings.MAIL)
    page = as_ada.get(reverse(name, args=[record.pk])).text
    assert page.count("could not be sent since 12 Mar 2026, 13:00: the mail server does not answer") == 1


def test_a_mail_server_that_was_taken_away_is_told(waiting, record, as_ada, settings) -> None:
    settings.MAIL = None
    assert "no mail server any more" in as_ada.get(reverse("due", args=[record.pk])).text


def test_a_sender_that_never_runs_is_told(waiting, record, as_ada, settings, started) -> None:
    settings.MAIL = started().mail()
    page = reverse("due", args=[record.pk])
    assert "this server has not looked for any to send" in as_ada.get(page).text  # on since March, never looked
    list(send_due(settings.MAIL, timezone.now()))
    assert "has not looked" not in as_ada.get(page).text


def test_who_has_them_in_hand_keeps_others_away_and_not_for_ever(waiting, started) -> None:
    server = started()
    MailReminders.objects.update(taken_until=NOW + HELD)
    assert failures(server.mail()) == []
    assert server.inbox == []
    assert failures(server.mail(), NOW + HELD + timedelta(seconds=1)) == [""]


def test_a_record_erased_while_its_e_mail_is_sent(waiting, record, started) -> None:
    server = started(on_data=lambda: None)
    rounds = send_due(server.mail(), NOW)
    assert next(rounds).how == "sent"
    record.delete()
    assert list(rounds) == []
    assert not SentReminder.objects.exists()


def test_the_log_holds_no_address_and_nothing_that_the_server_said(waiting, started, caplog) -> None:
    server = started(unknown={"ada@example.org"})
    failures(server.mail())
    assert "a reminder was not sent: address" in caplog.text
    assert "ada" not in caplog.text
    assert "mailbox" not in caplog.text


def certificate(folder, name: str = "127.0.0.1"):
    """A certificate of this machine, signed by itself, and the server's side of TLS with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


def test_with_starttls_it_signs_in_and_sends(waiting, started, tmp_path, monkeypatch) -> None:
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    server = started(user="diary", password="right", tls=context)
    assert failures(server.mail(tls="starttls")) == [""]
    assert len(server.inbox) == 1


def test_a_certificate_that_nobody_vouches_for_gets_neither_password_nor_mail(waiting, started, tmp_path) -> None:
    _, context = certificate(tmp_path)
    server = started(user="diary", password="right", tls=context)
    assert failures(server.mail(tls="starttls")) == ["tls"]
    assert server.inbox == []


def test_a_server_without_tls_is_not_used_where_tls_is_asked_for(waiting, started) -> None:
    assert failures(started().mail(tls="starttls")) == ["tls"]


def test_the_doctor_knocks_at_the_mail_server(waiting, started, settings) -> None:
    server = started(user="diary", password="right")
    settings.MAIL = server.mail()
    assert [(one.state, one.words) for one in mail_health.examine()] == [
        ("well", "The mail server lets this program in.")
    ]
    settings.MAIL = server.mail(password="wrong")
    failures(settings.MAIL)
    assert [one.state for one in mail_health.examine()] == ["wrong", "look"]
    settings.MAIL = None
    assert [one.state for one in mail_health.examine()] == ["wrong"]
