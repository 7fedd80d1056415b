"""The Django application of this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.people"
    label = "people"
