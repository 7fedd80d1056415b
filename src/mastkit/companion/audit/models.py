"""The access log: who did what."""

from django.conf import settings
from django.db import models


class Act(models.Model):
    """One thing that somebody did. The action is a stable code; its words are found when it is shown."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    actor_name = models.CharField(max_length=200)
    """The name at that time: an account may be gone when the log is read."""
    person = models.ForeignKey("people.Person", null=True, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    """Counts and kinds, never what a fact says."""

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "acts"
        indexes = (models.Index(fields=("person", "-at")),)

    def __str__(self) -> str:
        """Return who did what."""
        return f"{self.actor_name}: {self.action}"
