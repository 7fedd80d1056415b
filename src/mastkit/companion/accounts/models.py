"""What an account has beside its name: how the pages look, and the links that let somebody in once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mastkit.companion.people.models import known_zone


class Theme(models.TextChoices):
    """Light or dark."""

    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Preferences(models.Model):
    """How the pages look and speak for one account."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences", primary_key=True
    )
    language = models.CharField(max_length=10, blank=True, default="")
    """A language of the settings; empty is that of the browser."""
    zone = models.CharField(max_length=64, blank=True, default="", validators=[known_zone])
    """The zone in which times are shown and entered; empty is that of the record."""
    theme = models.CharField(max_length=10, choices=Theme.choices, default=Theme.SYSTEM)
    low_energy = models.BooleanField(default=False)
    units = models.JSONField(default=dict, blank=True)
    """Of a kind of measurement the unit to show it in, such as ``{"tryptase": "ug/L"}``."""
    sampling_protocol = models.CharField(max_length=40, blank=True, default="")
    """By which authority's times blood is drawn in a flare; empty is the default of the data."""

    class Meta:
        verbose_name_plural = "preferences"

    def __str__(self) -> str:
        """Return whose they are."""
        return f"preferences of {self.user_id}"


class OneTimeLink(models.Model):
    """A link that lets somebody in once. The link itself is not stored, only its hash."""

    class Purpose(models.TextChoices):
        """What the link is for."""

        SET_UP = "set-up", _("Make the owner's account")
        SIGN_IN = "sign-in", _("Sign in and choose a new password")
        DEMO = "demo", _("Open the demonstration")

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    token_sha256 = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return what it is for."""
        return self.purpose
