"""The operating system's keyring, where the `keyring` package is installed and finds one."""

from importlib import import_module
from pathlib import Path
from typing import Any

from mastkit.companion.keys.ring import NoKey

SERVICE = "mastkit"


def keep(home: Path, secret: str) -> None:
    """Put the secret of a store into the keyring. Raises `NoKey`."""
    try:
        _keyring().set_password(SERVICE, str(home.resolve()), secret)
    except Exception as error:
        # Each system's keyring raises errors of its own; none says more to the owner than this.
        raise _not_usable() from error


def find(home: Path) -> str:
    """Return the secret of a store from the keyring. Raises `NoKey`."""
    try:
        secret = _keyring().get_password(SERVICE, str(home.resolve()))
    except Exception as error:
        raise _not_usable() from error
    if not secret:
        raise NoKey("The system's keyring holds no secret for this store.")
    return str(secret)


def _keyring() -> Any:
    return import_module("keyring")


def _not_usable() -> NoKey:
    return NoKey("There is no usable keyring on this system; use a passphrase, or a key file on another disk.")
