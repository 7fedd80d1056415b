"""Opening the store: keys made at the first start, and afterwards what the owner knows or keeps elsewhere."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from mastkit.companion.configuration.database import STORE
from mastkit.companion.keys import recovery, system_keyring, unlocked
from mastkit.companion.keys.ring import FILE, KeyRing, NoKey

SHORTEST_PASSPHRASE = 10


@dataclass(frozen=True)
class Terminal:
    """The person at the terminal, if there is one."""

    present: bool
    say: Callable[[str], None]
    ask: Callable[[str], str]
    """Asks for something that is not shown while it is typed."""


@dataclass(frozen=True)
class Means:
    """How the owner wants to open the store; with none of these, by a passphrase that is asked for."""

    passphrase_file: Path | None = None
    key_file: Path | None = None
    key_beside_data: bool = False
    """The owner wants the key file in the folder of the store: who has the folder can read the record."""
    keyring: bool = False
    recovery_sheet: Path | None = None
    """Where to write the recovery sheet instead of showing it."""


def open_store(home: Path, means: Means, terminal: Terminal, *, recover: bool = False) -> bool:
    """Open the store of a home folder for this process; make folder and keys where there are none.

    Returns whether they were made now. Raises `NoKey`.
    """
    make_folder(home)
    if (home / FILE).exists():
        unlocked.give(home, _recovered(home, terminal) if recover else _opened(home, means, terminal))
        return False
    if (home / STORE).exists():
        raise NoKey(f"{home / STORE} is there, but {FILE} with its locked key is not; restore it from a backup.")
    if recover:
        raise NoKey(f"There is no store in {home} to recover.")
    unlocked.give(home, _made(home, means, terminal))
    return True


def make_folder(home: Path) -> None:
    """Make the folder, which nobody else may look into. Raises `NoKey`."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.name == "posix" and stat.S_IMODE(home.stat().st_mode) & 0o077:
            home.chmod(0o700)
    except OSError as error:
        raise NoKey(f"The folder {home} cannot be made or used ({error.strerror}).") from None


def _made(home: Path, means: Means, terminal: Terminal) -> bytes:
    if not terminal.present and means.recovery_sheet is None:
        raise NoKey(
            "A new store has a recovery sheet, shown once; start in a terminal, or give --recovery-sheet FILE."
        )
    ring, key = KeyRing.make()
    if means.key_file is not None or means.key_beside_data:
        ring = ring.with_lock(key, "file", _new_key_file(home, means))
    elif means.keyring:
        secret = token_urlsafe(32)
        system_keyring.keep(home, secret)
        ring = ring.with_lock(key, "keyring", secret)
    else:
        ring = ring.with_lock(key, "passphrase", _new_passphrase(means, terminal))
    phrase = recovery.new_phrase()
    ring = ring.with_lock(key, "recovery", phrase)
    _show(recovery.sheet(phrase, str(home)), means, terminal)
    ring.write(home)
    return key


def _opened(home: Path, means: Means, terminal: Terminal) -> bytes:
    ring = KeyRing.read(home)
    if means.key_file is not None:
        return ring.open("file", unlocked.key_file_secret(means.key_file))
    if means.passphrase_file is not None:
        return ring.open("passphrase", unlocked.key_file_secret(means.passphrase_file))
    kinds = ring.kinds()
    if "file" in kinds and _beside(home).exists():
        return ring.open("file", unlocked.key_file_secret(_beside(home)))
    if "keyring" in kinds:
        return ring.open("keyring", system_keyring.find(home))
    if "passphrase" in kinds and terminal.present:
        return ring.open("passphrase", terminal.ask("Passphrase of the store"))
    try:
        return unlocked.key_of(home)
    except NoKey as error:
        raise NoKey(f"{error} Give --passphrase-file or --key-file, or start in a terminal.") from None


def _recovered(home: Path, terminal: Terminal) -> bytes:
    """Open the store by its recovery phrase and lock it with a new passphrase."""
    if not terminal.present:
        raise NoKey("The recovery phrase is typed in a terminal; start there.")
    ring = KeyRing.read(home)
    key = ring.open("recovery", recovery.tidy_phrase(terminal.ask("The twelve words of the recovery sheet")))
    ring.with_lock(key, "passphrase", _new_passphrase(Means(), terminal)).write(home)
    return key


def _new_passphrase(means: Means, terminal: Terminal) -> str:
    if means.passphrase_file is not None:
        passphrase = unlocked.key_file_secret(means.passphrase_file)
    elif terminal.present:
        passphrase = terminal.ask("Choose a passphrase for the store; four or five unrelated words are good")
        if terminal.ask("Once more") != passphrase:
            raise NoKey("The two are not the same; nothing was made.")
    else:
        raise NoKey("The store needs something that opens it; start in a terminal, or give --passphrase-file.")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise NoKey(f"The passphrase is too short; expected {SHORTEST_PASSPHRASE} characters or more.")
    return passphrase


def _new_key_file(home: Path, means: Means) -> str:
    file = (means.key_file or _beside(home)).expanduser()
    inside = file.resolve().is_relative_to(home.resolve())
    if inside and not means.key_beside_data:
        raise NoKey(
            f"{file} lies beside the data, where whoever takes the folder has both; "
            "choose another place, or say --key-beside-data if that is what you want."
        )
    if file.exists():
        return unlocked.key_file_secret(file)
    secret = token_urlsafe(32)
    _write_private(file, secret + "\n")
    return secret


def _show(sheet: str, means: Means, terminal: Terminal) -> None:
    if means.recovery_sheet is None:
        terminal.say(f"\n{sheet}\n")
    else:
        _write_private(means.recovery_sheet.expanduser(), sheet + "\n")
        terminal.say(f"The recovery sheet is in {means.recovery_sheet}; print it, and delete the file.")


def _write_private(file: Path, content: str) -> None:
    """Write a file that was not there before and that its owner alone can read. Raises `NoKey`."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise NoKey(f"{file} cannot be written ({error.strerror}).") from None


def _beside(home: Path) -> Path:
    return home / "key"
