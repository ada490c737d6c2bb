import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.models import Membership, Role
from alertdesk.lib import clock
from directives.models import Delivery, Directive, Notice, Shift
from directives.services.rostering import put_roster, seen_roster
from directives.services.submitting import submit_report
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_user
from tests.directives.incidents import make_incident

HALF_A_DAY = timedelta(hours=12)
HOME = reverse("directives:home")


def test_an_officer_sees_the_report_with_its_deadline_and_next_step(as_user, cast, assignments):
    page = as_user(cast.officer).get(HOME)
    assert page.status_code == 200
    text = page.content.decode()
    assert "17:00 28/04/2023" in text
    assert "còn 2 ngày" in text
    assert "Xác nhận đã tiếp nhận" in text
    assert reverse("directives:assignment", args=[assignments[0].pk]) in text
    assert reverse("directives:assignment", args=[assignments[1].pk]) not in text


def test_an_urgent_directive_says_so_on_the_officers_list(as_user, cast, assignments):
    Directive.objects.update(urgency=Directive.Urgency.IMMEDIATE)
    assert "Hỏa tốc" in as_user(cast.officer).get(HOME).content.decode()


def test_a_finished_list_leads_to_the_check_page(as_user, cast, assignments):
    answer_everything(assignments[0], cast.officer)
    page = as_user(cast.officer).get(HOME)
    assert reverse("directives:check", args=[assignments[0].pk]) in page.content.decode()


def test_a_sent_report_moves_to_the_second_list(as_user, cast, assignments):
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    page = as_user(cast.officer).get(HOME)
    assert page.context["owed"] == []
    assert [row["line"].assignment_id for row in page.context["ended"]] == [assignments[0].pk]
    assert "Không có công văn nào chờ cơ quan báo cáo" in page.content.decode()


def test_the_desk_sees_numbers_the_queue_and_whom_to_urge(as_user, cast, assignments):
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    with clock.frozen(DEADLINE.replace(day=29)):
        text = as_user(cast.staff).get(HOME).content.decode()
    assert "1 báo cáo chờ xem xét" in text
    assert "UBND thành phố Quy Nhơn" in text
    assert reverse("directives:calls", args=[assignments[1].pk]) in text
    assert reverse("directives:board", args=[assignments[0].directive_id]) + "?late=1" in text


def test_a_leader_reads_one_sentence_first_and_gets_the_summary(as_user, cast, assignments):
    with clock.frozen(DEADLINE.replace(day=29)):
        text = as_user(cast.leader).get(HOME).content.decode()
    assert "0/2 cơ quan đã báo cáo, bằng hôm qua. 2 cơ quan quá hạn, cần đôn đốc." in text
    assert reverse("directives:summary", args=[assignments[0].directive_id]) in text
    assert reverse("directives:calls", args=[assignments[1].pk]) not in text


def test_a_leader_reads_how_many_more_have_reported_since_yesterday(as_user, cast, assignments):
    submit_from_health(cast, assignments)
    text = as_user(cast.leader).get(HOME).content.decode()
    assert "1/2 cơ quan đã báo cáo, tăng 1 so với hôm qua. 1 cơ quan còn lại chưa quá hạn." in text


def test_before_the_holiday_a_leader_sees_who_has_not_reported(as_user, cast, assignments):
    submit_from_health(cast, assignments)
    text = as_user(cast.leader).get(HOME).content.decode()
    assert "kỳ nghỉ bắt đầu ngày 29/04/2023" in text
    assert "UBND thành phố Quy Nhơn" in text
    assert "Sở Y tế" not in text


def test_in_the_holiday_a_leader_is_told_whom_to_call_now(as_user, cast, assignments):
    with clock.frozen(clock.local(2023, 4, 30, 7)):
        text = as_user(cast.leader).get(HOME).content.decode()
    main = text.split("<main")[1].split("</main>")[0]
    assert "từ 29/04/2023 đến 03/05/2023" in main
    assert "Xác nhận không phát sinh đến nay" in main
    assert 'href="tel:+842562210517"' in main


def test_in_the_holiday_a_leader_sees_who_is_on_duty_and_who_has_not_confirmed(as_user, cast, assignments):
    start = clock.local(2023, 4, 29)
    names = {"An": timedelta(), "Bình": timedelta(hours=30)}
    shifts = [
        Shift(post="Trực", name=name, telephone="0905.1", starts_at=start + later, ends_at=start + later + HALF_A_DAY)
        for name, later in names.items()
    ]
    put_roster(assignments[0], actor=cast.officer, seen=seen_roster(assignments[0]), shifts=shifts)
    with clock.frozen(clock.local(2023, 4, 29, 8)):
        main = as_user(cast.leader).get(HOME).content.decode().split("<main")[1]
    assert "Trực: An" in main
    assert "chưa xác nhận" in main
    assert "Trực: từ 12:00 ngày 29/04/2023 đến 06:00 ngày 30/04/2023" in main
    assert "0905.1" not in main
    assert reverse("directives:province_roster", args=[assignments[0].directive_id]) in main


def test_a_leader_sees_an_open_incident_with_its_clock_and_without_its_kind(as_user, cast, assignments):
    incident = make_incident(cast, assignments[0])
    main = as_user(cast.leader).get(HOME).content.decode().split("<main")[1]
    assert "Thông báo sự cố" in main
    assert "còn 4 ngày 22 giờ" in main
    assert incident.get_kind_display() not in main


def test_after_the_holiday_a_leader_sees_results(as_user, cast, assignments):
    submit_from_health(cast, assignments)
    with clock.frozen(clock.local(2023, 5, 4, 7)):
        text = as_user(cast.leader).get(HOME).content.decode()
    assert "5 kết quả thực hiện trong các báo cáo đã nhận:" in text
    assert reverse("directives:summary", args=[assignments[0].directive_id]) in text


@pytest.mark.parametrize("role", ["leader", "staff"])
def test_every_number_is_the_length_of_the_list_it_leads_to(as_user, cast, assignments, role):
    cast.issue(cast.health)
    submit_from_health(cast, assignments)
    with clock.frozen(DEADLINE.replace(day=29)):
        client = as_user(getattr(cast, role))
        numbers = numbered_links(client.get(HOME).content.decode())
        assert len(numbers) > 6
        for href, number in numbers:
            assert rows_behind(client, href) == number, href


def numbered_links(text):
    """Return (address, number) of the strips of numbers and of the bars' legends."""
    strips = re.findall(r'<dd><a href="([^"]+)">(\d+)', text)
    legends = re.findall(r'<a href="([^"]+)">[^<]+<b>(\d+)</b></a>', text)
    return [(href.replace("&amp;", "&"), int(number)) for href, number in strips + legends]


def rows_behind(client, href):
    context = client.get(href).context
    if "counted" in context:
        return len(context["counted"])
    return len(context["board"].rows) if "board" in context else context["page"].paginator.count


def submit_from_health(cast, assignments):
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)


def test_the_desk_sees_todays_mail_with_links_to_its_lists(as_user, cast, assignments):
    notice = tell(assignments[0], Delivery.State.DEAD)
    tell(assignments[1], Delivery.State.SENT)
    text = as_user(cast.staff).get(HOME).content.decode()
    url = reverse("directives:reminders", args=[notice.assignment.directive_id])
    assert f'<a href="{url}?state=dead&amp;channel=email">1</a>' in text
    assert f'<a href="{url}?state=today&amp;channel=email">1</a>' in text


def tell(assignment, state):
    now = clock.now()
    delivery = Delivery.objects.create(
        address="a@b.example", message_id=f"<{assignment.pk}@x>", planned_at=now, state=state, sent_at=now
    )
    return Notice.objects.create(
        assignment=assignment,
        cycle=99,
        kind=Notice.Kind.DUE,
        occasion=now.date(),
        address="a@b.example",
        planned_at=now,
        delivery=delivery,
    )


def test_what_is_due_next_stands_first(as_user, cast):
    late = cast.issue(cast.health, deadline=DEADLINE + timedelta(days=20))[0]
    soon = cast.issue(cast.health, deadline=DEADLINE + timedelta(days=1))[0]
    own = cast.issue(cast.health, deadline=DEADLINE + timedelta(days=30))[0]
    own.directive.actions.filter(position=2).update(due_at=DEADLINE)
    page = as_user(cast.officer).get(HOME)
    assert [row["line"].assignment_id for row in page.context["owed"]] == [own.pk, soon.pk, late.pk]


def test_a_person_with_two_roles_sees_both_parts(as_user, cast, assignments):
    Membership.objects.create(user=cast.staff, agency=cast.health, role=Role.OFFICER)
    text = as_user(cast.staff).get(HOME).content.decode()
    assert "Báo cáo của cơ quan" in text
    assert "Công văn đang thực hiện" in text


def test_someone_without_a_role_is_told_whom_to_call(as_user, cast, assignments):
    text = as_user(make_user("khach@binhdinh.example")).get(HOME).content.decode()
    assert "chưa được phân vai trò" in text
    assert "tel:+842562210517" in text
    assert "khach@binhdinh.example" in text


@pytest.mark.parametrize("role", ["officer", "staff", "leader", "head", "admin"])
def test_an_empty_desk_says_what_to_do(as_user, cast, role):
    assert as_user(getattr(cast, role)).get(HOME).status_code == 200


def test_home_takes_no_post(as_user, cast):
    assert as_user(cast.officer).post(HOME).status_code == 405


@pytest.mark.parametrize("role", ["officer", "staff", "leader"])
def test_many_directives_cost_no_more_queries_than_one(as_user, cast, role):
    person = getattr(cast, role)
    cast.issue()
    few = _queries(as_user(person))
    for _more in range(6):
        cast.issue()
    assert _queries(as_user(person)) == few


def _queries(client) -> int:
    with clock.frozen(ISSUED_AT.replace(day=29)), CaptureQueriesContext(connection) as seen:
        assert client.get(HOME).status_code == 200
    return len(seen)
