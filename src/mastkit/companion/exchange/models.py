"""A file between preview and yes."""

from django.conf import settings
from django.db import models

from mastkit.companion.people.models import Person


class WaitingFile(models.Model):
    """What somebody wants to bring in, until they have seen the preview."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        """Return that there is one, and nothing of it."""
        return "a file that waits"
