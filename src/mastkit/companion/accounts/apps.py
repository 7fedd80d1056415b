"""The Django application of this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.accounts"
    label = "accounts"
