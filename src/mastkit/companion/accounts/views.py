"""The page behind a one-time link."""

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from mastkit.companion.accounts.forms import ChoosePassword, SetUp
from mastkit.companion.accounts.links import find_link, use_link
from mastkit.companion.accounts.models import OneTimeLink
from mastkit.companion.audit.log import note
from mastkit.companion.people.access import public_view
from mastkit.companion.people.models import Person


@public_view
@sensitive_post_parameters()
def one_time_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let the holder of a link in, once. A used, old or unknown link is one and the same page."""
    link = find_link(token)
    if link is None:
        return render(request, "companion/link_gone.html", status=410)
    match link.purpose:
        case OneTimeLink.Purpose.SET_UP:
            return _set_up(request, link)
        case OneTimeLink.Purpose.SIGN_IN if link.user is not None:
            return _new_password(request, link, link.user)
        case OneTimeLink.Purpose.DEMO if link.user is not None:
            return _demonstration(request, link, link.user)
    raise Http404


def _set_up(request: HttpRequest, link: OneTimeLink) -> HttpResponse:
    form = SetUp(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "companion/set_up.html", {"form": form})
    with transaction.atomic():
        if not use_link(link):
            return render(request, "companion/link_gone.html", status=410)
        user = User.objects.create_user(form.cleaned_data["username"], password=form.cleaned_data["password"])
        person = Person.objects.create(owner=user, name=form.cleaned_data["person"], zone=form.cleaned_data["zone"])
        note(user, person, "set-up")
    return _signed_in(request, user)


def _new_password(request: HttpRequest, link: OneTimeLink, user: User) -> HttpResponse:
    """Whoever makes this link has opened the store at the machine itself, and so may lift a lost second factor."""
    form = ChoosePassword(request.POST or None, user=user)
    if request.method != "POST" or not form.is_valid():
        return render(request, "companion/new_password.html", {"form": form, "username": user.username})
    with transaction.atomic():
        if not use_link(link):
            return render(request, "companion/link_gone.html", status=410)
        user.set_password(form.cleaned_data["password"])
        user.save(update_fields=["password"])
        factors, _ = Authenticator.objects.filter(user=user).delete()
        note(user, None, "account-recovered", second_factors_removed=factors)
    return _signed_in(request, user)


def _demonstration(request: HttpRequest, link: OneTimeLink, user: User) -> HttpResponse:
    if not use_link(link):
        return render(request, "companion/link_gone.html", status=410)
    return _signed_in(request, user)


def _signed_in(request: HttpRequest, user: User) -> HttpResponse:
    response: HttpResponse = perform_login(request, user, redirect_url="/")
    return response or redirect("home")
