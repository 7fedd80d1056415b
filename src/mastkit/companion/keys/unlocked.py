"""The key of the store while the program runs: in memory only, given by the command that opened it."""

import hashlib
import hmac
import threading
from pathlib import Path

from mastkit.companion.configuration import environment
from mastkit.companion.keys.locks import Kind
from mastkit.companion.keys.ring import KeyRing, NoKey

_lock = threading.Lock()
_keys: dict[Path, bytes] = {}


def give(home: Path, key: bytes) -> None:
    """Keep the key of a home folder for as long as the program runs."""
    _keys[home.resolve()] = key


def forget(home: Path) -> None:
    """Forget the key of a home folder."""
    _keys.pop(home.resolve(), None)


def key_of(home: Path) -> bytes:
    """Return the key of a home folder: the one given, or the one that the environment opens. Raises `NoKey`.

    For a program without a person before it, ``MASTKIT_PASSPHRASE_FILE`` or ``MASTKIT_KEY_FILE`` names what
    opens the store.
    """
    place = home.resolve()
    with _lock:
        if place not in _keys:
            kind, secret = _from_environment()
            _keys[place] = KeyRing.read(place).open(kind, secret)
        return _keys[place]


def secret_key(home: Path) -> str:
    """Return Django's secret, made from the store's key; empty where the store is not open.

    So there is no second secret on the disk. Nothing that a signature protects outlives the store.
    """
    try:
        key = key_of(home)
    except NoKey:
        return ""
    return hmac.new(key, b"mastkit: signatures", hashlib.sha256).hexdigest()


def key_file_secret(file: Path) -> str:
    """Return the secret that a key file holds. Raises `NoKey`."""
    try:
        secret = file.expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoKey(
            f"The key file {file} cannot be read ({getattr(error, 'strerror', None) or 'no text'})."
        ) from None
    if not secret:
        raise NoKey(f"The key file {file} is empty.")
    return secret


def _from_environment() -> tuple[Kind, str]:
    if passphrase := environment.secret("MASTKIT_PASSPHRASE"):
        return "passphrase", passphrase
    if file := environment.text("MASTKIT_KEY_FILE"):
        return "file", key_file_secret(Path(file))
    raise NoKey("The store is locked: nothing was given that opens it.")
