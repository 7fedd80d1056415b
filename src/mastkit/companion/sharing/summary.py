"""The summary that a link shows: made from the sections of the link alone, and it says so."""

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from mastkit.companion.people.sections import Section
from mastkit.companion.sharing.models import ShareLink
from mastkit.companion.sharing.news import section_names
from mastkit.companion.store.reading import load
from mastkit.reports.current import today
from mastkit.reports.render import html_blocks
from mastkit.reports.summary import summarise, summary_document


def summary_blocks(link: ShareLink) -> dict[str, Any]:
    """Return the summary, ready for the page."""
    record = load(link.person, link.sees)
    document = summary_document(summarise(record, today(record)))
    hidden = section_names(frozenset(Section) - link.sees)
    remark = ""
    if hidden:
        remark = _(
            "Not shared, so nothing here speaks of it: %(what)s. What is missing below may still be there."
        ) % {"what": "; ".join(hidden)}
    # The blocks were escaped where they were made.
    return {"document": document, "blocks": mark_safe(html_blocks(document)), "remark": remark}
