"""Erasing the record for good."""

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mastkit.companion.care.views.giving import page
from mastkit.companion.people.access import OpenRecord, SignedInRequest, record_view
from mastkit.companion.people.models import Person
from mastkit.companion.store.erasing import erase as erase_record


class EraseForm(forms.Form):
    """The name of the record, typed, so that no slip of the hand erases it."""

    name = forms.CharField(
        label=gettext_lazy("Type the name of the record"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    account = forms.BooleanField(label=gettext_lazy("Erase my account too"), required=False)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self) -> str:
        """Refuse another name."""
        name: str = self.cleaned_data["name"]
        if name.strip() != self.expected.strip():
            raise forms.ValidationError(_("Expected: %(name)s") % {"name": self.expected})
        return name


@record_view(first=True, fresh=True)
def erase(request: SignedInRequest, opened: OpenRecord) -> HttpResponse:
    """Erase the record for good, after it was offered to be taken out."""
    form = EraseForm(request.POST or None, expected=opened.person.name)
    if request.method != "POST" or not form.is_valid():
        return page(request, opened, "erase", status=422 if form.errors else 200, form=form)
    name, account = opened.person.name, form.cleaned_data["account"]
    owner = request.user
    erase_record(Person.objects.get(pk=opened.person.pk), owner, account=account)
    if account and owner.pk is None:
        logout(request)
    if not account or not Person.objects.filter(owner_id=owner.pk).exists():
        return render(request, "companion/erased.html", {"name": name})
    return redirect("home")
