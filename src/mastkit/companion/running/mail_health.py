"""The way of reminders by e-mail, looked at by the doctor."""

from collections.abc import Iterator

from django.conf import settings

from mastkit.companion.reminders.models import MailReminders
from mastkit.companion.reminders.posting import NotSent, greet
from mastkit.companion.running.findings import Finding
from mastkit.record.validation import counted


def examine() -> Iterator[Finding]:
    """Yield whether the mail server lets this program in, and whether reminders wait."""
    on = MailReminders.objects.filter(on_since__isnull=False, confirmed_at__isnull=False)
    if settings.MAIL is None:
        if on.exists():
            yield Finding("Mail", "wrong", "Reminders by e-mail are turned on, but no mail server is named.")
        return
    try:
        greet(settings.MAIL)
    except NotSent as error:
        yield Finding("Mail", "wrong", _SENTENCES[error.failure].format(settings.MAIL))
    else:
        yield Finding("Mail", "well", "The mail server lets this program in.")
    if failing := on.filter(failing_since__isnull=False).count():
        yield Finding("Mail", "look", f"Reminders of {counted(failing, 'account')} wait to be sent.")


_SENTENCES = {
    "unreachable": "The mail server {0.host}, port {0.port}, does not answer.",
    "tls": "The mail server {0.host}, port {0.port}, gives no safe connection ({0.tls}).",
    "password": "The mail server {0.host} does not accept the user and password given.",
    "address": "The mail server {0.host} does not accept an address.",
    "refused": "The mail server {0.host} refuses this program.",
    "program": "The mail server {0.host} cannot be used with these settings.",
}
