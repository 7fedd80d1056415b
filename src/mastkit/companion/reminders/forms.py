"""What is asked about reminders by e-mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mastkit.companion.reminders.choosing import LEADS, USUAL
from mastkit.companion.reminders.models import Kind, MailReminders


class RemindersForm(forms.Form):
    """Where to, of what, how long before, and how much is said."""

    address = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    names = forms.BooleanField(
        label=_("Say what is due"),
        required=False,
        help_text=_("E-mail can be read by others: on the way, where it is kept, and on a screen that lights up."),
    )

    def __init__(self, *args: Any, chosen: MailReminders | None, **kwargs: Any) -> None:
        leads: dict[str, int] = chosen.leads if chosen is not None else USUAL
        first: dict[str, Any] = {kind: leads.get(kind, "") for kind in Kind.values}
        if chosen is not None:
            first |= {"address": chosen.address, "names": chosen.names}
        super().__init__(*args, **{**kwargs, "initial": first})
        for kind in Kind:
            self.fields[kind.value] = forms.TypedChoiceField(
                label=kind.label, required=False, choices=_ahead(), coerce=int, empty_value=None
            )
        self.order_fields(["address", *Kind.values, "names"])

    def clean(self) -> dict[str, Any]:
        """Refuse a choice of nothing."""
        if all(self.cleaned_data.get(kind) is None for kind in Kind.values):
            self.add_error(Kind.values[0], _("Choose at least one kind of reminder, or leave e-mail off."))
        return self.cleaned_data

    def leads(self) -> dict[str, int]:
        """Return of each kind that is wanted, how many days ahead."""
        answers = {kind: self.cleaned_data[kind] for kind in Kind.values}
        return {kind: days for kind, days in answers.items() if days is not None}


class CodeForm(forms.Form):
    """The code that went to the address."""

    code = forms.CharField(
        label=_("The code from the e-mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _ahead() -> list[tuple[object, object]]:
    ahead = [
        (days, ngettext("%(n)d day before", "%(n)d days before", days) % {"n": days}) for days in LEADS if days
    ]
    return [("", _("no e-mail")), (0, _("on the day")), *ahead]
