"""The form behind a one-time link."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mastkit.companion.people.models import known_zone


class ChoosePassword(forms.Form):
    """A new password, typed once where it can be seen."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more. Four or five unrelated words are good and easy to keep."),
    )

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Check the password against the rules for passwords."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user or User(username=self.cleaned_data.get("username", "")))
        return password


class SetUp(ChoosePassword):
    """The owner's account and the person whose record it keeps."""

    username = forms.CharField(
        label=_("Name to sign in with"),
        max_length=150,
        validators=[User.username_validator],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    person = forms.CharField(
        label=_("Whose record is it?"),
        max_length=200,
        help_text=_("A first name or a nickname is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    zone = forms.CharField(
        label=_("Time zone"),
        max_length=64,
        initial="UTC",
        validators=[known_zone],
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-time-zone": ""}),
    )
    field_order = ("person", "username", "password", "zone")

    def clean_username(self) -> str:
        """Check that the name is free."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("This name is taken."))
        return name
