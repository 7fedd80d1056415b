"""From off to the first e-mail in the pages: address, code, the letter as it will be, on; and off again."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.audit.models import Act
from mastkit.companion.audit.reading import acts_of
from mastkit.companion.reminders import opting
from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.sending import send_due
from tests.companion.actors import granted
from tests.companion.conftest import signed_in
from tests.companion.reminders.conftest import turned_on, visit
from tests.companion.sharing.test_grants import fresh

pytestmark = pytest.mark.django_db

ANSWERS = {"address": "ada@example.org", "appointment": "7", "injector": "30"}


@pytest.fixture
def offered(settings, server):
    """A companion that knows a mail server."""
    settings.MAIL = server.mail()
    return server


def at(name, record):
    return reverse(name, args=[record.pk])


def code_in(server) -> str:
    return re.search(r"\d{4} \d{4}", server.text()).group()


def soon_visit(record) -> None:
    visit(record, (timezone.now() + timedelta(days=2)).isoformat(), "Dr Zebedee")


def letter(page) -> dict[str, str]:
    """The e-mail as the page shows it."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page.text)
    body = re.search(r'<pre class="letter">(.*?)</pre>', page.text, re.DOTALL).group(1)
    return {name: html.unescape(value) for name, value in pairs} | {"body": html.unescape(body)}


@pytest.mark.parametrize("names", [True, False])
def test_from_off_to_the_first_e_mail_which_is_the_one_shown_before(record, ada, offered, names) -> None:
    soon_visit(record)
    client = fresh(ada)
    assert "Off." in client.get(at("settings", record)).text
    assert client.post(at("reminders", record), ANSWERS | ({"names": "on"} if names else {})).status_code == 302
    assert offered.inbox[0][0] == "ada@example.org"
    assert offered.last["Subject"] == "Your code"
    assert "mast" not in offered.last.as_string().casefold()
    client.post(at("reminders_on", record))  # not before the address is confirmed
    assert not MailReminders.objects.get().on
    client.post(at("reminders_confirm", record), {"code": code_in(offered)})
    assert not MailReminders.objects.get().on  # confirmed is not on
    assert list(send_due(offered.mail(), timezone.now())) == []
    shown = letter(client.get(at("reminders", record)))
    client.post(at("reminders_on", record))
    assert [one.how for one in send_due(offered.mail(), timezone.now())] == ["sent"]
    came = offered.last
    assert (shown["From"], shown["To"], shown["Subject"]) == (came["From"], came["To"], came["Subject"])
    assert shown["body"].strip() == offered.text().strip()
    assert ("Zebedee" in shown["body"]) is names


def test_without_a_mail_server_nothing_is_offered_and_it_says_where_reminders_are(record, ada) -> None:
    client = fresh(ada)
    for name in ("settings", "due", "reminders"):
        page = client.get(at(name, record)).text
        assert "This server sends no e-mail. Reminders stay on the pages Today and What is due" in page
        assert "mail" not in " ".join(re.findall(r"<input[^>]*>", page))
    assert at("reminders", record) not in client.get(at("settings", record)).text
    client.post(at("reminders", record), ANSWERS)
    assert not MailReminders.objects.exists()


def test_a_wrong_code_confirms_nothing_and_five_of_them_close_it(record, ada, offered) -> None:
    client = fresh(ada)
    client.post(at("reminders", record), ANSWERS)
    right = code_in(offered)
    wrong = f"{(int(right.replace(' ', '')) + 1) % 10**8:08d}"
    for _ in range(5):
        client.post(at("reminders_confirm", record), {"code": wrong})
    client.post(at("reminders_confirm", record), {"code": right})
    assert MailReminders.objects.get().confirmed_at is None
    client.post(at("reminders_code", record))
    client.post(at("reminders_confirm", record), {"code": code_in(offered)})
    assert MailReminders.objects.get().confirmed_at is not None


def test_a_code_is_too_old_after_half_an_hour(record, ada, offered) -> None:
    fresh(ada).post(at("reminders", record), ANSWERS)
    chosen = MailReminders.objects.get()
    later = timezone.now() + timedelta(minutes=31)
    assert not opting.confirm(chosen, code_in(offered), later)
    assert opting.confirm(chosen, code_in(offered), timezone.now())


def test_nobodys_mailbox_is_filled_with_codes(record, ada, offered) -> None:
    client = fresh(ada)
    client.post(at("reminders", record), ANSWERS)
    for n in range(9):
        client.post(at("reminders_code", record))
        client.post(at("reminders_forget", record))
        client.post(at("reminders", record), ANSWERS | {"address": f"other{n}@example.org"})
    assert len(offered.inbox) == opting.MOST_CODES


def test_another_address_is_confirmed_anew(record, ada, offered) -> None:
    turned_on(ada, record)
    client = fresh(ada)
    client.post(at("reminders", record), ANSWERS | {"address": "new@example.org"})
    chosen = MailReminders.objects.get()
    assert not chosen.on
    assert chosen.confirmed_at is None
    assert offered.inbox[0][0] == "new@example.org"


def test_the_same_address_with_other_choices_stays_on(record, ada, offered) -> None:
    turned_on(ada, record)
    fresh(ada).post(at("reminders", record), ANSWERS | {"appointment": "0", "names": "on"})
    chosen = MailReminders.objects.get()
    assert chosen.on
    assert chosen.names
    assert chosen.leads == {"appointment": 0, "injector": 30}
    assert offered.inbox == []


@pytest.mark.parametrize(
    "answers",
    [
        {"address": "ada"},
        {"address": "ada@example.org\r\nBcc: dana@example.org"},
        {"appointment": "-1"},
        {"appointment": "400"},
        {"appointment": "", "injector": ""},
    ],
)
def test_what_does_not_fit_is_told_beside_the_question(record, ada, offered, answers) -> None:
    page = fresh(ada).post(at("reminders", record), ANSWERS | answers)
    assert page.status_code == 422
    assert "errorlist" in page.text
    assert offered.inbox == []


def test_one_click_stops_them_in_the_app(record, ada, as_ada, offered) -> None:
    soon_visit(record)
    turned_on(ada, record)
    page = as_ada.get(at("due", record)).text
    assert f'action="{at("reminders_off", record)}"' in page
    as_ada.post(at("reminders_off", record))  # not asked for the password again
    assert list(send_due(offered.mail(), timezone.now())) == []
    assert offered.inbox == []


def test_forgetting_the_address_leaves_nothing(record, ada, as_ada, offered) -> None:
    turned_on(ada, record)
    as_ada.post(at("reminders_forget", record))
    assert not MailReminders.objects.exists()
    assert as_ada.post(at("reminders_on", record)).status_code == 404


def test_the_log_says_so_in_words_and_never_the_address(record, ada, as_ada, offered) -> None:
    soon_visit(record)
    turned_on(ada, record)
    list(send_due(offered.mail(), timezone.now()))
    as_ada.post(at("reminders_off", record))
    as_ada.post(at("reminders_off", record))
    said = [(line.who, line.words) for line in acts_of(record) if "e-mail" in line.words]
    assert said == [
        ("ada", "turned off reminders by e-mail"),
        ("the program", "reminded by e-mail of 1 thing"),
        ("ada", "turned on reminders by e-mail"),
    ]
    assert not [act for act in Act.objects.all() if "example.org" in str(act.data)]


def test_a_second_parent_has_reminders_of_their_own(record, ada, ben, offered) -> None:
    from mastkit.companion.sharing.models import Role

    granted(record, ben, role=Role.PARENT)
    turned_on(ada, record)
    client = signed_in(ben)
    assert "ada@example.org" not in client.get(at("settings", record)).text
    assert client.post(at("reminders_off", record)).status_code == 404
    assert MailReminders.objects.get().on


def test_turning_them_on_is_asked_of_who_has_just_typed_the_password(record, as_ada, offered) -> None:
    answer = as_ada.post(at("reminders", record), ANSWERS)
    assert "reauthenticate" in answer["Location"]
    assert not MailReminders.objects.exists()
