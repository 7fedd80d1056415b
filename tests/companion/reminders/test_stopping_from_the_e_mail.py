"""The link and the header that stop the e-mails: without signing in, and without saying whose they are."""

from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.sending import send_due
from mastkit.companion.reminders.stopping import stop_path
from mastkit.companion.store.erasing import erase
from tests.companion.reminders.conftest import NOW, turned_on, visit

pytestmark = pytest.mark.django_db


def sent(record, ada, server, **more):
    visit(record, "2026-03-16T09:00")
    chosen = turned_on(ada, record, **more)
    assert [one.how for one in send_due(server.mail(), NOW)] == ["sent"]
    return chosen


def path_of(message) -> str:
    link = message["List-Unsubscribe"].strip()
    assert link.startswith("<https://diary.example/")
    assert link.endswith(">")
    return link[len("<https://diary.example") : -1]


def stranger() -> Client:
    """A mail program: no cookie, no token, and forms are protected as they are in earnest."""
    return Client(enforce_csrf_checks=True)


def test_the_mail_program_stops_them_with_one_request(record, ada, server) -> None:
    chosen = sent(record, ada, server)
    assert server.last["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = stranger().post(path_of(server.last), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    chosen.refresh_from_db()
    assert not chosen.on
    visit(record, "2026-03-17T09:00")
    assert list(send_due(server.mail(), NOW)) == []


def test_the_link_in_the_text_is_the_same_and_asks_for_one_click(record, ada, server) -> None:
    sent(record, ada, server)
    path = path_of(server.last)
    assert f"https://diary.example{path}\n" in server.text()
    page = stranger().get(path)
    assert page.status_code == 200
    assert MailReminders.objects.get().on  # programs that look for bad links open each of them
    assert page.text.count("<form") == 1
    stranger().post(path)
    assert not MailReminders.objects.get().on


def test_it_says_the_same_of_every_link_and_names_nobody(record, ada, server) -> None:
    chosen = sent(record, ada, server, names=True)
    good = stop_path(chosen)
    erased_path = good
    for method in ("get", "post"):
        pages = {
            getattr(stranger(), method)(path).text.replace(quote(path), "")  # the page knows its own address
            for path in (good, good[:-1] + ("A" if good[-1] != "A" else "B"), reverse("stop_reminders", args=["x"]))
        }
        assert len(pages) == 1
        (page,) = pages
        for word in ("ada", "Ada", "example.org", "Cole", str(record.pk)):
            assert word not in page.replace("data-", "")
    erase(record, ada, account=True)
    assert stranger().post(erased_path).status_code == 200


def test_a_changed_link_stops_nobody(record, ada, server) -> None:
    chosen = sent(record, ada, server)
    good = stop_path(chosen)
    for path in (good[:-2], good.replace(":", ":x"), reverse("stop_reminders", args=[chosen.pk.hex])):
        stranger().post(path)
    assert MailReminders.objects.get().on


def test_the_owner_reads_that_it_was_the_link(record, ada, as_ada, server, settings) -> None:
    settings.MAIL = server.mail()
    chosen = sent(record, ada, server)
    stranger().post(stop_path(chosen))
    stranger().post(stop_path(chosen))
    assert "they were stopped by the link in an e-mail" in as_ada.get(reverse("settings", args=[record.pk])).text
    log = as_ada.get(reverse("access_log", args=[record.pk])).text
    assert log.count("were stopped by the link in one of them") == 1


def test_without_tls_the_header_promises_no_one_click(record, ada, server) -> None:
    sent(record, ada, server, origin="http://localhost:8321")
    assert server.last["List-Unsubscribe"].strip().startswith("<http://localhost:8321/")
    assert server.last["List-Unsubscribe-Post"] is None
