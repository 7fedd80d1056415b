"""The check-in of a day."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mastkit.companion.pages import checkin as page
from mastkit.companion.pages.clocks import day_name
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import Section
from mastkit.companion.store.making import new_fact
from mastkit.record.time import zone_of


@record_view(log=Section.FLARES)
def checkin(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Ask what there was on a day, and about when."""
    zone = zone_of_page(request, opened)
    today = now().astimezone(zone_of(zone)).date()
    day = _chosen(request.POST.get("day") or request.GET.get("day"), today)
    asked = page.items(opened.record, zone, day, now())
    if request.method == "POST":
        ticked = {item.code for item in asked if item.code in request.POST.getlist("there")}
        facts = [new_fact("check_in", request.user, **page.check_in(asked, ticked, day, zone))]
        facts += [
            new_fact(
                "exposure",
                request.user,
                **page.exposure(item.code, request.POST.get(f"when_{item.code}", ""), day, zone),
            )
            for item in asked
            if item.what == "exposure" and item.code in ticked and not item.there
        ]
        refused = [outcome.sentence for outcome in opened.add(facts) if outcome.status == "refused"]
        for sentence in refused:
            messages.error(request, sentence)
        if not refused:
            messages.success(request, _("Noted. Thank you."))
            return redirect("today", person_id=opened.person.pk)
    context = {
        "opened": opened,
        "person_id": opened.person.pk,
        "items": asked,
        "day": day,
        "day_name": day_name(day, today),
        "days": [(one, day_name(one, today)) for one in (today - timedelta(days=n) for n in range(4))],
        "times": [(name, _part(name)) for name, _clock in page.TIMES],
    }
    return render(request, "companion/checkin.html", context)


def _chosen(text: str | None, today: date) -> date:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return today
    return min(day, today)


def _part(name: str) -> str:
    return {"morning": _("morning"), "midday": _("midday"), "afternoon": _("afternoon"), "evening": _("evening")}[
        name
    ]
