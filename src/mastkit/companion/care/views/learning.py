"""The checklists, the words explained, support groups, and the complications."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mastkit.companion.care.complications import results
from mastkit.companion.care.views.giving import page
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import DOCUMENT, Section
from mastkit.companion.store.making import new_fact
from mastkit.record.time import Moment, zone_of
from mastkit.reports.current import today
from mastkit.reports.learning import (
    TICK,
    complication_checks,
    glossary,
    self_care_tasks,
    support_groups,
)
from mastkit.reports.learning import self_care as care_of


@record_view(see=DOCUMENT)
def self_care(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what is worth doing once or again, and what was done."""
    found = care_of(opened.record, today(opened.record))
    groups = [
        (_("Learn and prepare"), [one for one in found if one.task.list == "L8"]),
        (_("Look after yourself"), [one for one in found if one.task.list == "L9"]),
    ]
    return page(request, opened, "self_care", groups=groups, may_tick=opened.logs("tests"))


@record_view(log=Section.TESTS)
@require_POST
def tick(request: SignedInRequest, opened: OpenRecord, task: str) -> HttpResponse:
    """Tick a task as done today, or take the tick back."""
    if task not in {one.id for one in self_care_tasks()}:
        raise Http404
    zone = zone_of_page(request, opened)
    day = Moment.on(now().astimezone(zone_of(zone)).date(), zone)
    state = "absent" if request.POST.get("done") == "no" else "present"
    outcome = opened.add([new_fact("finding", request.user, time=day, code=f"{TICK}{task}", state=state)])[0]
    if outcome.status == "refused":
        messages.error(request, outcome.sentence)
    return redirect("self_care", person_id=opened.person.pk)


@record_view()
def learning(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Explain the words, and name support groups; no request is sent to them."""
    return page(request, opened, "learning", words=list(glossary().values()), groups=support_groups())


@record_view(see=DOCUMENT)
def complications(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show of each complication its last check, its result, and what is due next."""
    zone = zone_of_page(request, opened)
    found = [
        (one, results(one, opened.record, zone)) for one in complication_checks(opened.record, today(opened.record))
    ]
    return page(request, opened, "complications", checks=found)
