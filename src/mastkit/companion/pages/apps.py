"""The Django application of this package."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.pages"
    label = "pages"
