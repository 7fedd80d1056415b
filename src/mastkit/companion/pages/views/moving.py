"""Taking the record out, and bringing facts in: nothing is kept before the preview was seen."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mastkit.companion.audit.log import note
from mastkit.companion.exchange.incoming import CannotRead, Incoming, take_in, understand
from mastkit.companion.exchange.outgoing import archive as archive_of
from mastkit.companion.exchange.outgoing import record_file
from mastkit.companion.exchange.waiting import done, put_aside, waiting
from mastkit.companion.pages.describe import describe
from mastkit.companion.pages.views.opening import zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.record.time import Moment

SHOWN = 50
"""Facts that the preview lists; the rest is counted."""


@record_view(owner=True)
def data(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what can be taken out, and take a file to be brought in."""
    upload = request.FILES.get("file") if request.method == "POST" else None
    if upload is not None:
        put_aside(opened, upload.read(), upload.name or "file")
        return redirect("import_preview", person_id=opened.person.pk)
    return _page(request, opened, "data")


@record_view(owner=True)
def preview(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what a file holds and what was not understood; add it when that was seen."""
    kept = waiting(opened)
    if kept is None:
        return redirect("data", person_id=opened.person.pk)
    zone = zone_of_page(request, opened)
    day = _day(request.POST.get("day", "") or request.GET.get("day", ""))
    when = Moment.on(day, zone) if day is not None else None
    try:
        incoming = understand(bytes(kept.content), kept.name, opened, day=when)
    except CannotRead as error:
        done(opened)
        messages.error(request, str(error))
        return redirect("data", person_id=opened.person.pk)
    if request.method == "POST":
        return _take_in(request, opened, incoming)
    lines = [describe(fact, zone) for fact in incoming.new[:SHOWN]]
    more = {
        "incoming": incoming,
        "lines": lines,
        "more": max(0, len(incoming.new) - SHOWN),
        "file": kept.name,
        "day": day,
    }
    return _page(request, opened, "import", **more)


@record_view(owner=True, fresh=True)
def export(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the record file."""
    note(opened.actor, opened.person, "exported")
    return _file(record_file(opened.person), "application/json", "record.json")


@record_view(owner=True, fresh=True)
def archive(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Give the record file with its pictures."""
    note(opened.actor, opened.person, "exported")
    return _file(archive_of(opened.person, opened.actor), "application/zip", "record.zip")


def _take_in(request: SignedInRequest, opened: OpenRecord, incoming: Incoming) -> HttpResponse:
    done(opened)
    if "no" in request.POST:
        messages.success(request, _("Nothing was added."))
        return redirect("data", person_id=opened.person.pk)
    outcomes = take_in(incoming, opened)
    accepted = sum(outcome.status == "accepted" for outcome in outcomes)
    said = ngettext("%(n)d entry was added.", "%(n)d entries were added.", accepted) % {"n": accepted}
    messages.success(request, said)
    for sentence in dict.fromkeys(outcome.sentence for outcome in outcomes if outcome.status == "refused"):
        messages.error(request, sentence)
    return redirect("record", person_id=opened.person.pk)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2199 else None


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(request: SignedInRequest, opened: OpenRecord, name: str, **more: object) -> HttpResponse:
    return render(request, f"companion/{name}.html", {"opened": opened, "person_id": opened.person.pk, **more})
