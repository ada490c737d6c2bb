"""The display tags: what a chip, a moment, a telephone number or a bar turns into."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.utils import translation

from alertdesk.lib import clock
from directives.models.notice import Delivery
from directives.models.states import AnswerStatus, DirectiveState, State, Verdict
from directives.templatetags import alertdesk as tags

NINE = clock.local(2023, 4, 28, 9)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


# chips


@pytest.mark.parametrize("states", [State, AnswerStatus, DirectiveState, Verdict])
def test_every_state_has_a_look_with_its_own_name(states):
    for state in states:
        assert tags.LOOKS[state.value].icon
        assert tags.LOOKS[state.value].tone
        if state is not AnswerStatus.IN_PROGRESS:  # one chip for an assignment and an answer under way
            assert str(tags.state_label(state.value)) == str(state.label)


def test_every_state_of_a_delivery_has_a_look_of_its_own():
    for state in Delivery.State:
        assert str(state.label) in tags.chip(state.value, kind="mail")


def test_states_carry_the_words_of_the_domain_in_vietnamese():
    words = {
        "sent": "Chưa tiếp nhận",
        "acknowledged": "Đã tiếp nhận",
        "in_progress": "Đang thực hiện",
        "awaiting_approval": "Chờ lãnh đạo cơ quan duyệt",
        "submitted": "Đã gửi, chờ xem xét",
        "returned": "Đề nghị bổ sung",
        "accepted": "Đã ghi nhận",
        "withdrawn": "Không còn yêu cầu",
        "lapsed": "Kết thúc, chưa báo cáo",
        "nil": "Không phát sinh",
        "not_applicable": "Không áp dụng",
    }
    with translation.override("vi"):
        assert {code: str(tags.state_label(code)) for code in words} == words


def test_a_chip_says_its_state_in_a_word_and_an_icon():
    html = tags.chip("returned")
    assert "More is asked for" in html
    assert 'href="#i-return"' in html
    assert html.startswith('<span class="chip s-returned">')


def test_a_short_chip_uses_the_short_word():
    assert "To complete" in tags.chip("returned", short=True)


def test_a_late_chip_says_so_in_words_and_with_the_triangle():
    html = tags.chip("in_progress", late="3 days late")
    assert "chip--late" in html
    assert "3 days late" in html
    assert 'href="#i-late"' in html


def test_a_linked_cell_names_its_action_for_a_screen_reader():
    html = tags.chip("done", href="/x/", number=3, title="Portals")
    assert html.startswith('<a href="/x/" class="chip s-done">')
    assert html.endswith('<span>Done</span></span><span class="vh"> – 3. Portals</span></a>')


def test_text_in_a_chip_is_escaped():
    html = tags.chip("done", late="<b>", href='/x"y', number=1, title="<i>", mark="<u>")
    assert not re.search(r"<[bu]>|<i>|/x\"y", html)


def test_an_unknown_state_is_an_error_and_not_a_blank_chip():
    with pytest.raises(KeyError):
        tags.chip("no_such_state")


def test_an_icon_is_silent_unless_it_is_named():
    assert 'aria-hidden="true"' in tags.icon("bell")
    assert 'role="img" aria-label="Late"' in tags.icon("late", "Late")


# moments


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (clock.local(2023, 4, 28, 17), "17:00 28/04/2023"),
        (datetime(2023, 4, 28, 17, 30, tzinfo=UTC), "00:30 29/04/2023"),
        (clock.end_of_day(date(2023, 4, 28)), "end of 28/04/2023"),
        (datetime(2023, 4, 28, 16, 59, 59, tzinfo=UTC), "end of 28/04/2023"),
        (date(2023, 4, 28), "28/04/2023"),
        (None, ""),
    ],
)
def test_a_moment_is_written_in_vietnamese_time(moment, text):
    assert tags.vn_datetime(moment) == text


def test_the_end_of_a_day_is_said_in_vietnamese():
    with translation.override("vi"):
        assert tags.vn_datetime(clock.end_of_day(date(2023, 4, 28))) == "hết ngày 28/04/2023"


def test_a_day_is_the_day_in_vietnam():
    assert tags.vn_date(datetime(2023, 4, 28, 18, tzinfo=UTC)) == "29/04/2023"
    assert tags.vn_date(date(2023, 5, 4)) == "04/05/2023"
    assert tags.vn_date(None) == ""


@pytest.mark.parametrize(
    ("deadline", "text"),
    [
        (clock.local(2023, 4, 30, 8), "còn 2 ngày"),
        (clock.local(2023, 4, 29, 0), "còn 1 ngày"),
        (clock.local(2023, 4, 28, 17), "hôm nay"),
        (clock.local(2023, 4, 28, 9), "hôm nay"),
        (clock.local(2023, 4, 28, 8, 30), "vừa quá hạn"),
        (clock.local(2023, 4, 28, 6, 30), "trễ 2 giờ"),
        (clock.local(2023, 4, 27, 17), "trễ 1 ngày"),
        (date(2023, 4, 28), "hôm nay"),
        (date(2023, 4, 25), "trễ 3 ngày"),
        (None, ""),
    ],
)
def test_days_left_counts_days_of_the_calendar(deadline, text):
    with translation.override("vi"):
        assert tags.days_left(deadline, NINE) == text


def test_days_left_stands_on_the_domain_clock():
    with clock.frozen(NINE):
        assert tags.days_left(clock.local(2023, 4, 30, 8)) == "2 days left"


def test_a_bare_date_is_past_only_when_the_day_is_over():
    assert not tags.is_past(date(2023, 4, 28), NINE)
    assert tags.is_past(date(2023, 4, 27), NINE)
    assert not tags.is_past(None, NINE)


# telephones and sizes


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("0256.2210517", "tel:+842562210517"),
        ("(0256) 3 811 626", "tel:+842563811626"),
        ("+84 256 2210517", "tel:+842562210517"),
        ("0256.2210517, 0256.3811626", "tel:+842562210517"),
        ("0256.2210517 - 0256.3811626", "tel:+842562210517"),
        ("0256.2210517 máy lẻ 12", "tel:+842562210517"),
        ("1022", "tel:1022"),
        ("1900 6868", "tel:19006868"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_number_is_dialled_in_international_form(number, href):
    assert tags.phone_href(number) == href


def test_a_telephone_link_keeps_the_number_as_written():
    assert tags.tel("0256.2210517") == '<a class="tel" href="tel:+842562210517">0256.2210517</a>'


def test_a_text_without_a_number_is_no_link():
    assert tags.tel("chưa có") == "chưa có"


def test_a_telephone_link_escapes_what_was_typed():
    assert "<b>" not in tags.tel("0256<b>", "<b>")


@pytest.mark.parametrize(("size", "text"), [(0, "0 B"), (640, "640 B"), (12_288, "12 KB"), (1_288_888, "1,2 MB")])
def test_a_size_is_written_the_vietnamese_way(size, text):
    with translation.override("vi"):
        assert tags.filesize_vi(size) == text


# bars and pages


def test_a_stacked_bar_fills_its_width_and_counts_every_segment():
    drawn = tags.stacked_bar([("accepted", 1), ("returned", 0), ("sent", 2)], "States")
    assert [bar["count"] for bar in drawn["bars"]] == [1, 0, 2]
    assert drawn["bars"][0]["x"] == 0
    assert drawn["bars"][2]["x"] + drawn["bars"][2]["width"] == pytest.approx(1000, abs=0.02)


def test_a_stacked_bar_of_nothing_is_empty():
    assert tags.stacked_bar([("accepted", 0)], "States")["bars"][0]["width"] == 0


def test_a_long_pager_leaves_gaps():
    page = Paginator(range(300), 10).page(15)
    assert list(tags.page_numbers(page)) == [1, "…", 13, 14, 15, 16, 17, "…", 30]
