"""What the page tests start from: the cast on the morning of issue, with one directive put to both agencies."""

import pytest

from alertdesk.lib import clock
from tests.cast import ISSUED_AT, make_cast


@pytest.fixture
def cast(db):
    """The fixed cast, while the domain's clock stands at the moment of issue."""
    with clock.frozen(ISSUED_AT):
        yield make_cast()


@pytest.fixture
def assignments(cast):
    """The health department's assignment and the town's, whose head approves."""
    return cast.issue()


@pytest.fixture
def as_user(client):
    """Sign a person in and return the client."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in
