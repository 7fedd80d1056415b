"""The commands ``mastkit backup``, ``verify`` and ``restore``."""

import getpass
import sys
from pathlib import Path

from mastkit.backup.items import items_of
from mastkit.backup.keys import Key, Lock, read_identities
from mastkit.backup.manifest import Manifest, StoredFile
from mastkit.backup.read import read_manifest, restore, verify
from mastkit.backup.write import write_backup
from mastkit.record.problems import CannotRead


def run_backup(paths: list[Path], output: Path, recipients: list[str], passphrase_file: Path | None) -> int:
    """Write a backup; return 0, or 2 after one sentence of what is wrong."""
    try:
        items = items_of(paths)
        manifest = write_backup(items, output, lock_of(recipients, passphrase_file))
    except CannotRead as error:
        return _sorry(error)
    _say(f"{output}: {_size(manifest)}, opens with {' or '.join(manifest.opens_with)}.")
    _say("Try it now and keep the key apart from the backup: mastkit verify " + str(output))
    return 0


def run_verify(file: Path, identity: Path | None, passphrase_file: Path | None, outside: bool) -> int:
    """Check a backup; return 0, or 2 after one sentence of what is wrong."""
    try:
        manifest = read_manifest(file)
        key = None if outside else _key(manifest, identity, passphrase_file)
        found = verify(file, key)
    except CannotRead as error:
        return _sorry(error)
    when = f"{manifest.created:%Y-%m-%d %H:%M} UTC"
    _say(f"{file}: made {when} with {manifest.program}; {_size(manifest)}.")
    if found.files is None:
        _say("The encrypted content is as it was written. Its files were not opened.")
        return 0
    for one in found.files:
        _say(f"  {one.name}  {one.bytes} bytes  {one.role}")
    _say("Every file has the checksum that it had when the backup was made.")
    return 0


def run_restore(
    file: Path, into: Path, identity: Path | None, passphrase_file: Path | None, with_grants: bool
) -> int:
    """Bring a backup back; return 0, or 2 after one sentence of what is wrong."""
    try:
        key = key_of(file, identity, passphrase_file)
        done = restore(file, key, into, with_grants=with_grants)
    except CannotRead as error:
        return _sorry(error)
    _say(f"{into}: {_files(done.written)} brought back, every one checked.")
    if done.grants_left_out:
        _say(
            f"Left out: {', '.join(one.name for one in done.grants_left_out)}. It says who may see the record; "
            "nobody gets access again without --with-grants."
        )
    return 0


def locked(recipients: list[str], passphrase_file: Path | None) -> Lock:
    """Return what a new backup is closed with, or end with status 2 after one sentence."""
    try:
        return lock_of(recipients, passphrase_file)
    except CannotRead as error:
        raise SystemExit(_sorry(error)) from None


def opened(file: Path, identity: Path | None, passphrase_file: Path | None) -> Key:
    """Return what opens a backup, or end with status 2 after one sentence."""
    try:
        return key_of(file, identity, passphrase_file)
    except CannotRead as error:
        raise SystemExit(_sorry(error)) from None


def lock_of(recipients: list[str], passphrase_file: Path | None) -> Lock:
    """Return what a new backup is closed with; a passphrase is asked for where nothing is named."""
    passphrase = _read_passphrase(passphrase_file)
    if passphrase is None and not recipients:
        passphrase = _new_passphrase()
    return Lock(passphrase, tuple(recipients))


def key_of(file: Path, identity: Path | None, passphrase_file: Path | None) -> Key:
    """Return what opens a backup; its passphrase is asked for where nothing is named."""
    return _key(read_manifest(file), identity, passphrase_file)


def _key(manifest: Manifest, identity: Path | None, passphrase_file: Path | None) -> Key:
    if identity is not None:
        return Key(identities=read_identities(identity))
    passphrase = _read_passphrase(passphrase_file)
    if passphrase is None:
        if "passphrase" not in manifest.opens_with:
            raise CannotRead("--identity: found nothing, expected the file with the secret key of a recipient.")
        passphrase = _ask("Passphrase: ")
    return Key(passphrase)


def _read_passphrase(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CannotRead(f"{path}: cannot be read, expected a text file with the passphrase.") from None
    if not lines or not lines[0]:
        raise CannotRead(f"{path}: found nothing, expected the passphrase in the first line.")
    return lines[0]


def _new_passphrase() -> str:
    first = _ask("New passphrase: ")
    if _ask("The same again: ") != first:
        raise CannotRead("backup: the two passphrases differ, expected the same twice.")
    return first


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise CannotRead("backup: there is no terminal to ask for the passphrase, expected --passphrase-file.")
    return getpass.getpass(prompt)


def _size(manifest: Manifest) -> str:
    return f"{manifest.items} file{'' if manifest.items == 1 else 's'}, {manifest.bytes} bytes"


def _files(files: tuple[StoredFile, ...]) -> str:
    return f"{len(files)} file{'' if len(files) == 1 else 's'}"


def _sorry(error: CannotRead) -> int:
    print(error, file=sys.stderr)  # noqa: T201 - the terminal is where it was asked
    return 2


def _say(text: str) -> None:
    print(text)  # noqa: T201
