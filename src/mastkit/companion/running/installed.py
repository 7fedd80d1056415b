"""Whether the packages of the companion are there."""

from importlib.util import find_spec

NEEDED = ("django", "allauth", "sqlcipher3", "waitress", "whitenoise", "cryptography", "PIL")


def missing() -> str | None:
    """Return one sentence that says what is missing for the companion to run; None where nothing is."""
    absent = [name for name in NEEDED if find_spec(name) is None]
    if not absent:
        return None
    return f"The companion is not installed (missing: {', '.join(absent)}); run: pip install 'mastkit[companion]'"
