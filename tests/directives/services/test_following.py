"""The directive that a draft carries out, action by action: what may be chosen, what is refused, what is proposed."""

import pytest

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Directive, DirectiveState, RequiredAction
from directives.services.drafting import update_draft
from directives.services.errors import DomainError
from directives.services.following import parents_for, propose_links, replaceable_by
from tests.cast import ISSUED_AT, make_agency, make_cast, make_directive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day_of_issue():
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def received(cast):
    """The desk's directive that the health department received; its own staff drafts what carries it out."""
    cast.officer.memberships.create(agency=cast.health, role=Role.STAFF)
    return cast.issue()[0].directive


@pytest.fixture
def draft(cast, received):
    return make_directive(cast.health, actions=2)


def save(draft, actor, *, links=(), **fields):
    """Save the draft with a directive to follow and, by position, the actions that are carried out."""
    names = ("id", "title", "text", "kind", "evidence_rule", "due_at", "carries_out")
    rows = [{name: getattr(action, name) for name in names} for action in draft.actions.all()]
    for row, action in zip(rows, links, strict=False):
        row["carries_out"] = action
    return update_draft(draft, actor=actor, version=draft.version, fields=fields, actions=rows)


def test_what_the_issuer_received_or_issued_may_be_carried_out(cast, received, draft):
    own = make_directive(cast.health, state=DirectiveState.CLOSED, deadline=ISSUED_AT)
    make_directive(cast.town, state=DirectiveState.ISSUED, deadline=ISSUED_AT)
    make_directive(cast.health)
    assert set(parents_for(draft, actor=cast.officer)) == {received, own}


def test_what_the_superior_body_issued_may_be_carried_out_by_who_sees_it(cast, draft):
    above = make_directive(cast.province, state=DirectiveState.ISSUED, deadline=ISSUED_AT)
    assert above not in parents_for(draft, actor=cast.officer)
    cast.officer.memberships.create(agency=cast.province, role=Role.LEADER)
    fresh = type(cast.officer).objects.get(pk=cast.officer.pk)
    assert above in parents_for(draft, actor=fresh)


def test_parent_and_links_are_saved(cast, received, draft):
    first = received.actions.get(position=1)
    save(draft, cast.officer, parent=received, links=[first])
    assert draft.parent == received
    assert [action.carries_out for action in draft.actions.all()] == [first, None]


def test_a_link_needs_its_directive(cast, received, draft):
    first = received.actions.get(position=1)
    with pytest.raises(DomainError, match="văn bản được triển khai"):
        save(draft, cast.officer, parent=None, links=[first])
    with pytest.raises(DomainError):
        save(draft, cast.officer, parent=received, links=[draft.actions.first()])
    assert not RequiredAction.objects.filter(carries_out__isnull=False).exists()


def test_what_nobody_here_received_is_refused_and_nothing_saved(cast, draft):
    foreign = make_directive(make_agency("Sở khác"), state=DirectiveState.ISSUED, deadline=ISSUED_AT)
    for links in ({"parent": foreign}, {"supersedes": foreign}):
        with pytest.raises(DomainError):
            save(draft, cast.officer, **links, subject="khác")
    draft.refresh_from_db()
    assert (draft.parent, draft.supersedes, draft.version) == (None, None, 1)
    assert draft.subject != "khác"


def test_a_circle_is_refused(cast, received, draft):
    Directive.objects.filter(pk=received.pk).update(parent=draft)
    for parent in (draft, Directive.objects.get(pk=received.pk)):
        with pytest.raises(DomainError, match="chính công văn đó"):
            save(draft, cast.officer, parent=parent)


def test_only_what_the_desk_has_in_force_may_be_replaced(cast, received):
    newer = make_directive(cast.desk)
    assert list(replaceable_by(newer)) == [received]
    Directive.objects.filter(pk=received.pk).update(state=DirectiveState.CLOSED)
    assert not replaceable_by(newer).exists()
    Directive.objects.filter(pk=newer.pk).update(supersedes=received)
    newer.refresh_from_db()
    assert list(replaceable_by(newer)) == [received], "what was chosen stays to be seen; issuing says that it has ended"


def asked(*rows):
    return [RequiredAction(position=n, title="", kind=kind, text=text) for n, (kind, text) in enumerate(rows, 1)]


def test_nearly_the_same_words_are_proposed_whatever_the_kind():
    parent = asked(("general", "Rà soát lỗ hổng, điểm yếu trên các hệ thống"), ("systems", "Trực 24/7"))
    (found,) = propose_links([("portals", "Rà soát các lỗ hổng, điểm yếu trên hệ thống")], parent)
    assert (found.action, found.reason) == (parent[0], "nội dung gần giống nhau")


def test_the_only_one_of_a_kind_is_proposed():
    parent = asked(("portals", "Kiểm tra cổng"), ("general", "Việc khác"))
    (found,) = propose_links([("portals", "Gỡ bài đăng xấu")], parent)
    assert (found.action, found.reason) == (parent[0], "nội dung duy nhất cùng loại ở cả hai văn bản")


@pytest.mark.parametrize(
    "drafted",
    [
        [("portals", "Gỡ bài"), ("portals", "Trực")],
        [("general", "Việc của riêng cơ quan")],
        [("systems", "")],
    ],
)
def test_what_is_not_obvious_is_left_open(drafted):
    parent = asked(("portals", "Kiểm tra cổng"), ("general", "Một việc hoàn toàn khác"))
    assert propose_links(drafted, parent) == [None] * len(drafted)
