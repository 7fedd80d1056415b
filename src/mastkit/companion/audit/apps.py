"""The Django application of this package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Its name and label."""

    name = "mastkit.companion.audit"
    label = "audit"
