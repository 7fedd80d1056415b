"""Files between preview and yes: kept in the encrypted store, for a day at most."""

from datetime import timedelta

from django.utils import timezone

from mastkit.companion.exchange.models import WaitingFile
from mastkit.companion.people.access import OpenRecord

KEPT_FOR = timedelta(days=1)


def put_aside(opened: OpenRecord, content: bytes, file: str) -> WaitingFile:
    """Keep a file until its owner has seen the preview; one that waited before is gone."""
    WaitingFile.objects.filter(actor=opened.actor).delete()
    WaitingFile.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
    return WaitingFile.objects.create(person=opened.person, actor=opened.actor, name=file[:200], content=content)


def waiting(opened: OpenRecord) -> WaitingFile | None:
    """Return the file that this user put aside for this record, if it still waits."""
    return WaitingFile.objects.filter(
        person=opened.person, actor=opened.actor, made_at__gte=timezone.now() - KEPT_FOR
    ).first()


def done(opened: OpenRecord) -> None:
    """Forget the file that waits."""
    WaitingFile.objects.filter(person=opened.person, actor=opened.actor).delete()
