"""Where the companion keeps its things: one folder."""

from pathlib import Path

from platformdirs import user_data_path

from mastkit.companion.configuration import environment


def home() -> Path:
    """Return the folder of the store and its locked keys: ``MASTKIT_HOME``, or the usual place for data."""
    return environment.path("MASTKIT_HOME", user_data_path("mastkit", appauthor=False))
