"""The page of reminders by e-mail, what can be done on it, and the link that stops them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mastkit.companion.configuration.mail import Mail
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, public_view, record_view
from mastkit.companion.reminders import opting
from mastkit.companion.reminders.choosing import to_preview
from mastkit.companion.reminders.forms import CodeForm, RemindersForm
from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.opting import Choice, TooManyCodes
from mastkit.companion.reminders.posting import WORDS, NotSent
from mastkit.companion.reminders.state import mail_state
from mastkit.companion.reminders.stopping import stop_by_link
from mastkit.companion.reminders.writing import reminder


@record_view(owner=True, fresh=True)
def reminders(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what was chosen with the e-mail as it would go, and keep another choice."""
    mail: Mail | None = settings.MAIL
    chosen = opting.reminders_of(request.user, opened.person)
    form = RemindersForm(request.POST or None, chosen=chosen)
    if mail is not None and request.method == "POST" and form.is_valid():
        choice = Choice(
            form.cleaned_data["address"],
            form.leads(),
            form.cleaned_data["names"],
            get_language() or "en",
            str(settings.ORIGIN),
        )
        chosen = opting.choose(request.user, opened.person, choice)
        messages.success(request, _("Kept."))
        if chosen.confirmed_at is None and not chosen.code_hmac:
            _send_code(request, chosen, mail)
        return _back(opened)
    ahead = to_preview(chosen, now()) if chosen is not None else ()
    context = {
        "opened": opened,
        "person_id": opened.person.pk,
        "form": form,
        "code_form": CodeForm(),
        "mail": mail_state(opened, zone_of_page(request, opened), now()),
        "chosen": chosen,
        "preview": reminder(chosen, ahead, mail) if mail is not None and chosen is not None else None,
        "lists_nothing": chosen is not None and chosen.names and not ahead,
        "loopback": settings.ORIGIN.loopback,
    }
    return render(request, "companion/reminders.html", context, status=422 if form.errors else 200)


@record_view(owner=True)
@require_POST
def send_code(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Send a new code to the address."""
    if settings.MAIL is not None:
        _send_code(request, _chosen(request, opened), settings.MAIL)
    return _back(opened)


@record_view(owner=True)
@require_POST
def confirm_address(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Confirm the address with the code that went to it."""
    if opting.confirm(_chosen(request, opened), request.POST.get("code", ""), now()):
        messages.success(request, _("The address is confirmed. Nothing is sent before you turn it on."))
    else:
        messages.error(
            request, _("This is not the code, or it is too old. After five wrong ones, ask for another.")
        )
    return _back(opened)


@record_view(owner=True)
@require_POST
def turn_on(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Turn them on."""
    if opting.turn_on(_chosen(request, opened), now()):
        messages.success(request, _("Reminders by e-mail are on."))
    return _back(opened)


@record_view(owner=True)
@require_POST
def turn_off(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Turn them off, at once."""
    opting.turn_off(_chosen(request, opened))
    messages.success(request, _("Stopped. No e-mail is sent any more."))
    return redirect("settings", person_id=opened.person.pk)


@record_view(owner=True)
@require_POST
def forget_address(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Turn them off and forget the address."""
    opting.forget(_chosen(request, opened))
    messages.success(request, _("Stopped, and the address is forgotten."))
    return redirect("settings", person_id=opened.person.pk)


# The signature of the link is what allows it: mail programs stop with one request, without cookies (RFC 8058).
@csrf_exempt
@public_view
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails that the link came with. It says the same of every link, so it tells nothing of anybody.

    Only a POST stops: programs that look for bad links open each of them.
    """
    if request.method == "POST":
        stop_by_link(token)
    return render(request, "companion/reminders_stop.html", {"stopped": request.method == "POST"})


def _chosen(request: SignedInRequest, opened: OpenRecord) -> MailReminders:
    found = opting.reminders_of(request.user, opened.person)
    if found is None:
        raise Http404
    return found


def _send_code(request: SignedInRequest, chosen: MailReminders, mail: Mail) -> None:
    try:
        opting.send_code(chosen, mail, now())
    except TooManyCodes:
        messages.error(request, _("Too many codes were asked for today. Try again tomorrow."))
    except NotSent as error:
        messages.error(request, _("The code could not be sent: %(why)s.") % {"why": WORDS[error.failure]})
    else:
        messages.success(request, _("A code is on its way to you."))


def _back(opened: OpenRecord) -> HttpResponse:
    return redirect("reminders", person_id=opened.person.pk)
