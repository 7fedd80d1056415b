"""The Django application of this package."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.sharing"
    label = "sharing"
