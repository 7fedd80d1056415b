"""The Django application of this package."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.exchange"
    label = "exchange"
