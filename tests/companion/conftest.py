"""The companion under test: an encrypted store in a temporary folder, or PostgreSQL where its URL is given."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "mastkit.companion.settings"
os.environ["MASTKIT_HOME"] = tempfile.mkdtemp(prefix="mastkit-tests-")
os.environ.pop("MASTKIT_ORIGIN", None)
atexit.register(shutil.rmtree, os.environ["MASTKIT_HOME"], ignore_errors=True)

from mastkit.companion.keys import unlocked  # noqa: E402 - the settings read the environment

unlocked.give(Path(os.environ["MASTKIT_HOME"]), bytes(range(32)))

import django  # noqa: E402
from django.conf import settings  # noqa: E402

if settings.DATABASES["default"]["ENGINE"] == "mastkit.companion.sqlcipher":
    test = settings.DATABASES["default"].setdefault("TEST", {})
    test["NAME"] = str(Path(os.environ["MASTKIT_HOME"]) / "test.db")
settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# The hash of passwords is meant to be slow; nothing here is about its strength.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
django.setup()
# A worker of pytest-xdist would inherit it and load the settings of this process before it comes here.
del os.environ["DJANGO_SETTINGS_MODULE"]

import pytest  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.test import Client  # noqa: E402

from mastkit.companion.people.models import Person  # noqa: E402
from mastkit.companion.store import reading  # noqa: E402

PASSWORD = "four plain words here"


@pytest.fixture(autouse=True)
def _nothing_kept_between_tests():
    yield
    cache.clear()
    reading._kept.clear()


def account(name: str) -> User:
    return User.objects.create_user(name, password=PASSWORD)


@pytest.fixture
def ada(db) -> User:
    """Ada has the disease and owns her record."""
    return account("ada")


@pytest.fixture
def ben(db) -> User:
    """Ben helps Ada."""
    return account("ben")


@pytest.fixture
def cole(db) -> User:
    """Dr Cole treats Ada."""
    return account("cole")


@pytest.fixture
def dana(db) -> User:
    """Dana is a stranger."""
    return account("dana")


@pytest.fixture
def record(ada: User) -> Person:
    """The person whose record Ada owns: herself."""
    return Person.objects.create(owner=ada, name="Ada", zone="Europe/Berlin")


@pytest.fixture
def as_ada(ada: User) -> Client:
    return signed_in(ada)


@pytest.fixture
def as_dana(dana: User) -> Client:
    return signed_in(dana)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
