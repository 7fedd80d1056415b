"""What the database holds of a record: each fact as it was sent, numbered in the order in which it came."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from mastkit.companion.people.models import Person


class OnlyAdded(TypeError):  # noqa: N818 - the message says what is not done
    """Facts are only added: none is changed, and none is taken away alone."""

    def __init__(self) -> None:
        super().__init__("Facts are only added. A correction is a new fact that replaces this one.")


class OnlyAddedQuerySet(models.QuerySet[Any]):
    """Queries that cannot change what is there."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise OnlyAdded

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise OnlyAdded

    def delete(self) -> NoReturn:
        """Refuse; a record is erased as a whole, with its person."""
        raise OnlyAdded


OnlyAddedManager = models.Manager.from_queryset(OnlyAddedQuerySet)


class OnlyAddedModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row; refuse to change one."""
        if not self._state.adding:
            raise OnlyAdded
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise OnlyAdded


class StoredFact(OnlyAddedModel):
    """A fact of a person's record."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()
    """1, 2, 3 and so on for each person, without a gap, in the order of arrival."""
    fact_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField(null=True)
    """When it was, where the fact has a time."""
    recorded_at = models.DateTimeField()
    """When it was written down, as the device that it was entered on says."""
    received_at = models.DateTimeField()
    """When it came here, by the clock of this machine."""
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = models.TextField()
    """The fact in JSON, written in one way only, so that equal facts are equal texts."""

    objects: Any = ScopedManager(_manager_class=OnlyAddedManager, person="person")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("person", "fact_id"), name="a_fact_is_added_once"),
            models.UniqueConstraint(fields=("person", "number"), name="one_fact_a_number"),
        )
        indexes = (models.Index(fields=("person", "kind", "at")),)

    def __str__(self) -> str:
        """Return which fact it is, and nothing of what it says."""
        return f"{self.kind} {self.fact_id}"


class Picture(OnlyAddedModel):
    """The picture of a photo fact, re-encoded and without what the camera wrote into it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40)
    content = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: Any = ScopedManager(_manager_class=OnlyAddedManager, person="person")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "sha256"), name="a_picture_is_kept_once"),)

    def __str__(self) -> str:
        """Return which picture it is."""
        return self.sha256
