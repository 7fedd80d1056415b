"""What is asked when something is shared."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mastkit.companion.people.sections import Section
from mastkit.companion.sharing.granting import Offer
from mastkit.companion.sharing.models import Role
from mastkit.record.time import zone_of

LONGEST_DAYS = 5 * 366
DAYS = {Role.HELPER: 183, Role.CLINICIAN: 365}
LINK_DAYS, LONGEST_LINK_DAYS = 7, 90

PRESETS: dict[Role, dict[Section, str]] = {
    Role.HELPER: {
        Section.FLARES: "log",
        Section.EXPOSURES: "log",
        Section.MEDICINES: "log",
        Section.EMERGENCY: "see",
    },
    Role.CLINICIAN: {section: "see" for section in Section if section not in (Section.PHOTOS, Section.NOTES)},
}
"""What is ticked at first; the owner sees each and changes any."""

_LEVELS = (("", gettext_lazy("no")), ("see", gettext_lazy("see")), ("log", gettext_lazy("see and add")))


class NameForm(forms.Form):
    """Whom it is for."""

    name = forms.CharField(label=gettext_lazy("For whom?"), max_length=200)


class UntilForm(NameForm):
    """Whom it is for, and until when."""

    until = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    longest = LONGEST_DAYS

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_until(self) -> datetime:
        """Return the end of the day; it lies ahead, and not too far."""
        day: date = self.cleaned_data["until"]
        today = timezone.now().astimezone(zone_of(self.zone)).date()
        if not today <= day <= today + timedelta(days=self.longest):
            raise forms.ValidationError(
                _("Expected a day from today to %(last)s.") % {"last": today + timedelta(days=self.longest)}
            )
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone_of(self.zone))


class GrantForm(UntilForm):
    """What somebody may see and add to, section by section."""

    def __init__(self, *args: Any, role: Role, zone: str, **kwargs: Any) -> None:
        first: dict[str, Any] = {"until": (timezone.now() + timedelta(days=DAYS[role])).date()}
        first |= {section.value: level for section, level in PRESETS[role].items()}
        super().__init__(*args, zone=zone, initial=first | kwargs.pop("initial", {}), **kwargs)
        self.role = role
        for section in Section:
            self.fields[section.value] = forms.ChoiceField(
                label=section.label, choices=_LEVELS, required=False, widget=forms.RadioSelect
            )

    def section_fields(self) -> list[forms.BoundField]:
        """Return the fields of the sections."""
        return [self[section.value] for section in Section]

    def clean(self) -> dict[str, Any]:
        """Refuse an offer of nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(section.value) for section in Section):
            raise forms.ValidationError(_("Choose at least one part of the record."))
        return cleaned

    def offer(self) -> Offer:
        """Return what is offered."""
        chosen = {section: self.cleaned_data.get(section.value, "") for section in Section}
        return Offer(
            self.role,
            self.cleaned_data["name"],
            see=frozenset(section for section, level in chosen.items() if level),
            log=frozenset(section for section, level in chosen.items() if level == "log"),
            until=self.cleaned_data["until"],
        )


class LinkForm(UntilForm):
    """For whom a link is, until when, and from which sections its summary is made."""

    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What the summary is made of"),
        choices=[
            (section.value, section.label) for section in Section if section not in (Section.PHOTOS, Section.NOTES)
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    longest = LONGEST_LINK_DAYS

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        first = {
            "until": (timezone.now() + timedelta(days=LINK_DAYS)).date(),
            "sections": [value for value, _label in self.base_fields["sections"].choices],  # type: ignore[attr-defined]
        }
        super().__init__(*args, zone=zone, initial=first, **kwargs)

    def chosen(self) -> frozenset[Section]:
        """Return the sections."""
        return frozenset(Section(name) for name in self.cleaned_data["sections"])


class CodeForm(forms.Form):
    """The code that came apart from the link."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class JoinForm(BaseUserCreationForm):  # type: ignore[type-arg]  # the class takes none when it runs
    """An account for somebody who was invited."""

    class Meta:
        model = User
        fields = ("username",)
