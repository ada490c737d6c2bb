"""Papers are printed for the fixed cast."""

import pytest

from tests.cast import make_cast


@pytest.fixture
def cast(db):
    """The province, its desk and two agencies."""
    return make_cast()
