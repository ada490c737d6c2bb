"""The link of a shift: it shows that shift, confirms once, and nothing by being opened."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.urls import reverse

from alertdesk.lib import clock
from directives.models import Shift
from directives.services.check_in_links import check_in_link
from directives.services.rostering import put_roster, seen_roster

FIRST = clock.local(2023, 4, 29)
PHONE = "0905.111.111"


@pytest.fixture
def shift(cast, assignments):
    planned = [
        Shift(
            post="Trực giám sát",
            name=name,
            telephone=PHONE,
            starts_at=FIRST + timedelta(hours=12 * n),
            ends_at=FIRST + timedelta(hours=12 * n + 12),
        )
        for n, name in enumerate(("Nguyễn Văn An", "Trần Thị Bình"))
    ]
    put_roster(assignments[0], actor=cast.officer, seen=seen_roster(assignments[0]), shifts=planned)
    return assignments[0].shifts.first()


def path(shift):
    return urlsplit(check_in_link(shift.pk)).path


def text(response):
    return response.content.decode()


def checked(shift):
    shift.refresh_from_db()
    return shift.checked_in_at


def test_the_link_shows_one_shift_and_opening_it_changes_nothing(client, shift):
    with clock.frozen(FIRST):
        page = client.get(path(shift))
    assert page.status_code == 200
    assert "Sở Y tế" in text(page)
    assert ">An<" in text(page)
    assert "Tôi đã có mặt trực" in text(page)
    for kept_back in ("Nguyễn Văn An", "Bình", PHONE):
        assert kept_back not in text(page)
    assert checked(shift) is None


def test_one_press_confirms_and_another_says_so(client, shift):
    with clock.frozen(FIRST):
        first = client.post(path(shift))
    assert first.status_code == 200
    assert "Đã xác nhận có mặt lúc 00:00 29/04/2023" in text(first)
    with clock.frozen(FIRST + timedelta(hours=1)):
        again = client.post(path(shift))
    assert "Đã xác nhận có mặt lúc 00:00 29/04/2023" in text(again)
    with clock.frozen(FIRST + timedelta(days=3)):
        assert "Đã xác nhận" in text(client.get(path(shift)))
    assert checked(shift) == FIRST


def test_before_its_time_the_page_says_from_when(client, shift):
    with clock.frozen(FIRST - timedelta(minutes=31)):
        page, pressed = client.get(path(shift)), client.post(path(shift))
    assert "từ 23:30 28/04/2023" in text(page)
    assert "Tôi đã có mặt trực" not in text(page)
    assert pressed.status_code == 422
    assert checked(shift) is None


def test_after_the_shift_the_link_is_over(client, shift):
    with clock.frozen(shift.ends_at):
        for response in (client.get(path(shift)), client.post(path(shift))):
            assert response.status_code == 410
            assert "Ca trực đã kết thúc" in text(response)
    assert checked(shift) is None


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "MQ:x",
        signing.Signer(salt="alertdesk.invitation").sign_object(1),
        signing.Signer(salt="alertdesk.check_in").sign("1"),
        signing.Signer(salt="alertdesk.check_in").sign_object(9_999_999),
    ],
)
def test_a_link_that_is_not_ours_says_so(client, shift, token):
    address = reverse("directives:check_in", args=[token])
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 404
        assert "không thuộc ca trực nào" in text(response)


def test_a_shift_taken_out_of_the_roster_has_no_link_any_more(client, cast, shift):
    old, assignment = path(shift), shift.assignment
    put_roster(assignment, actor=cast.officer, seen=seen_roster(assignment), shifts=[])
    assert client.get(old).status_code == 404


def test_only_reading_and_pressing(client, shift):
    assert client.put(path(shift)).status_code == 405


def test_the_agency_finds_the_link_on_its_roster_and_the_desk_does_not(as_user, cast, shift):
    page = reverse("directives:roster", args=[shift.assignment_id])
    assert check_in_link(shift.pk) in text(as_user(cast.officer).get(page))
    assert path(shift) not in text(as_user(cast.staff).get(page))
    assert path(shift) not in text(as_user(cast.leader).get(page))
