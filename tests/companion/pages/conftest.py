import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english():
    """A request may have left another language behind."""
    with translation.override("en"):
        yield
