"""The two changes of 2025 in Bình Định, with a directive open across both.

1/3/2025: 20 provincial agencies become 14 (names as published). 1/7/2025: the province merges with Gia Lai,
districts end, communes begin; names of Gia Lai's side and of communes are made up where no source has them.
"""

from datetime import date

import pytest

from agencies.models import Agency, Role, Succession
from agencies.services.succession import Act, NewAgency
from alertdesk.lib import clock
from directives.models import Assignment, State
from directives.permissions import can_answer, is_staff_of
from directives.services.issuing import issue_directive
from directives.services.recipients import match_recipients
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from directives.services.succeeding import plan_succession, succeed
from tests.cast import answer_everything, make_agency, make_directive, make_directory, make_user

pytestmark = pytest.mark.django_db
MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)
DEPARTMENTS = (Agency.Kind.DEPARTMENT, Agency.Kind.OFFICE)
LINES = ["Văn phòng UBND tỉnh", "Các Sở, ban, ngành", "UBND các huyện, thị xã, thành phố"]
MERGERS = {
    "Sở Nội vụ": ["Sở Nội vụ", "Sở Lao động - Thương binh và Xã hội"],
    "Sở Tài chính": ["Sở Tài chính", "Sở Kế hoạch và Đầu tư"],
    "Sở Nông nghiệp và Môi trường": ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"],
    "Sở Xây dựng": ["Sở Xây dựng", "Sở Giao thông vận tải"],
    "Sở Văn hóa, Thể thao và Du lịch": ["Sở Văn hóa và Thể thao", "Sở Du lịch"],
    "Sở Khoa học và Công nghệ": ["Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông"],
    "Sở Dân tộc và Tôn giáo": ["Ban Dân tộc"],
}


def named(name, day):
    """Return the agency of Bình Định's directory that bears a name on a day."""
    return next(a for a in Agency.objects.in_force_on(day).order_by("pk") if a.name_on(day).name == name)


def act(what, on, predecessors, successors, actor, **fields):
    made = Act(what, on, tuple(predecessors), tuple(successors), **fields)
    plan = plan_succession(made, actor=actor)
    assert plan.problems == (), plan.problems
    return succeed(made, actor=actor, seen=plan.digest)


@pytest.fixture
def story():
    """The directory of February 2025 with an officer in every agency, and a directive in many states."""
    with clock.frozen(clock.local(2025, 2, 20, 9)):
        desk = make_directory()
        day = clock.today()
        admin = make_user("quantri@x.example", Role.ADMIN, desk.parent)
        staff = [make_user(f"canbo{n}@x.example", Role.STAFF, desk) for n in (1, 2)]
        officers = {a.pk: make_user(f"a{a.pk}@x.example", Role.OFFICER, a) for a in Agency.objects.in_force_on(day)}
        agencies = [a for match in match_recipients(LINES, issuer=desk, day=day) for a in match.agencies]
        directive = make_directive(desk, day=20, month=2, year=2025)
        rows = issue_directive(directive, actor=staff[0], agencies=agencies, deadline=clock.local(2025, 8, 1, 17))
        for row in rows[::4]:
            answer_everything(row, officers[row.agency_id])
        for row in rows[::8]:
            row.refresh_from_db()
            submit_report(row, actor=officers[row.agency_id])
    return admin, staff, officers, directive


def carry_out_march(admin):
    for name, old in MERGERS.items():
        before = [named(one, date(2025, 2, 28)) for one in old]
        act("merge", MARCH, before, [named(name, MARCH)], admin)


def carry_out_july(admin):
    """Merge the provinces, then their departments of one name, then split the districts into communes."""
    june = date(2025, 6, 30)
    old = named("Ủy ban nhân dân tỉnh Bình Định", june)
    other = make_agency("Ủy ban nhân dân tỉnh Gia Lai", kind="province", place="Gia Lai")
    office = make_agency("Sở Tư pháp", parent=other, place="Gia Lai")
    act("merge", JULY, [old, other], [NewAgency("Ủy ban nhân dân tỉnh Gia Lai", "UBND tỉnh", "UBND", "Gia Lai")], admin)
    law = [a for a in Agency.objects.in_force_on(june) if a.name_on(june).name == "Sở Tư pháp"]
    assert office in law
    act("merge", JULY, law, [NewAgency("Sở Tư pháp", "Sở Tư pháp", "STP", "Gia Lai")], admin)
    for district in Agency.objects.in_force_on(june).filter(kind="district").order_by("pk"):
        communes = [NewAgency(f"UBND xã {district.place} {n}", f"{district.place} {n}", "UBND") for n in (1, 2, 3)]
        act("split", JULY, [district], communes, admin, kind="commune")


def require_nobody_lost(directive, day, count):
    """Hold every report to somebody who exists on the day, sees it, and may go on with it."""
    rows = list(directive.assignments.exclude(state=State.WITHDRAWN))
    assert len(rows) == count
    in_force = set(Agency.objects.in_force_on(day))
    for row in rows:
        assert row.responsible_agency in in_force, row.agency_name
        people = [m.user for m in row.responsible_agency.memberships.current_on(day).filter(role=Role.OFFICER)]
        assert people, row.agency_name
        for person in people:
            assert Assignment.objects.visible_to(person).filter(pk=row.pk).exists()
            assert can_answer(person, row)


def send_and_accept(row, staff):
    """Go on with a report at whoever is responsible now, up to its acceptance by the desk."""
    person = row.responsible_agency.memberships.filter(role=Role.OFFICER, valid_to=None).first().user
    answer_everything(row, person)
    row.refresh_from_db()
    submission = submit_report(row, actor=person)
    verdicts = {item.pk: ("ok", "") for item in submission.items.all()}
    assert is_staff_of(staff, row.directive)
    assert finish_review(submission, actor=staff, verdicts=verdicts).state == State.ACCEPTED


def test_march_leaves_14_agencies_and_every_report_with_somebody(story):
    admin, staff, _officers, directive = story
    before = directive.assignments.count()
    names = set(directive.assignments.values_list("agency_name", flat=True))
    with clock.frozen(clock.local(2025, 3, 3, 8)):
        departments = Agency.objects.filter(parent__isnull=False, kind__in=DEPARTMENTS)
        assert departments.in_force_on(date(2025, 2, 28)).count() == 20
        carry_out_march(admin)
        assert departments.in_force_on(MARCH).count() == 14
        require_nobody_lost(directive, clock.today(), before)
        moved = directive.assignments.get(agency_name="Sở Giao thông vận tải")
        assert str(moved.responsible_agency) == "Sở Xây dựng"
        person = type(staff[0]).objects.get(pk=staff[0].pk)
        assert str(person.agencies_as(Role.STAFF)[0]) == "Sở Khoa học và Công nghệ"
        send_and_accept(moved, person)
    assert set(directive.assignments.values_list("agency_name", flat=True)) == names


def test_july_merges_the_provinces_and_districts_go_on_as_communes(story):
    admin, staff, officers, directive = story
    before = directive.assignments.count()
    with clock.frozen(clock.local(2025, 3, 3, 8)):
        carry_out_march(admin)
    with clock.frozen(clock.local(2025, 7, 1, 8)):
        carry_out_july(type(admin).objects.get(pk=admin.pk))
        require_nobody_lost(directive, clock.today(), before)
        assert Agency.objects.in_force_on(JULY).filter(kind="district").count() == 0
        communes = Agency.objects.in_force_on(JULY).filter(kind="commune")
        assert {str(commune.parent) for commune in communes} == {"Ủy ban nhân dân tỉnh Gia Lai"}
        assert communes.count() == 33
        inherited = directive.assignments.get(agency_name="UBND thành phố Quy Nhơn")
        assert str(inherited.responsible_agency) == "UBND xã Quy Nhơn 1"
        second = make_user("hai@x.example", Role.OFFICER, communes.get(names__name="UBND xã Quy Nhơn 2"))
        assert not Assignment.objects.visible_to(second).exists()
        person = type(staff[1]).objects.get(pk=staff[1].pk)
        send_and_accept(inherited, person)
        kept = directive.assignments.filter(state=State.SUBMITTED).first()
        assert kept.agency_id in officers
    assert Succession.objects.filter(happened_on=JULY, act="split", takes_over=True).count() == 11


def test_after_july_a_directive_goes_to_departments_and_communes_of_the_new_province(story):
    admin, staff, _officers, _directive = story
    with clock.frozen(clock.local(2025, 3, 3, 8)):
        carry_out_march(admin)
    with clock.frozen(clock.local(2025, 7, 1, 8)):
        carry_out_july(type(admin).objects.get(pk=admin.pk))
        (desk,) = type(staff[0]).objects.get(pk=staff[0].pk).agencies_as(Role.STAFF)
        departments, communes, districts = match_recipients(
            ["Các Sở, ban, ngành", "UBND các xã, phường", "UBND các huyện, thị xã, thành phố"], issuer=desk, day=JULY
        )
    assert [len(match.agencies) for match in (departments, communes, districts)] == [13, 33, 0]
    assert desk not in departments.agencies
