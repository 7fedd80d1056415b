"""What the templates draw with."""

from django import template
from django.forms.boundfield import BoundField, BoundWidget
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mastkit.companion.pages.clocks import long_date
from mastkit.companion.pages.degrees import severity
from mastkit.companion.pages.said import said

register = template.Library()

register.filter("said", said)
register.filter("long_date", long_date)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sheet; it says nothing that the words beside it do not say."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24"><use href="{}#{}"></use></svg>',
        static("companion/img/icons.svg"),
        name,
    )


@register.simple_tag
def degree(value: int | None) -> SafeString | str:
    """Draw a severity as a shape, a number and a word."""
    found = severity(value)
    if found is None:
        return ""
    return format_html(
        '<span class="severity"><span class="bars bars-{}" aria-hidden="true"><i></i><i></i><i></i><i></i></span>'
        "{}/10 {}</span>",
        found.bars,
        found.degree,
        found.word,
    )


@register.filter
def first_of_widget(field: BoundField) -> list[BoundWidget]:
    """Return the choices that are shown at once: the usual ones and those that are ticked."""
    return [box for number, box in enumerate(field.subwidgets) if _shown_first(field, number, box)]


@register.filter
def rest_of_widget(field: BoundField) -> list[BoundWidget]:
    """Return the choices behind "All others"."""
    return [box for number, box in enumerate(field.subwidgets) if not _shown_first(field, number, box)]


def _shown_first(field: BoundField, number: int, box: BoundWidget) -> bool:
    return number < int(field.field.widget.attrs.get("data-first", 8)) or bool(box.data["selected"])
