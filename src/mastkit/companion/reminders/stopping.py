"""The link that stops the e-mails: signed, without an end, and the same to look at whosever it is."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from mastkit.companion.audit.log import note
from mastkit.companion.reminders.models import MailReminders

_signer = Signer(salt="mastkit: stop reminders")


def stop_path(reminders: MailReminders) -> str:
    """Return the path of the link."""
    return reverse("stop_reminders", args=[_signer.sign(reminders.pk.hex)])


def stop_by_link(token: str) -> None:
    """Stop what the link was made for, where there is such a thing and it is not stopped yet."""
    try:
        found = MailReminders.objects.filter(pk=_signer.unsign(token)).select_related("person").first()
    except (BadSignature, ValueError):
        return
    if found is None:
        return
    now = timezone.now()
    if MailReminders.objects.filter(pk=found.pk, on_since__isnull=False).update(on_since=None, stopped_at=now):
        note(None, found.person, "reminders-stopped-by-link")
