"""The one door to a record: every view of a record opens it here, and a stranger gets 404.

A view says what it needs and is given the opened record::

    @record_view(see=Section.FLARES)
    def flares(request: SignedInRequest, opened: OpenRecord) -> HttpResponse: ...

Its URL has ``<uuid:person_id>``. Within the view, queries of the store are bound to this person; a query that
is made anywhere else raises `django_scopes.exceptions.ScopeError`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scope

from mastkit.companion.audit.log import note_view
from mastkit.companion.people.models import Person
from mastkit.companion.people.rights import Rights, rights
from mastkit.companion.people.sections import DESK_CARD, DOCUMENT, Section
from mastkit.companion.refusals import asks_for_json, sign_in_needed
from mastkit.companion.sharing.granting import looked
from mastkit.companion.sharing.models import Grant, Role
from mastkit.companion.store.facts import Outcome, append
from mastkit.companion.store.reading import load
from mastkit.record.facts import AnyFact
from mastkit.record.record import Record

VERDICT = "mastkit_verdict"
"""The attribute by which each view says who may call it; `tests/companion/test_permissions.py` reads it."""

NEEDS = "mastkit_needs"
"""The attribute by which a view of a record says which sections it shows; the same test reads it."""


class SignedInRequest(HttpRequest):
    """A request whose user is signed in."""

    user: User


@dataclass(frozen=True)
class OpenRecord:
    """A record that this user may see or add to, in part or as a whole."""

    person: Person
    actor: User
    rights: Rights

    @cached_property
    def record(self) -> Record:
        """The record as far as the user may see it."""
        return load(self.person, self.rights.see)

    @property
    def own(self) -> bool:
        """Whether the user is the owner of the record."""
        return self.rights.owner

    def sees(self, *names: str) -> bool:
        """Whether the user may see all sections of these names."""
        return all(Section(name) in self.rights.see for name in names)

    def logs(self, *names: str) -> bool:
        """Whether the user may add to all sections of these names."""
        return all(Section(name) in self.rights.log for name in names)

    @property
    def sees_documents(self) -> bool:
        """Whether the user may see all that documents are made of."""
        return self.rights.see >= DOCUMENT

    @property
    def sees_appointments(self) -> bool:
        """Whether the user may see the appointments."""
        return Section.APPOINTMENTS in self.rights.see

    @property
    def sees_condition(self) -> bool:
        """Whether the user may see what is known of the disease."""
        return Section.CONDITION in self.rights.see

    @property
    def sees_emergency(self) -> bool:
        """Whether the user may see the emergency plan."""
        return Section.EMERGENCY in self.rights.see

    @property
    def sees_desk_card(self) -> bool:
        """Whether the user may hand out the card for the emergency desk."""
        return self.rights.see >= DESK_CARD

    @property
    def logs_diary(self) -> bool:
        """Whether the user may add to any part of the diary, and so needs the logger."""
        return bool(self.rights.log & {Section.FLARES, Section.EXPOSURES, Section.MEDICINES})

    def add(self, facts: Iterable[AnyFact]) -> list[Outcome]:
        """Add facts on behalf of the user, as far as the user may."""
        return append(self.person, facts, actor=self.actor, sections=self.rights.log)


P = ParamSpec("P")
RecordView = Callable[Concatenate[SignedInRequest, OpenRecord, P], HttpResponse]
UrlView = Callable[..., HttpResponse]


Sections = Section | frozenset[Section] | None


def record_view(
    *,
    see: Sections = None,
    log: Sections = None,
    owner: bool = False,
    first: bool = False,
    fresh: bool = False,
) -> Callable[[RecordView[P]], UrlView]:
    """Make a view of one record: opens it, checks rights, binds the store to it and notes who looked.

    With ``see`` or ``log`` the user must have that section, or all of several; with neither, some section to see.
    ``owner`` lets in the owners alone, ``first`` the first of them. ``fresh`` asks for the password
    or passkey again where that was a while ago.
    """

    def decorate(view: RecordView[P]) -> UrlView:
        # Rights come first: a stranger is not even asked who they are.
        shown: RecordView[P] = reauthentication_required(view) if fresh else view

        @wraps(view)
        def opened(request: HttpRequest, person_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, User):
                return sign_in_needed() if asks_for_json(request) else redirect_to_login(request.get_full_path())
            record = open_record(request.user, person_id, see=see, log=log, owner=owner, first=first)
            request.opened = record  # type: ignore[attr-defined]  # the frame of the page says whose record it is
            if request.method in ("GET", "HEAD"):  # what is added is noted where it is added
                note_view(request.user, record.person, view.__name__)
                if record.rights.grant is not None:
                    looked(record.rights.grant)
            with scope(person=record.person):
                return shown(cast(SignedInRequest, request), record, *args, **kwargs)

        setattr(opened, VERDICT, "owner" if owner or first else "record")
        setattr(opened, NEEDS, (_all_of(see), _all_of(log)))
        return opened

    return decorate


def open_record(
    user: User,
    person_id: UUID,
    *,
    see: Sections = None,
    log: Sections = None,
    owner: bool = False,
    first: bool = False,
) -> OpenRecord:
    """Return a record that the user has these rights to. Raises `Http404`, as where there is no such record."""
    person = Person.objects.filter(pk=person_id).first()
    found = rights(user, person) if person is not None else None
    if person is None or found is None or not found.any:
        raise Http404
    if (owner and not found.owner) or (first and not found.first):
        raise Http404
    if not (_all_of(see) <= found.see and _all_of(log) <= found.log):
        raise Http404
    if not (owner or first or see or log) and not found.see:
        raise Http404
    return OpenRecord(person, user, found)


def _all_of(sections: Sections) -> frozenset[Section]:
    if sections is None:
        return frozenset()
    return frozenset({sections}) if isinstance(sections, Section) else sections


def signed_in_view(view: Callable[Concatenate[SignedInRequest, P], HttpResponse]) -> UrlView:
    """Make a view for everybody who is signed in, of their own account and of no record."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return sign_in_needed() if asks_for_json(request) else redirect_to_login(request.get_full_path())
        return view(cast(SignedInRequest, request), *args, **kwargs)

    setattr(checked, VERDICT, "signed in")
    return checked


def public_view(view: Callable[Concatenate[HttpRequest, P], HttpResponse]) -> UrlView:
    """Make a view for everybody: it may show nothing of a record and nothing of an account."""

    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    setattr(checked, VERDICT, "public")
    return checked


def own_people(user: User) -> list[Person]:
    """Return the people whose record is the user's own, as owner or as second parent, the oldest first."""
    shared = Grant.objects.in_force().filter(grantee=user, role=Role.PARENT).values("person_id")
    return list(Person.objects.filter(Q(owner=user) | Q(pk__in=shared)))


def grants_of(user: User) -> list[Grant]:
    """Return what others share with the user, second parents aside."""
    found = Grant.objects.in_force().filter(grantee=user).exclude(role=Role.PARENT)
    return list(found.select_related("person").order_by("person__name", "id"))


def people_to_log_for(user: User) -> list[Person]:
    """Return the people to whose record the user may add something."""
    return own_people(user) + [grant.person for grant in grants_of(user) if grant.logs]
