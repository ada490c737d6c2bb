"""Papers are printed for the fixed cast, with the demo's mark off unless a test asks for it."""

import pytest

from tests.cast import make_cast


@pytest.fixture(autouse=True)
def no_demo(settings):
    """Print papers without the demo's mark."""
    settings.DEMO = False


@pytest.fixture
def cast(db):
    """The province, its desk and two agencies."""
    return make_cast()
