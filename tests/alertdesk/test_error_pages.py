"""Every refusal and failure answers in the frame, says what to do next, gives its number and leaks nothing."""

import logging
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

import alertdesk.urls
from alertdesk.lib.request_id import RequestIdFilter
from tests.cast import make_cast

SECRET = "khong-duoc-lo-ra-ngoai"
NUMBER = re.compile(r"[0-9a-f]{10}")
LOGIN = reverse("agencies:login")


def break_down(request):
    raise RuntimeError(SECRET)


def lose_the_database(request):
    raise OperationalError(f"could not connect to server: password {SECRET}")


def misunderstand(request):
    raise BadRequest(SECRET)


def read_body(request):
    return HttpResponse(str(len(request.POST)))


for _view in (break_down, lose_the_database, misunderstand, read_body):
    _view.login_required = False

handler400, handler500 = alertdesk.urls.handler400, alertdesk.urls.handler500
urlpatterns = [
    *alertdesk.urls.urlpatterns,
    path("broken/", break_down, name="broken"),
    path("away/", lose_the_database, name="away"),
    path("misunderstood/", misunderstand, name="misunderstood"),
    path("body/", read_body, name="body"),
]


@pytest.fixture
def broken_site(settings, monkeypatch):
    """Add four pages that fail, open to everyone."""
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr("alertdesk.middleware.allows", lambda name, user: True)
    return Client(raise_request_exception=False)


@pytest.fixture
def cast(db):
    return make_cast()


def check_page(response, status, *words):
    """Check status, frame, number and words, and that nothing of the inside is told; return the text."""
    text = response.content.decode()
    assert response.status_code == status
    assert 'class="top"' in text
    assert 'id="main"' in text
    number = response.headers["X-Request-ID"]
    assert NUMBER.fullmatch(number)
    assert number in text
    for word in words:
        assert word in text
    for inside in (SECRET, "Traceback", "Exception", settings.SECRET_KEY, "site-packages", "DATABASES"):
        assert inside not in text
    assert '<html lang="vi">' in text
    return text


def test_debug_is_off():
    assert settings.DEBUG is False


def test_a_failure_answers_500_without_its_traceback(broken_site, db):
    check_page(broken_site.get("/broken/"), 500, "Về trang đầu")


def test_a_database_that_is_away_answers_503_and_says_when_to_come_back(broken_site, db):
    response = broken_site.get("/away/")
    check_page(response, 503, "tải lại trang")
    assert int(response.headers["Retry-After"]) > 0


def test_a_database_away_from_the_first_query_still_gets_the_page(cast, client, monkeypatch):
    client.force_login(cast.staff)
    client.raise_request_exception = False

    def refuse(*_args, **_kwargs):
        raise OperationalError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", refuse)
        answers = [client.get(url) for url in (reverse("directives:home"), LOGIN, "/nothing-here/")]
    for answer in answers:
        check_page(answer, 503)


def test_a_request_that_is_not_understood_answers_400(broken_site, db):
    check_page(broken_site.get("/misunderstood/"), 400)


def test_a_wrong_host_answers_400_without_a_database(client):
    check_page(client.get("/", headers={"host": "example.org"}), 400)


def test_a_form_field_too_large_answers_413(broken_site, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    check_page(broken_site.post("/body/", {"note": "a" * 2000}), 413, "quá lớn")


def test_too_many_files_answer_413(broken_site, db, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(3)]
    check_page(broken_site.post("/body/", {"files": files}), 413)


def test_too_many_fields_answer_413(broken_site, db, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    check_page(broken_site.post("/body/", {str(n): "1" for n in range(9)}), 413)


def test_a_body_over_the_limit_is_refused_before_it_is_read(broken_site, db, settings):
    settings.REQUEST_MAX_BYTES = 1000
    upload = SimpleUploadedFile("lon.txt", b"x" * 3000)
    check_page(broken_site.post("/body/", {"file": upload}), 413)
    assert broken_site.post("/body/", {"a": "1"}).status_code == 200


def test_a_signed_in_person_keeps_the_frame_on_404_403_and_413(cast, client, settings):
    client.force_login(cast.officer)
    name = str(cast.officer)
    check_page(client.get("/nothing-here/"), 404, name)
    check_page(client.get(reverse("directives:import")), 403, name)
    settings.REQUEST_MAX_BYTES = 100
    check_page(client.post(reverse("agencies:profile"), {"full_name": "a" * 500}), 413, name)


def test_a_stranger_gets_404_in_the_frame(client, db):
    assert "Đăng xuất" not in check_page(client.get("/nothing-here/"), 404)


def test_a_form_without_its_token_answers_403_and_says_how_to_go_on(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    check_page(client.post(reverse("agencies:profile"), {}), 403, "nút Quay lại", str(cast.officer))


def test_an_address_for_forms_only_says_so_when_it_is_opened(cast, client):
    client.force_login(cast.officer)
    response = client.get(reverse("set_language"))
    check_page(response, 405, "Về trang đầu")
    assert response.headers["Allow"] == "POST"


def test_error_pages_are_read_in_english_too(client, db):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "This page was not found" in client.get("/nothing-here/").content.decode()


def test_a_client_cannot_choose_the_number(client, db):
    response = client.get(LOGIN, headers={"X-Request-ID": "deadbeef00"})
    assert response.headers["X-Request-ID"] != "deadbeef00"
    assert response.headers["X-Request-ID"] != client.get(LOGIN).headers["X-Request-ID"]


def test_log_lines_of_a_request_carry_its_number(broken_site, db, caplog):
    caplog.handler.addFilter(RequestIdFilter())
    number = broken_site.get("/broken/").headers["X-Request-ID"]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.request_id == number
    outside = SimpleNamespace()
    RequestIdFilter().filter(outside)
    assert outside.request_id == "-"
