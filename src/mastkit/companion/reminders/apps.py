"""The Django application of this package."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.reminders"
    label = "reminders"
