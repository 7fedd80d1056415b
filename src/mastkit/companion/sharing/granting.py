"""Inviting, accepting, ending: what the owner does with grants, and what the other person does."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from mastkit.companion.audit.log import note
from mastkit.companion.people.models import Person
from mastkit.companion.people.sections import Section
from mastkit.companion.sharing.models import Grant, Role

INVITATION_DAYS = 7
"""How long an invitation can be accepted: long enough for a letter, short enough to be forgotten in a drawer."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered to whom."""

    role: Role
    name: str
    see: frozenset[Section] = frozenset()
    log: frozenset[Section] = frozenset()
    until: datetime | None = None


def invite(person: Person, owner: User, offer: Offer) -> tuple[Grant, str]:
    """Write down an offer, and return it with the token of its link. It opens nothing before it is accepted."""
    token = token_urlsafe(32)
    with transaction.atomic():
        grant = Grant.objects.create(
            person=person,
            role=offer.role,
            name=offer.name,
            see=named(offer.see | offer.log),
            log=named(offer.log),
            until=offer.until,
            invited_by=owner,
            token_sha256=hash_of(token),
            open_until=timezone.now() + timedelta(days=INVITATION_DAYS),
        )
        note(owner, person, "invited", name=offer.name, role=offer.role.value)
    return grant, token


def invitation(token: str) -> Grant | None:
    """Return the offer behind a link while it can be accepted."""
    found = Grant.objects.filter(token_sha256=hash_of(token), accepted_at=None, ended_at=None)
    grant = found.filter(open_until__gt=timezone.now()).select_related("person", "invited_by").first()
    return grant if grant is not None and grant.state == "waiting" else None


def accept(grant: Grant, user: User) -> bool:
    """Accept an offer; False where it was accepted or taken back meanwhile, or is one's own record.

    What the same account had of this record before ends: the new offer stands in its place.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=grant.person_id)
        if person.owner_id == user.pk:
            return False
        now = timezone.now()
        Grant.objects.filter(person=person, grantee=user, ended_at=None).update(ended_at=now)
        open_still = Grant.objects.filter(pk=grant.pk, accepted_at=None, ended_at=None, open_until__gt=now)
        if open_still.update(grantee=user, accepted_at=now) != 1:
            transaction.set_rollback(True)
            return False
        note(user, person, "accepted", name=grant.name, role=grant.role)
    return True


def end(grant: Grant, by: User) -> None:
    """End a grant or take back an offer, at once; ending it again changes nothing."""
    with transaction.atomic():
        if Grant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=timezone.now()):
            note(by, grant.person, "ended", name=grant.name, left=by.pk == grant.grantee_id)


def looked(grant: Grant) -> None:
    """Write down that the record was opened with a grant: looks within an hour are one visit."""
    now = timezone.now()
    if grant.looked_at is not None and now - grant.looked_at < timedelta(minutes=1):
        return
    if grant.looked_at is None or now - grant.looked_at > VISIT:
        grant.looked_before = grant.looked_at
    grant.looked_at = now
    grant.save(update_fields=["looked_at", "looked_before"])


VISIT = timedelta(hours=1)


def named(sections: Iterable[Section]) -> list[str]:
    """Return the names of sections, in the order in which they are shown."""
    wanted = set(sections)
    return [section.value for section in Section if section in wanted]


def hash_of(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
