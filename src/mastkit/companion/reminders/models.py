"""What a person chose about reminders by e-mail, and what they were reminded of."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can be reminded of; the kinds of the agenda."""

    TEST = "test", _("Tests and visits that are due")
    SAMPLE = "sample", _("The baseline sample after a flare")
    INJECTOR = "injector", _("Injectors that expire")
    SUPPLY = "supply", _("Supplies to refill")
    APPOINTMENT = "appointment", _("Appointments")


class MailReminders(models.Model):
    """The reminders by e-mail of one account about one record that is its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    """Random, because it stands in the link that stops them."""
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_reminders")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="mail_reminders")
    address = models.EmailField(max_length=254)
    leads = models.JSONField(default=dict)
    """Of each kind that is wanted, how many days ahead."""
    names = models.BooleanField(default=False)
    """Whether an e-mail says what is due, and not only that something is."""
    language = models.CharField(max_length=10, default="en")
    origin = models.CharField(max_length=300)
    """The address of the companion when this was chosen, for links."""

    code_hmac = models.CharField(max_length=64, blank=True, default="")
    """Of the code that confirms the address; empty where none is open."""
    code_until = models.DateTimeField(null=True)
    code_failures = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    on_since = models.DateTimeField(null=True)
    """When they were turned on; none while they are off."""
    stopped_at = models.DateTimeField(null=True)
    """When they were stopped by the link of an e-mail."""

    taken_until = models.DateTimeField(null=True)
    """Until when one sender has them in hand, and no other may send."""
    checked_at = models.DateTimeField(null=True)
    """When something was last looked for that is to be sent."""
    failing_since = models.DateTimeField(null=True)
    failure = models.CharField(max_length=20, blank=True, default="")
    """Why it failed last; a code of `posting`."""
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "person"), name="one_choice_an_account_and_record"),)
        verbose_name_plural = "mail reminders"

    def __str__(self) -> str:
        """Return which they are, and nothing of whom."""
        return f"reminders {self.pk}"

    @property
    def on(self) -> bool:
        """Whether something is sent."""
        return self.on_since is not None and self.confirmed_at is not None


class SentReminder(models.Model):
    """One thing that an e-mail has reminded of: it is not reminded of again."""

    reminders = models.ForeignKey(MailReminders, on_delete=models.CASCADE, related_name="sent")
    key = models.CharField(max_length=200)
    occasion = models.CharField(max_length=60)
    """Which time of several: an appointment that is moved is reminded of anew."""
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reminders", "key", "occasion"), name="a_thing_is_reminded_of_once"),
        )

    def __str__(self) -> str:
        """Return which thing it was."""
        return f"{self.key} {self.occasion}"
