"""Django set up in this process for one home folder and one address."""

import os
from pathlib import Path

import django
from django.core.management import call_command


def set_up(home: Path, origin: str | None = None) -> None:
    """Set Django up; call it once a process, after the store's key was given."""
    os.environ["MASTKIT_HOME"] = str(home)
    if origin is not None:
        os.environ["MASTKIT_ORIGIN"] = origin
    os.environ["DJANGO_SETTINGS_MODULE"] = "mastkit.companion.settings"
    django.setup()


def prepare() -> None:
    """Bring the database to this version, and lay out the files that browsers fetch."""
    from django.conf import settings

    call_command("migrate", interactive=False, verbosity=0)
    if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
