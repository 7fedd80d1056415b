"""My triggers, and the screen that explains them."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from mastkit.companion.audit.reading import last_look
from mastkit.companion.pages.trigger_results import triggers_of, triggers_without
from mastkit.companion.pages.triggers import triggers_page
from mastkit.companion.pages.triggers_explained import explained
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.sections import TRIGGERS
from mastkit.companion.store.reading import received_since
from mastkit.record.time import zone_of


@record_view(see=TRIGGERS)
def my_triggers(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show what the diary says about triggers, and what has changed since the last look."""
    zone = zone_of_page(request, opened)
    today = now().astimezone(zone_of(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    # All looks of one day are one look: what has changed stays on the page for the day.
    since = last_look(opened.person, request.user, "my_triggers", today)
    result = triggers_of(opened.record)
    before = triggers_without(opened.record, _new(opened, since)) if since is not None else None
    page = triggers_page(result, zone, before=before, since=since)
    return _render(request, opened, "triggers", page)


@record_view(see=TRIGGERS)
def how_triggers_work(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Explain how it is worked out, and how wrong it can be."""
    return _render(request, opened, "triggers_how", explained())


def _new(opened: OpenRecord, since: datetime) -> frozenset[UUID]:
    ids = received_since(opened.person, since)
    return frozenset(fact_id for fact_id in ids if fact_id in opened.record.facts)


def _render(request: SignedInRequest, opened: OpenRecord, name: str, page: object) -> HttpResponse:
    context = {
        "opened": opened,
        "person_id": opened.person.pk,
        "page": page,
        "sees_all": opened.sees("medicines", "tests"),
        "sees_plan": opened.sees("emergency"),
        "may_check_in": opened.logs("flares"),
    }
    return render(request, f"companion/{name}.html", context)
