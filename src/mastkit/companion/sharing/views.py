"""Sharing: the owner's page, invitations from both sides, links, and the log of who looked."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mastkit.companion.audit.reading import acts_of
from mastkit.companion.pages.views.opening import zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, public_view, record_view
from mastkit.companion.sharing import granting, linking
from mastkit.companion.sharing.forms import CodeForm, GrantForm, JoinForm, LinkForm, NameForm
from mastkit.companion.sharing.granting import Offer
from mastkit.companion.sharing.models import Grant, Role, ShareLink
from mastkit.companion.sharing.news import news as news_of
from mastkit.companion.sharing.news import section_names
from mastkit.companion.sharing.summary import summary_blocks
from mastkit.record.time import zone_of


@record_view(owner=True)
def sharing(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show who may see what, and who could."""
    grants = list(opened.person.grants.select_related("grantee"))
    return _page(
        request,
        opened,
        "sharing",
        active=[_shown(grant) for grant in grants if grant.state == "active"],
        waiting=[_shown(grant) for grant in grants if grant.state == "waiting"],
        past=[_shown(grant) for grant in grants if grant.state in ("ended", "over")],
        links=[link for link in opened.person.links.all() if link.works],
        roles=[(role.value, role.label) for role in Role if opened.rights.first or role != Role.PARENT],
    )


@record_view(owner=True, fresh=True)
def invite(request: SignedInRequest, opened: OpenRecord, role: str) -> HttpResponse:
    """Ask what is offered to whom, and show the link of the invitation once."""
    if role not in Role.values or (role == Role.PARENT and not opened.rights.first):
        raise Http404
    form = _offer_form(request, opened, Role(role))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return _page(request, opened, "invite", status=status, form=form, role=Role(role))
    offer = form.offer() if isinstance(form, GrantForm) else Offer(Role.PARENT, form.cleaned_data["name"])
    grant, token = granting.invite(opened.person, request.user, offer)
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    return _page(request, opened, "invited", grant=grant, link=link, days=granting.INVITATION_DAYS)


@record_view(owner=True)
@require_POST
def end_grant(request: SignedInRequest, opened: OpenRecord, grant_id: UUID) -> HttpResponse:
    """End a grant, or take an invitation back, at once."""
    grant = get_object_or_404(Grant, pk=grant_id, person=opened.person)
    if grant.role == Role.PARENT and not opened.rights.first:
        raise Http404
    granting.end(grant, request.user)
    messages.success(request, _("Ended. %(name)s no longer sees anything.") % {"name": grant.name})
    return redirect("sharing", person_id=opened.person.pk)


@record_view()
@require_POST
def leave(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give back what was shared with oneself."""
    if opened.rights.grant is None:
        raise Http404
    granting.end(opened.rights.grant, request.user)
    messages.success(request, _("Ended. You no longer see this record."))
    return redirect("home")


@record_view()
def news(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show somebody with whom the record is shared what changed since their last visit."""
    grant = opened.rights.grant
    if grant is None or opened.own:
        raise Http404
    page = news_of(grant, zone_of_page(request, opened), grant.looked_before)
    return _page(request, opened, "news", page=page, sections=section_names(grant.sees))


@record_view(owner=True, fresh=True)
def make_link(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Make a link to the summary, and show it and its code once."""
    form = LinkForm(request.POST or None, zone=opened.person.zone)
    if request.method != "POST" or not form.is_valid():
        return _page(request, opened, "link", status=422 if form.errors else 200, form=form)
    made = linking.make_link(
        opened.person, request.user, form.cleaned_data["name"], form.chosen(), form.cleaned_data["until"]
    )
    link, token, code = made
    address = request.build_absolute_uri(reverse("shared_link", args=[token]))
    return _page(request, opened, "link_made", link=link, address=address, code=code)


@record_view(owner=True)
@require_POST
def new_code(request: SignedInRequest, opened: OpenRecord, link_id: UUID) -> HttpResponse:
    """Make a new code for a link: each works once."""
    link = get_object_or_404(ShareLink, pk=link_id, person=opened.person)
    if not link.works:
        raise Http404
    return _page(request, opened, "link_made", link=link, code=linking.new_code(link, request.user))


@record_view(owner=True)
@require_POST
def end_link(request: SignedInRequest, opened: OpenRecord, link_id: UUID) -> HttpResponse:
    """End a link at once."""
    linking.end_link(get_object_or_404(ShareLink, pk=link_id, person=opened.person), request.user)
    messages.success(request, _("Ended. The link opens nothing any more."))
    return redirect("sharing", person_id=opened.person.pk)


@record_view(owner=True)
def access_log(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show who did what with the record, and when."""
    everybody = request.GET.get("who") == "everybody"
    before = _moment(request.GET.get("before"))
    lines = acts_of(opened.person, before=before, besides=None if everybody else request.user)
    return _page(request, opened, "access_log", lines=lines, everybody=everybody)


@public_view
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is offered, and accept it: with the account that is signed in, or with a new one."""
    grant = granting.invitation(token)
    if grant is None:
        return render(request, "companion/link_gone.html", status=410)
    user = request.user if isinstance(request.user, User) else None
    form = JoinForm(request.POST or None) if user is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        return _accepted(request, grant, user, form)
    context = {"grant": grant, "form": form, **_shown(grant), "person": grant.person}
    with timezone.override(zone_of(grant.person.zone)):
        return render(request, "companion/invitation.html", context, status=422 if form and form.errors else 200)


def _accepted(request: HttpRequest, grant: Grant, user: User | None, form: JoinForm | None) -> HttpResponse:
    from allauth.account.utils import perform_login
    from django.db import transaction

    with transaction.atomic():
        who = user if user is not None else form.save()  # type: ignore[union-attr]
        taken = granting.accept(grant, who)
        if not taken:
            transaction.set_rollback(True)
    if not taken:
        if grant.person.owner_id == who.pk:
            messages.error(request, _("This is your own record. The invitation is for somebody else."))
            return redirect("home")
        return render(request, "companion/link_gone.html", status=410)
    if user is None:
        response: HttpResponse = perform_login(request, who, redirect_url="/")
        return response or redirect("home")
    return redirect("today", person_id=grant.person_id)


@public_view
def shared_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the code, and show the summary to who has it."""
    link = linking.find_link(token)
    if link is None:
        return render(request, "companion/link_gone.html", status=410)
    if linking.is_open(link, request):
        with timezone.override(zone_of(link.person.zone)):
            return render(request, "companion/shared_summary.html", {"link": link, **summary_blocks(link)})
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if linking.open_with_code(link, form.cleaned_data["code"], request):
            return redirect("shared_link", token=token)
        form.add_error("code", _("This code does not open the link. Each code works once; ask for a new one."))
    context = {"form": form, "link": link}
    return render(request, "companion/shared_link.html", context, status=422 if form.errors else 200)


def _offer_form(request: HttpRequest, opened: OpenRecord, role: Role) -> GrantForm | NameForm:
    if role == Role.PARENT:
        return NameForm(request.POST or None)
    return GrantForm(request.POST or None, role=role, zone=opened.person.zone)


def _shown(grant: Grant) -> dict[str, object]:
    return {
        "grant": grant,
        "logs": section_names(grant.logs),
        "sees": section_names(grant.sees - grant.logs),
        "parent": grant.role == Role.PARENT,
    }


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _page(
    request: SignedInRequest, opened: OpenRecord, name: str, *, status: int = 200, **context: object
) -> HttpResponse:
    frame = {"opened": opened, "person_id": opened.person.pk}
    with timezone.override(zone_of(zone_of_page(request, opened))):
        return render(request, f"companion/{name}.html", frame | context, status=status)
