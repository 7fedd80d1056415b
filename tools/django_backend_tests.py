"""Run Django's own tests against the SQLCipher backend.

Fetches the source distribution of the Django that is installed (it holds the tests), writes a settings module that
puts both test databases into encrypted files, and runs `tests/runtests.py` with it::

    uv run python tools/django_backend_tests.py                 # the labels below
    uv run python tools/django_backend_tests.py backends queries

Needs uv (or pip) and the package index. Ends with the status of Django's runner; what it skips it skips by its own
rules for SQLite. Not among the labels: dbshell, which asks for the program sqlite3 and that has no key; gis, which
needs SpatiaLite; and whatever does not touch the database backend.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import django

LABELS = (
    "aggregation",
    "backends",
    "basic",
    "bulk_create",
    "constraints",
    "datetimes",
    "db_functions",
    "delete",
    "expressions",
    "get_or_create",
    "indexes",
    "introspection",
    "lookup",
    "many_to_many",
    "migrations",
    "model_fields",
    "queries",
    "schema",
    "select_for_update",
    "timezones",
    "transaction_hooks",
    "transactions",
    "update",
)

SETTINGS = """
import atexit
import shutil
import tempfile
from pathlib import Path
from mastkit.companion.keys import unlocked

HOME = Path(tempfile.mkdtemp(prefix="mastkit-django-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
unlocked.give(HOME, bytes(range(32)))

def encrypted(name):
    return {
        "ENGINE": "mastkit.companion.sqlcipher",
        "NAME": str(HOME / f"{name}.db"),
        "OPTIONS": {"key_home": str(HOME)},
        "TEST": {"NAME": str(HOME / f"test_{name}.db")},
    }

DATABASES = {"default": encrypted("default"), "other": encrypted("other")}
SECRET_KEY = "for Django's own tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = False
"""


def main(labels: list[str]) -> int:
    """Run the tests and return the status of the runner."""
    folder = Path(tempfile.mkdtemp(prefix="django-tests-"))
    try:
        source = fetch(folder)
        (source / "tests" / "test_sqlcipher.py").write_text(SETTINGS, encoding="utf-8")
        command = [sys.executable, "runtests.py", "--settings=test_sqlcipher", "--parallel=1", "--noinput"]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path[1:])}
        return subprocess.run(
            [*command, *(labels or LABELS)], cwd=source / "tests", env=environment, check=False
        ).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fetch(folder: Path) -> Path:
    """Fetch and unpack the source of the installed Django; return its folder."""
    version = django.get_version()
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = ["uv", "tool", "run", "pip"]
    command = [*pip, "download", "-q", "--no-deps", "--no-binary=django", "-d", str(folder), f"django=={version}"]
    subprocess.run(command, check=True)
    archive = next(folder.glob("*.tar.gz"))
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
