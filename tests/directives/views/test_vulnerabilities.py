"""Weaknesses by file on the draft: a preview that saves nothing, then all of it or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives.demo.load import WEAKNESSES
from directives.intake import read_text
from directives.models import Vulnerability
from directives.services.drafting import create_draft
from tests.cast import make_cast, make_directive
from tests.directives.intake.builders import demo_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def action(cast):
    return make_directive(cast.desk).actions.get(kind="vulnerabilities")


@pytest.fixture
def desk(client, cast):
    client.force_login(cast.staff)
    return client


def address(action):
    return reverse("directives:vulnerabilities", args=[action.directive_id, action.position])


def read(desk, action, data):
    return desk.post(address(action), {"do": "read", "upload": SimpleUploadedFile("bang.csv", data)})


def test_a_preview_saves_nothing_and_confirming_it_saves_everything(desk, action):
    shown = read(desk, action, WEAKNESSES.read_bytes())
    assert shown.status_code == 200
    assert not Vulnerability.objects.exists()
    desk.post(address(action), {"do": "save", "sealed": shown.context["sealed"]})
    flaw = action.vulnerabilities.get(cve="CVE-2023-23397")
    assert action.vulnerabilities.count() == len(WEAKNESSES.read_text().splitlines()) - 1
    assert (str(flaw.cvss), flaw.exploited_since.isoformat()) == ("9.8", "2023-03-14")


def test_one_bad_row_is_named_and_nothing_can_be_saved(desk, action):
    shown = read(desk, action, b"CVE,CVSS\nCVE-2023-1111,5\nCVE-2023-2222,50\n")
    assert shown.status_code == 422
    assert "Dòng 3" in shown.content.decode()
    assert shown.context["sealed"] == ""


def test_a_second_file_changes_what_it_says_and_keeps_what_it_does_not(desk, action):
    for data in (b"CVE,CVSS\nCVE-2023-1111,5\n", b"CVE,Fix\nCVE-2023-1111,KB1\nCVE-2023-2222,KB2\n"):
        desk.post(address(action), {"do": "save", "sealed": read(desk, action, data).context["sealed"]})
    flaw = action.vulnerabilities.get(cve="CVE-2023-1111")
    assert (str(flaw.cvss), flaw.fix) == ("5.0", "KB1")
    assert action.vulnerabilities.count() == 2


def test_a_preview_of_another_action_or_a_made_up_one_is_refused(desk, cast, action):
    other = make_directive(cast.desk).actions.get(kind="vulnerabilities")
    foreign = read(desk, other, b"CVE\nCVE-2023-1111\n").context["sealed"]
    for sealed in (foreign, "made up"):
        assert desk.post(address(action), {"do": "save", "sealed": sealed}).status_code == 422
    assert not Vulnerability.objects.exists()


def test_a_file_without_a_table_is_refused_in_words(desk, action):
    shown = read(desk, action, demo_text().encode())
    assert shown.status_code == 422
    assert "cột mã CVE" in shown.content.decode()


def test_emptying_the_list_takes_every_row_off(desk, action):
    Vulnerability.objects.create(action=action, cve="CVE-2023-1111")
    desk.post(address(action), {"do": "clear"})
    assert not Vulnerability.objects.exists()


def test_the_numbers_that_the_text_names_are_rows_from_the_start(cast):
    text = demo_text().replace("cảnh báo, khuyến nghị", "cảnh báo (CVE-2023-23397)") + "\nPHỤ LỤC\nCVE-2023-24880\n"
    directive = create_draft(read_text(text), actor=cast.staff)
    rows = Vulnerability.objects.values_list("action__position", "cve").order_by("cve")
    assert list(rows.filter(action__directive=directive)) == [(2, "CVE-2023-23397"), (2, "CVE-2023-24880")]
