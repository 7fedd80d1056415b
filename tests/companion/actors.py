"""Everybody who may knock at the door of Ada's record: who she let in, whom not, and who was let in before."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import Section
from mastkit.companion.sharing import granting, linking
from mastkit.companion.sharing.forms import PRESETS
from mastkit.companion.sharing.granting import Offer
from mastkit.companion.sharing.models import Grant, Role
from mastkit.companion.store.facts import append
from mastkit.record.facts import AnyFact
from tests.companion.conftest import account, signed_in
from tests.companion.store.test_adding_facts import fact

DANA = "dana-the-stranger"


def soon(days: int = 30):
    return timezone.now() + timedelta(days=days)


def granted(person: Person, user: User, *, role: Role = Role.HELPER, see=(), log=()) -> Grant:
    """Invite and let accept, as it is done in the pages."""
    until = None if role == Role.PARENT else soon()
    offer = Offer(role, user.username, frozenset(see), frozenset(log), until)
    grant, token = granting.invite(person, person.owner, offer)
    assert granting.accept(granting.invitation(token), user)
    grant.refresh_from_db()
    return grant


def helper(section: Section) -> Callable[[Person], Client]:
    """Somebody who may see and add to one section alone."""

    def knocking(person: Person) -> Client:
        user = account(f"helper-{section.value}")
        granted(person, user, log=[section])
        return signed_in(user)

    return knocking


def reader(section: Section) -> Callable[[Person], Client]:
    """Somebody who may see everything but one section."""

    def knocking(person: Person) -> Client:
        user = account(f"all-but-{section.value}")
        granted(person, user, see=set(Section) - {section})
        return signed_in(user)

    return knocking


def clinician(person: Person) -> Client:
    user = account("cole-the-clinician")
    granted(person, user, role=Role.CLINICIAN, see=PRESETS[Role.CLINICIAN])
    return signed_in(user)


def second_parent(person: Person) -> Client:
    user = account("pat-the-parent")
    granted(person, user, role=Role.PARENT)
    return signed_in(user)


def invited(person: Person) -> Client:
    """Somebody who was invited, and has not accepted."""
    granting.invite(person, person.owner, Offer(Role.HELPER, "ivy", frozenset(Section), frozenset(Section), soon()))
    return signed_in(account("ivy-the-invited"))


def expired(person: Person) -> Client:
    user = account("eve-whose-time-is-over")
    grant = granted(person, user, see=Section, log=Section)
    Grant.objects.filter(pk=grant.pk).update(until=timezone.now() - timedelta(seconds=1))
    return signed_in(user)


def revoked(person: Person) -> Client:
    user = account("rob-who-was-sent-away")
    granting.end(granted(person, user, see=Section, log=Section), person.owner)
    return signed_in(user)


def link_holder(person: Person) -> Client:
    """Somebody without an account who has opened a link to the summary."""
    _link, token, code = linking.make_link(person, person.owner, "desk", Section, soon(1))
    client = Client()
    assert client.post(reverse("shared_link", args=[token]), {"code": code}).status_code == 302
    return client


ACTORS: dict[str, Callable[[Person], Client]] = {
    "owner": lambda person: signed_in(person.owner),
    "second_parent": second_parent,
    "clinician": clinician,
    **{f"helper_{section.value}": helper(section) for section in Section},
    "invited": invited,
    "expired": expired,
    "revoked": revoked,
    "link_holder": link_holder,
    "stranger": lambda person: signed_in(account(DANA)),
    "signed_out": lambda person: Client(),
}

SHUT_OUT = ("invited", "expired", "revoked", "stranger")
"""Who has an account, and nothing of this record."""


@dataclass
class Filled:
    """A record with something in each section, and a value for each part of an address."""

    person: Person
    parts: dict[str, str] = field(default_factory=dict)


def marker(section: Section) -> str:
    """A word that stands in one section alone."""
    return f"Zz{section.value}"


def marked_facts() -> list[AnyFact]:
    """Of each section a fact with its word."""
    return [
        fact(2, "flare", note=marker(Section.FLARES), symptoms=[{"code": "flushing"}]),
        fact(3, "exposure", code=marker(Section.EXPOSURES)),
        fact(4, "medicine_course", medicine=marker(Section.MEDICINES)),
        fact(5, "finding", code=marker(Section.TESTS), state="present"),
        fact(6, "diagnosis", label=marker(Section.CONDITION)),
        fact(7, "emergency_plan", steps=[marker(Section.EMERGENCY)]),
        fact(8, "question", text=marker(Section.APPOINTMENTS)),
        fact(9, "photo", file="photos/x.jpg", note=marker(Section.PHOTOS)),
        fact(1, "note", text=marker(Section.NOTES)),
    ]


def filled_record(person: Person) -> Filled:
    """Fill a record, and return what stands for each part of an address."""
    outcomes = append(person, marked_facts(), actor=person.owner)
    assert {one.status for one in outcomes} == {"accepted"}, outcomes
    grant, _token = granting.invite(
        person, person.owner, Offer(Role.HELPER, "Zoe", frozenset(Section), until=soon())
    )
    link, _token, _code = linking.make_link(person, person.owner, "a desk", Section, soon(1))
    parts = {
        "person_id": str(person.pk),
        "fact_id": str(fact(2).id),
        "grant_id": str(grant.pk),
        "link_id": str(link.pk),
        "sha256": "0" * 64,
        "token": "no-such-token",
        "slug": "flare",
        "role": "helper",
        "task": "learn",
        "pk": "1",
        "key": "x",
    }
    return Filled(person, parts)
