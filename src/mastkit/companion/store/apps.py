"""The Django application of this package."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.store"
    label = "store"
