"""Grants and links: each holds the names of the sections that it opens, so that nothing new ever widens it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mastkit.companion.people.sections import Section
from mastkit.record.ids import new_id
from mastkit.record.time import zone_of


class Role(models.TextChoices):
    """What somebody is to the person."""

    HELPER = "helper", _("Helper")
    CLINICIAN = "clinician", _("Clinician")
    PARENT = "parent", _("Second parent or guardian")


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by how they stand."""

    def in_force(self, now: datetime | None = None) -> "GrantQuerySet":
        """Return the grants that open something now: accepted, not ended, and not past their date."""
        now = now or timezone.now()
        return self.filter(
            Q(until=None) | Q(until__gt=now), accepted_at__isnull=False, ended_at=None, grantee__isnull=False
        )


class Grant(models.Model):
    """What the owner of a record lets one other person see and add to. Nothing is open before it is accepted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    name = models.CharField(max_length=200)
    """Whom the owner meant, in the owner's words."""
    see = models.JSONField(default=list)
    """The names of the sections that may be seen, each written out."""
    log = models.JSONField(default=list)
    """The names of those of them that may be added to."""
    until = models.DateTimeField(null=True)
    """When it ends by itself; none for a second parent."""
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    """Of the invitation's link; the link itself is not stored."""
    open_until = models.DateTimeField()
    """Until when the invitation can be accepted."""
    grantee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="grants"
    )
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    """When the record was last opened with it."""
    looked_before = models.DateTimeField(null=True)
    """When it was last opened before the visit that is going on or was the last."""

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "id")
        indexes = (models.Index(fields=("person", "grantee")),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "grantee"),
                condition=Q(ended_at=None, grantee__isnull=False),
                name="one_grant_a_person_and_account",
            ),
        )

    def __str__(self) -> str:
        """Return who it is for, and no more."""
        return f"{self.role} {self.id}"

    @property
    def sees(self) -> frozenset[Section]:
        """The sections that may be seen."""
        return sections_named(self.see)

    @property
    def logs(self) -> frozenset[Section]:
        """The sections that may be added to; what cannot be seen cannot be added to."""
        return sections_named(self.log) & self.sees

    @property
    def last_day(self) -> date | None:
        """The last day on which it opens anything, where the person lives."""
        return _last_day(self.until, self.person) if self.until is not None else None

    @property
    def state(self) -> str:
        """Whether it is ``waiting``, ``active``, ``ended``, or ``over`` because its time is."""
        now = timezone.now()
        if self.ended_at is not None:
            return "ended"
        if self.until is not None and self.until <= now:
            return "over"
        if self.accepted_at is not None:
            return "active"
        return "waiting" if self.open_until > now else "over"


class ShareLink(models.Model):
    """A link to the summary for somebody without an account. It opens with a code that works once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=200)
    """For whom it was made, in the owner's words."""
    see = models.JSONField(default=list)
    until = models.DateTimeField()
    made_at = models.DateTimeField(auto_now_add=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    code_hmac = models.CharField(max_length=64, blank=True, default="")
    """Of the code that opens it; empty once the code was used."""
    failures = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "id")

    def __str__(self) -> str:
        """Return which link it is, and no more."""
        return f"link {self.id}"

    @property
    def sees(self) -> frozenset[Section]:
        """The sections from which the summary is made."""
        return sections_named(self.see)

    @property
    def last_day(self) -> date:
        """The last day on which it opens anything, where the person lives."""
        return _last_day(self.until, self.person)

    @property
    def works(self) -> bool:
        """Whether it opens anything now."""
        return self.ended_at is None and self.until > timezone.now()


def _last_day(until: datetime, person: Any) -> date:
    # It ends with the beginning of the next day.
    return (until - timedelta(seconds=1)).astimezone(zone_of(person.zone)).date()


def sections_named(names: Iterable[str]) -> frozenset[Section]:
    """Return the sections of these names; a name that this version does not know opens nothing."""
    known = set(Section.values)
    return frozenset(Section(name) for name in names if name in known)
