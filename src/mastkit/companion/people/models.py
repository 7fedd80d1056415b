"""A person whose record is kept here."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from mastkit.record.ids import new_id
from mastkit.record.time import zone_of


def known_zone(name: str) -> None:
    """Raise `ValidationError` where this is no IANA time zone."""
    try:
        zone_of(name)
    except ValueError as error:
        raise ValidationError(f"{error}") from None


class Person(models.Model):
    """One person, and so one record: the id is the id of the record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="people")
    created_at = models.DateTimeField(auto_now_add=True)
    facts_count = models.PositiveBigIntegerField(default=0, editable=False)
    """How many facts the store holds, and so the number of the last one: facts are numbered without a gap."""

    class Meta:
        ordering = ("created_at", "id")
        verbose_name_plural = "people"

    def __str__(self) -> str:
        """Return the name."""
        return self.name
