"""An empty list says what to do next."""

import pytest
from django.urls import reverse

from directives.models import Delivery, Directive, Notice, State


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def empty_of(text):
    assert '<div class="empty">' in text
    return text.split('<div class="empty">')[1].split("</div>")[0]


@pytest.mark.parametrize(
    ("role", "url", "words"),
    [
        ("staff", reverse("directives:home"), "Nhập công văn"),
        ("leader", reverse("directives:home"), "Mở danh sách công văn"),
        ("officer", reverse("directives:home"), "hộp thư"),
        ("staff", reverse("directives:list"), "Nhập công văn"),
        ("leader", reverse("directives:list"), "Khi Sở ban hành"),
        ("staff", reverse("directives:reviews"), "ngay khi cơ quan gửi"),
        ("staff", reverse("agencies:directory") + "?q=khongco", "tất cả cơ quan"),
    ],
)
def test_a_list_without_rows_says_what_to_do(as_user, cast, role, url, words):
    assert words in empty_of(text_of(as_user(getattr(cast, role)), url))


def test_reminders_say_where_to_look_before_the_first_and_in_an_empty_state(as_user, cast, assignments):
    Notice.objects.all().delete()
    Delivery.objects.all().delete()
    url = reverse("directives:reminders", args=[assignments[0].directive_id])
    client = as_user(cast.staff)
    assert "Mở bảng theo dõi" in empty_of(text_of(client, url))
    assert "Tất cả thư" in empty_of(text_of(client, url + "?state=dead"))


def test_calls_and_access_say_what_to_do(as_user, cast, assignments):
    client = as_user(cast.staff)
    assert "Sau cuộc gọi" in empty_of(text_of(client, reverse("directives:calls", args=[assignments[0].pk])))
    directive = Directive.objects.get()
    directive.assignments.update(state=State.WITHDRAWN)
    assert "Mở công văn" in empty_of(text_of(client, reverse("directives:access", args=[directive.pk])))
