"""One act invites every recipient that still has to report, and says truly to whom a message goes."""

import pytest

from alertdesk.lib import clock
from directives.models import Notice
from directives.services.inviting import invite_recipients
from directives.services.releasing import remove_recipient
from tests.cast import ISSUED_AT, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


def invitations():
    return Notice.objects.filter(kind=Notice.Kind.INVITATION)


def test_a_second_click_on_the_same_day_claims_no_message():
    cast = make_cast()
    directive = cast.issue()[0].directive
    invited, _without = invite_recipients(directive, actor=cast.staff)
    assert len(invited) == invitations().count() > 0
    assert invite_recipients(directive, actor=cast.staff)[0] == []
    assert invitations().count() == len(invited)


def test_an_agency_that_need_not_report_any_more_is_not_invited():
    cast = make_cast()
    health, _town = cast.issue()
    remove_recipient(health, actor=cast.staff)
    invited, without_mailbox = invite_recipients(health.directive, actor=cast.staff)
    assert health not in (*invited, *without_mailbox)
    assert not invitations().filter(assignment=health).exists()
