"""The plan of reminders on its page: the calendar, the form, a single day left out."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import CalendarOverride, Notice, ReminderPlan, State
from directives.reminders.sweep import sweep
from directives.services.closing import close_directive
from tests.cast import make_agency

NOON = clock.local(2023, 4, 27, 12)
FORM = {
    "days_before": "7, 3, 1",
    "on_the_day": "on",
    "overdue_every": "1",
    "roster": "on",
    "check_in": "on",
    "seen": "0",
}


@pytest.fixture
def directive(cast):
    health, town = cast.issue()
    with clock.frozen(clock.local(2023, 4, 26, 9)):
        sweep()
    type(town).objects.filter(pk=town.pk).update(state=State.ACCEPTED)
    return health.directive


@pytest.fixture
def ask(as_user, cast, directive):
    """Ask for the page, or send to it, on the day before the deadline."""
    staff, url = as_user(cast.staff), reverse("directives:plan", args=[directive.pk])

    def asked(**data):
        with clock.frozen(NOON):
            return staff.post(url, data) if data else staff.get(url)

    return asked


def cells(response) -> dict[str, str]:
    """Return the words of each day of the calendar."""
    found = {}
    for cell in re.findall(r"<td class.*?</td>", response.content.decode(), re.DOTALL):
        words = " ".join(re.sub(r"<[^>]+>", " ", cell.replace("<td", "")).split())
        day = re.search(r"\d+/\d+", words)[0]
        found[day] = words
    return found


def test_the_calendar_shows_what_went_out_what_is_to_come_to_how_many_and_the_holiday(ask):
    days = cells(ask())
    assert "Đã ban hành" in days["26/4"]
    assert "✓ 09:00 Công văn mới (2)" in days["26/4"]
    assert "hôm nay" in days["27/4"]
    assert "14:00 Đã qua nửa thời hạn (1)" in days["27/4"]
    assert "Thời hạn 17:00" in days["28/4"]
    assert "07:30 Ngày đến hạn (1)" in days["28/4"]
    assert "07:30 Lịch trực trước kỳ nghỉ (1)" in days["28/4"]
    assert "15:00 Trước hạn hai giờ (1)" in days["28/4"]
    assert days["30/4"].endswith("Nghỉ lễ")
    assert "07:30 Quá hạn (1)" in days["4/5"]


def test_what_the_calendar_promises_is_what_goes_out(ask, directive):
    promised = {
        (day, label)
        for day, words in cells(ask()).items()
        for label in ("Đã qua nửa thời hạn", "Ngày đến hạn", "Lịch trực trước kỳ nghỉ", "Trước hạn hai giờ", "Quá hạn")
        if label in words
    }
    for moment in [
        (4, 27, 14),
        (4, 28, 8),
        (4, 28, 15),
        (4, 29, 9),
        (4, 30, 9),
        (5, 3, 9),
        *((5, d, 8) for d in range(4, 11)),
    ]:
        with clock.frozen(clock.local(2023, *moment)):
            sweep()
    sent = Notice.objects.exclude(kind__in=("arrival", "also_open"))
    assert promised == {(f"{n.occasion.day}/{n.occasion.month}", n.get_kind_display()) for n in sent}


def test_a_change_of_the_plan_is_shown_at_once(ask, directive):
    response = ask(**FORM | {"overdue_every": "2", "on_the_day": ""})
    assert response.status_code == 302
    days = cells(ask())
    assert "Ngày đến hạn" not in days["28/4"]
    assert "Quá hạn" in days["4/5"]
    assert "Quá hạn" not in days["5/5"]
    assert "Quá hạn" in days["8/5"]


def test_one_day_is_left_out_and_taken_in_again(ask):
    assert ask(do="skip", day="2023-04-28", seen="0").status_code == 302
    assert "Không gửi" in cells(ask())["28/4"]
    assert "Ngày đến hạn" not in cells(ask())["28/4"]
    assert ask(do="skip", day="2023-04-28", seen="1").status_code == 302
    assert ReminderPlan.objects.get().skipped == []


def test_what_was_typed_stays_when_it_cannot_be_read(ask):
    response = ask(**FORM | {"days_before": "bảy", "skipped": "32/4/2023"})
    assert response.status_code == 422
    words = response.content.decode()
    assert "Đề nghị ghi các số nguyên từ 1 đến 20" in words
    assert "“32/4/2023” không phải là ngày" in words
    assert 'value="bảy"' in words
    assert not ReminderPlan.objects.exists()


def test_a_colleagues_change_is_not_written_over(ask, directive):
    ask(**FORM | {"overdue_every": "5"})
    assert ask(**FORM | {"overdue_every": "0"}).status_code == 409
    assert ask(do="skip", day="2023-04-28", seen="0").status_code == 409
    assert ask(do="skip", day="hôm nay", seen="0").status_code == 422
    assert ReminderPlan.objects.get().overdue_every == 5


def test_a_year_without_a_confirmed_day_off_is_warned_of(ask):
    assert "Lịch làm việc năm 2023 chưa được xác nhận" in ask().content.decode()
    CalendarOverride.objects.create(day=date(2023, 5, 2), is_working=False, source_document="Văn bản về lịch nghỉ")
    assert "chưa được xác nhận" not in ask().content.decode()


def test_of_a_directive_that_is_over_only_what_went_out_is_shown(ask, cast, directive):
    close_directive(directive, actor=cast.staff)
    response = ask()
    assert "✓ 09:00 Công văn mới (2)" in cells(response)["26/4"]
    assert "Quá hạn" not in cells(response)["4/5"]
    assert "Sửa kế hoạch" not in response.content.decode()


def test_the_page_reads_the_same_for_two_and_for_twenty_agencies(as_user, cast, directive):
    many = cast.issue(*[make_agency(f"Sở {n}", mailbox=f"so{n}@binhdinh.example") for n in range(20)])[0].directive
    staff, counts = as_user(cast.staff), []
    for one in (directive, many):
        with clock.frozen(NOON), CaptureQueriesContext(connection) as queries:
            staff.get(reverse("directives:plan", args=[one.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1] < 35


def test_the_directive_leads_to_its_plan(as_user, cast, directive):
    page = as_user(cast.staff).get(reverse("directives:detail", args=[directive.pk])).content.decode()
    assert reverse("directives:plan", args=[directive.pk]) in page
