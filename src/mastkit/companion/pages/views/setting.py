"""Settings of the account, and this device."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings as django_settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mastkit.companion.accounts.models import Preferences, Theme
from mastkit.companion.pages.views.opening import now, zone_of_page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.reminders.state import mail_state
from mastkit.rulebooks.windows import tryptase_windows

_TRYPTASE_UNITS = (("ng/mL", "ng/mL"), ("ug/L", "µg/L"))


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What can be chosen."""

    language = forms.ChoiceField(
        label=_("Language"), required=False, widget=forms.RadioSelect,
        choices=[("", _("as the browser")), *django_settings.LANGUAGES],
    )  # fmt: skip
    theme = forms.ChoiceField(label=_("Light or dark"), choices=Theme.choices, widget=forms.RadioSelect)
    low_energy = forms.BooleanField(
        label=_("Low-energy mode"), required=False,
        help_text=_("Three large buttons, high contrast, nothing else on the first page. For bad days."),
    )  # fmt: skip
    zone = forms.CharField(
        label=_("Time zone"), required=False,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text=_("In which times are shown and entered. Empty: that of the record."),
    )  # fmt: skip
    tryptase = forms.ChoiceField(label=_("Unit for tryptase"), choices=_TRYPTASE_UNITS, widget=forms.RadioSelect)

    sampling_protocol = forms.ChoiceField(
        label=_("When blood is drawn in a flare, by"), required=False,
        choices=[("", format_lazy("{}: {}", _("the default"), tryptase_windows().protocol().title)),
                 *((one.id, one.title) for one in tryptase_windows().protocols.values())],
        help_text=_("Authorities differ. Each page of a flare names its source."),
    )  # fmt: skip

    class Meta:
        model = Preferences
        fields = ("language", "theme", "low_energy", "zone", "sampling_protocol")


@record_view()
def settings(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Show and keep the settings of the account."""
    chosen = Preferences.objects.filter(user_id=request.user.pk).first() or Preferences(user_id=request.user.pk)
    first = {"tryptase": chosen.units.get("tryptase", "ng/mL")}
    form = SettingsForm(request.POST or None, instance=chosen, initial=first)
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.units = {**kept.units, "tryptase": form.cleaned_data["tryptase"]}
        kept.save()
        messages.success(request, _("Settings saved."))
        return redirect("settings", person_id=opened.person.pk)
    context = {
        "opened": opened,
        "person_id": opened.person.pk,
        "form": form,
        "zones": sorted(available_timezones()),
        "mail": mail_state(opened, zone_of_page(request, opened), now()),
    }
    return render(request, "companion/settings.html", context, status=422 if form.errors else 200)
