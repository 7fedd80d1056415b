"""Settings from the environment, each read with its type; a value that does not fit is one clear sentence.

A secret can stand in a file: where ``MASTKIT_X`` is a secret, ``MASTKIT_X_FILE`` may name the file that holds it.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return a setting as it stands, without spaces around it."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no setting. Raises `ImproperlyConfigured`."""
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f'{name}: found "{value}", expected yes or no.')
    return default


def whole(name: str, default: int) -> int:
    """Return a setting that is a whole number of 0 or more. Raises `ImproperlyConfigured`."""
    value = text(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f'{name}: found "{value}", expected a whole number.')
    return int(value)


def path(name: str, default: Path) -> Path:
    """Return a setting that is a path; ``~`` is the home folder."""
    value = text(name)
    return Path(value).expanduser() if value else default


def secret(name: str) -> str:
    """Return a secret from the setting, or from the file that ``NAME_FILE`` names; empty where neither is set.

    Raises `ImproperlyConfigured` where the file cannot be read.
    """
    if value := text(name):
        return value
    if not (file := text(f"{name}_FILE")):
        return ""
    try:
        return Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(f"{name}_FILE: {file} cannot be read ({reason}).") from None
