from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.audit.models import Act
from mastkit.companion.people.rights import rights
from mastkit.companion.people.sections import ALL_SECTIONS, Section
from mastkit.companion.sharing import granting
from mastkit.companion.sharing.granting import Offer
from mastkit.companion.sharing.models import Grant, Role, sections_named
from mastkit.companion.store.facts import append
from mastkit.companion.store.reading import load
from mastkit.record.time import zone_of
from tests.companion.actors import granted, marked_facts, soon
from tests.companion.conftest import PASSWORD, signed_in
from tests.companion.facts import entry
from tests.companion.store.test_adding_facts import fact, send, statuses

pytestmark = pytest.mark.django_db


def fresh(user) -> Client:
    """Somebody who has just typed their password."""
    client = signed_in(user)
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def offered(record, **answers) -> dict[str, str]:
    return {"name": "Ben", "until": soon(30).date().isoformat(), **answers}


def test_the_owner_invites_in_the_page_and_the_helper_accepts_in_theirs(record, ada, ben) -> None:
    page = fresh(ada).post(
        reverse("invite", args=[record.pk, "helper"]), offered(record, flares="log", tests="see")
    )
    assert page.status_code == 200
    link = page.context["link"]
    assert rights(ben, record).see == frozenset()
    assert b"Flares" in Client().get(link).content
    assert signed_in(ben).post(link).status_code == 302
    found = rights(ben, record)
    assert (found.see, found.log) == ({Section.FLARES, Section.TESTS}, {Section.FLARES})
    assert not found.owner
    assert Client().get(link).status_code == 410


def test_somebody_without_an_account_makes_one_by_accepting(record, ada) -> None:
    link = (
        fresh(ada)
        .post(reverse("invite", args=[record.pk, "helper"]), offered(record, flares="see"))
        .context["link"]
    )
    client = Client()
    answers = {"username": "bea", "password1": "four plain words", "password2": "four plain words"}
    assert client.post(link, answers).status_code == 302
    assert Grant.objects.get().grantee.username == "bea"
    assert client.get(reverse("today", args=[record.pk])).status_code == 200


def test_inviting_asks_for_the_password_again(record, as_ada) -> None:
    page = as_ada.post(reverse("invite", args=[record.pk, "helper"]), offered(record, flares="see"))
    assert page.status_code == 302
    assert "reauthenticate" in page["Location"]
    assert not Grant.objects.exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"until": "2020-01-01", "flares": "see"}, "Expected a day from today"),
        ({"until": "2099-01-01", "flares": "see"}, "Expected a day from today"),
        ({}, "Choose at least one part"),
        ({"name": "", "flares": "see"}, "required"),
    ],
)
def test_an_offer_that_does_not_fit_is_refused_with_a_sentence(record, ada, answers, said) -> None:
    page = fresh(ada).post(reverse("invite", args=[record.pk, "clinician"]), offered(record, **answers))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Grant.objects.exists()


def test_an_invitation_can_be_taken_back_and_ends_by_itself(record, ada, ben) -> None:
    offer = Offer(Role.HELPER, "Ben", frozenset({Section.FLARES}), until=soon())
    grant, token = granting.invite(record, ada, offer)
    granting.end(grant, ada)
    assert granting.invitation(token) is None
    assert not granting.accept(grant, ben)
    grant, token = granting.invite(record, ada, offer)
    Grant.objects.filter(pk=grant.pk).update(open_until=timezone.now())
    assert granting.invitation(token) is None
    assert not granting.accept(grant, ben)


def test_an_invitation_is_accepted_once(record, ada, ben, dana) -> None:
    grant, _ = granting.invite(record, ada, Offer(Role.HELPER, "Ben", frozenset({Section.FLARES}), until=soon()))
    assert granting.accept(grant, ben)
    assert not granting.accept(grant, dana)
    assert not rights(dana, record).any


def test_nobody_accepts_an_invitation_to_their_own_record(record, ada) -> None:
    grant, _ = granting.invite(record, ada, Offer(Role.HELPER, "x", ALL_SECTIONS, until=soon()))
    assert not granting.accept(grant, ada)
    assert rights(ada, record).first


def test_a_new_offer_stands_in_the_place_of_the_older_one(record, ben) -> None:
    granted(record, ben, log=ALL_SECTIONS)
    granted(record, ben, see=[Section.FLARES])
    assert rights(ben, record).see == {Section.FLARES}
    assert rights(ben, record).log == frozenset()


def test_ending_is_one_click_and_works_at_once(record, as_ada, ben) -> None:
    grant = granted(record, ben, see=ALL_SECTIONS)
    helper = signed_in(ben)
    assert helper.get(reverse("today", args=[record.pk])).status_code == 200
    assert as_ada.post(reverse("end_grant", args=[record.pk, grant.pk])).status_code == 302
    assert helper.get(reverse("today", args=[record.pk])).status_code == 404


def test_a_helper_can_give_back_what_they_have(record, ben) -> None:
    granted(record, ben, see=[Section.FLARES])
    assert signed_in(ben).post(reverse("leave", args=[record.pk])).status_code == 302
    assert not rights(ben, record).any


def test_its_date_ends_a_grant_on_the_next_request(record, ben) -> None:
    grant = granted(record, ben, see=ALL_SECTIONS)
    Grant.objects.filter(pk=grant.pk).update(until=timezone.now() - timedelta(microseconds=1))
    assert signed_in(ben).get(reverse("today", args=[record.pk])).status_code == 404


def test_a_grant_holds_names_so_that_a_new_section_never_widens_it(record, ben) -> None:
    grant = granted(record, ben, see=Section)
    assert grant.see == [section.value for section in Section]
    Grant.objects.filter(pk=grant.pk).update(see=["flares", "a-section-of-the-future"])
    assert rights(ben, record).see == {Section.FLARES}
    assert sections_named(["nothing"]) == frozenset()


def test_what_cannot_be_seen_cannot_be_added_to(record, ben) -> None:
    grant = granted(record, ben, see=[Section.FLARES])
    Grant.objects.filter(pk=grant.pk).update(log=["flares", "notes"])
    assert rights(ben, record).log == {Section.FLARES}


def test_the_record_that_is_opened_holds_the_shared_sections_alone(record, ada) -> None:
    append(record, marked_facts(), actor=ada)
    for section in Section:
        kinds = {one.kind for one in load(record, frozenset({section}))}
        assert len(kinds) == 1


def test_a_helper_sends_what_they_may_and_the_rest_is_refused(record, ben) -> None:
    granted(record, ben, log=[Section.FLARES], see=[Section.TESTS])
    reading = entry(3, "measurement", code="flare-severity", quantity={"value": 4, "unit": "1"}, context="event")
    act = entry(4, "emergency_act", text="Called 112")
    before = entry(7, "finding", code="emergency-act", state="present", value="Called 112")
    result = entry(5, "finding", code="osteoporosis", state="present")
    sent = [entry(1, "flare"), entry(2, "note"), reading, act, result, entry(6, "flare", replaces=1), before]
    answer = send(signed_in(ben), record, sent)
    expected = ["accepted", "refused", "accepted", "accepted", "refused", "accepted", "accepted"]
    assert statuses(answer) == expected


def test_a_helper_cannot_withdraw_or_replace_what_they_may_not_add_to(record, ada, ben) -> None:
    append(record, [fact(1), fact(2, "flare")], actor=ada)
    granted(record, ben, log=[Section.FLARES], see=[Section.NOTES])
    sent = [entry(3, "retraction", replaces=1), entry(4, "flare", replaces=1), entry(5, "retraction", replaces=2)]
    assert statuses(send(signed_in(ben), record, sent)) == ["refused", "refused", "accepted"]


def test_the_session_names_those_for_whom_one_may_log(record, ben) -> None:
    client = signed_in(ben)
    assert client.get(reverse("api_session")).json()["people"] == []
    granted(record, ben, see=[Section.FLARES])
    assert client.get(reverse("api_session")).json()["people"] == []
    granted(record, ben, log=[Section.FLARES])
    assert [one["id"] for one in client.get(reverse("api_session")).json()["people"]] == [str(record.pk)]


def test_a_banner_says_whose_record_is_open(record, as_ada, ben) -> None:
    granted(record, ben, see=[Section.FLARES])
    for name in ("today", "timeline", "record", "more", "news"):
        assert "data-not-mine" in signed_in(ben).get(reverse(name, args=[record.pk])).content.decode(), name
    assert "data-not-mine" not in as_ada.get(reverse("today", args=[record.pk])).content.decode()


def test_a_helper_gets_no_logger_and_no_form_for_what_they_may_only_see(record, ben) -> None:
    granted(record, ben, see=ALL_SECTIONS)
    client = signed_in(ben)
    assert b"data-logger" not in client.get(reverse("today", args=[record.pk])).content
    assert client.get(reverse("add", args=[record.pk, "flare"])).status_code == 404
    granted(record, ben, log=[Section.FLARES])
    assert b"data-logger" in client.get(reverse("today", args=[record.pk])).content
    assert client.get(reverse("add", args=[record.pk, "photo"])).status_code == 404


def test_a_second_parent_keeps_the_record_but_cannot_take_it_away(record, ada, ben, cole) -> None:
    granted(record, ben, role=Role.PARENT)
    client = signed_in(ben)
    found = rights(ben, record)
    assert (found.owner, found.first, found.see, found.log) == (True, False, ALL_SECTIONS, ALL_SECTIONS)
    assert client.get(reverse("home"))["Location"] == reverse("today", args=[record.pk])
    assert client.get(reverse("sharing", args=[record.pk])).status_code == 200
    assert fresh(ben).get(reverse("invite", args=[record.pk, "parent"])).status_code == 404
    assert client.get(reverse("erase", args=[record.pk])).status_code == 404
    third = granted(record, cole, role=Role.PARENT)
    assert client.post(reverse("end_grant", args=[record.pk, third.pk])).status_code == 404
    assert rights(cole, record).owner


def test_the_owner_reads_in_words_who_looked_at_what(record, as_ada, ben) -> None:
    granted(record, ben, see=[Section.FLARES, Section.TESTS])
    signed_in(ben).get(reverse("tests", args=[record.pk]))
    as_ada.get(reverse("today", args=[record.pk]))
    page = as_ada.get(reverse("access_log", args=[record.pk])).content.decode()
    assert "looked at: test results" in page
    assert "accepted the invitation as ben" in page
    assert "looked at: Today" not in page
    assert (
        "looked at: Today"
        in as_ada.get(reverse("access_log", args=[record.pk]) + "?who=everybody").content.decode()
    )
    assert all("note" not in str(one.data) for one in Act.objects.all())


def test_a_clinician_sees_who_shares_and_what_changed_since_the_last_look(record, ada, cole) -> None:
    append(record, [fact(1, "flare"), fact(2)], actor=ada)
    granted(record, cole, role=Role.CLINICIAN, see=[Section.FLARES])
    client = signed_in(cole)
    first = client.get(reverse("home")).context["shared"][0]
    assert (first.news.total, first.news.since) == (1, None)
    client.get(reverse("timeline", args=[record.pk]))
    assert client.get(reverse("home")).context["shared"][0].news.total == 0
    append(record, [fact(3, "flare"), fact(4)], actor=ada)
    again = client.get(reverse("home")).context["shared"][0]
    assert again.news.total == 1
    # A visit later, the page says what came since the visit before.
    Grant.objects.update(looked_at=timezone.now() - timedelta(hours=3), looked_before=None)
    news = client.get(reverse("news", args=[record.pk])).context["page"]
    assert news.since is not None
    assert {line.kind for line in news.lines} == {"flare"}


def test_a_grant_lasts_to_the_end_of_its_day_where_the_person_lives(record, ada, ben) -> None:
    record.zone = "America/New_York"
    record.save()
    day = soon(10).date()
    fresh(ada).post(
        reverse("invite", args=[record.pk, "helper"]), offered(record, flares="see", until=day.isoformat())
    )
    grant = Grant.objects.get()
    assert grant.last_day == day
    assert (grant.until - timedelta(seconds=1)).astimezone(zone_of(record.zone)).date() == day
    assert grant.until.astimezone(zone_of(record.zone)).hour == 0
