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
from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scope

from mastkit.companion.audit.log import note_view
from mastkit.companion.people.models import Person
from mastkit.companion.people.rights import Rights, rights
from mastkit.companion.people.sections import Section
from mastkit.companion.refusals import asks_for_json, sign_in_needed
from mastkit.companion.store.facts import Outcome, append
from mastkit.companion.store.reading import load
from mastkit.record.facts import AnyFact
from mastkit.record.record import Record

VERDICT = "mastkit_verdict"
"""The attribute by which each view says who may call it; `tests/companion/test_permissions.py` reads it."""


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

    def add(self, facts: Iterable[AnyFact]) -> list[Outcome]:
        """Add facts on behalf of the user, as far as the user may."""
        return append(self.person, facts, actor=self.actor, sections=self.rights.log)


P = ParamSpec("P")
RecordView = Callable[Concatenate[SignedInRequest, OpenRecord, P], HttpResponse]
UrlView = Callable[..., HttpResponse]


def record_view(
    *, see: Section | None = None, log: Section | None = None, owner: bool = False, fresh: bool = False
) -> Callable[[RecordView[P]], UrlView]:
    """Make a view of one record: opens it, checks rights, binds the store to it and notes who looked.

    With ``see`` or ``log`` the user must have that section; with neither, some section to see. ``owner`` lets in
    the owner alone. ``fresh`` asks for the password or passkey again where that was a while ago.
    """

    def decorate(view: RecordView[P]) -> UrlView:
        # Rights come first: a stranger is not even asked who they are.
        shown: RecordView[P] = reauthentication_required(view) if fresh else view

        @wraps(view)
        def opened(request: HttpRequest, person_id: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, User):
                return sign_in_needed() if asks_for_json(request) else redirect_to_login(request.get_full_path())
            record = open_record(request.user, person_id, see=see, log=log, owner=owner)
            if request.method in ("GET", "HEAD"):  # what is added is noted where it is added
                note_view(request.user, record.person, view.__name__)
            with scope(person=record.person):
                return shown(cast(SignedInRequest, request), record, *args, **kwargs)

        setattr(opened, VERDICT, "owner" if owner else "record")
        return opened

    return decorate


def open_record(
    user: User,
    person_id: UUID,
    *,
    see: Section | None = None,
    log: Section | None = None,
    owner: bool = False,
) -> OpenRecord:
    """Return a record that the user has these rights to. Raises `Http404`, as where there is no such record."""
    person = Person.objects.filter(pk=person_id).first()
    found = rights(user, person) if person is not None else None
    if person is None or found is None or not found.any:
        raise Http404
    if (owner and not found.owner) or (see and see not in found.see) or (log and log not in found.log):
        raise Http404
    if not (owner or see or log) and not found.see:
        raise Http404
    return OpenRecord(person, user, found)


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
    """Return the people whose record the user owns, the oldest first."""
    return list(Person.objects.filter(owner=user))
