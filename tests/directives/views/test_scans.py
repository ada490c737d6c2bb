"""An agency's own scan by file: a preview that saves nothing, then all of it or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import MachineGroup
from directives.models import AnswerRevision, AnswerStatus, ProductRow, WeaknessRow
from directives.services.answering import save_answer
from directives.services.submitting import submit_report
from tests.cast import answer_everything

SCAN = (
    b"Host,OS,OS Build,CVE,Status\n"
    b"may-1,Microsoft Windows 10 Pro,19045.2728,CVE-2023-28252,Open\n"
    b"may-2,Microsoft Windows 10 Pro,19045.2846,CVE-2023-28252,Fixed\n"
    b"may-3,Microsoft Windows Server 2019,17763.4252,CVE-2023-28252,Fixed\n"
)


@pytest.fixture
def answer(assignments):
    return assignments[0].answers.select_related("action", "assignment").get(action__kind="vulnerabilities")


def url(answer):
    return reverse("directives:scan_import", args=[answer.assignment_id, answer.action.position])


def read(client, answer, data=SCAN):
    return client.post(url(answer), {"do": "read", "upload": SimpleUploadedFile("quet.csv", data)})


def confirm(client, answer, shown, **typed):
    return client.post(url(answer), {"do": "save", "sealed": shown.context["sealed"], **typed})


def test_a_preview_saves_nothing_and_confirming_it_saves_everything(as_user, cast, answer):
    client = as_user(cast.officer)
    shown = read(client, answer)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Đã đọc 3 dòng, 3 máy." in text
    assert not ProductRow.objects.exists()
    assert confirm(client, answer, shown, reason="Đang tải bản vá").status_code == 302
    answer.refresh_from_db()
    assert (answer.status, answer.total, answer.done, answer.extra) == (AnswerStatus.IN_PROGRESS, 3, 2, 1)
    windows = ProductRow.objects.get(product_line="Windows 10")
    assert (windows.total, windows.updated, windows.build, windows.reason) == (2, 1, "19045.2728", "Đang tải bản vá")
    assert set(WeaknessRow.objects.values_list("place", "state")) == {
        ("Windows 10", "exposed"),
        ("Windows Server 2019", "fixed"),
    }
    assert answer.revisions.get().origin == AnswerRevision.Origin.SCANNED
    assert MachineGroup.objects.get(agency=cast.health, product_line="Windows 10").machines == 2


def test_machines_left_need_a_reason_and_the_preview_stays(as_user, cast, answer):
    client = as_user(cast.officer)
    asked = confirm(client, answer, read(client, answer), reason=" ")
    assert asked.status_code == 422
    assert asked.context["sealed"]
    assert not ProductRow.objects.exists()
    assert confirm(client, answer, asked, reason="Đang tải").status_code == 302


def test_what_the_answer_has_is_shown_as_changes_and_what_was_written_stays(as_user, cast, answer):
    rows = [
        ProductRow(product_line="Windows 10", total=5, updated=5),
        ProductRow(product_line="Linux", total=1, updated=1),
    ]
    save_answer(answer, actor=cast.officer, version=0, status="partly", note="Còn máy cũ.", rows=rows)
    client = as_user(cast.officer)
    shown = read(client, answer)
    kinds = {change.title.partition(": ")[2]: change.kind for change in shown.context["changes"]}
    assert kinds["Windows 10"] == "changed"
    assert kinds["Windows Server 2019"] == "added"
    assert "Linux" not in kinds
    confirm(client, answer, shown, reason="Đang tải")
    answer.refresh_from_db()
    assert (answer.status, answer.note, answer.total) == ("partly", "Còn máy cũ.", 4)
    again = read(client, answer)
    assert "đã có đủ các nội dung này" in again.content.decode()


def test_one_bad_row_is_named_and_nothing_can_be_saved(as_user, cast, answer):
    shown = read(as_user(cast.officer), answer, SCAN + b"may-4,Windows 10,,CVE-2023-28252,maybe\n")
    assert shown.status_code == 422
    assert "Dòng 5" in shown.content.decode()
    assert "Không rõ trạng thái “maybe”" in shown.content.decode()
    assert shown.context["sealed"] == ""


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "không có nội dung"),
        (b"PK\x03\x04abc", "không đọc được thành bảng"),
        (b"host,owner\nmay-1,an\n", "Không thấy cột máy"),
        (b"host,cve\n" + b"".join(b"may-%d,CVE-2023-1111\n" % n for n in range(201)), "hơn 200 dòng"),
        (b"host,cve\n" + b"may,CVE-2023-1111\n" * 5_001, "5.000"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(as_user, cast, answer, data, words):
    shown = read(as_user(cast.officer), answer, data)
    assert shown.status_code == 422
    assert words in shown.content.decode()
    assert shown.context["sealed"] == ""


def test_a_large_scan_is_summed_up(as_user, cast, answer):
    data = b"host,os,cve,status\n" + b"".join(b"may-%d,Windows 11,CVE-2023-1111,fixed\n" % n for n in range(5_000))
    shown = read(as_user(cast.officer), answer, data)
    assert len(shown.context["changes"]) == 2
    assert shown.context["preview"].machines == 5_000


def test_a_preview_of_another_answer_or_a_made_up_one_is_refused(as_user, cast, answer, assignments):
    other = assignments[1].answers.select_related("action").get(action__kind="vulnerabilities")
    foreign = read(as_user(cast.town_officer), other)
    client = as_user(cast.officer)
    assert confirm(client, answer, foreign, reason="Có").status_code == 422
    assert client.post(url(answer), {"do": "save", "sealed": "x"}).status_code == 422
    assert not ProductRow.objects.exists()


def test_an_answer_saved_after_the_preview_is_not_written_over(as_user, cast, answer):
    client = as_user(cast.officer)
    shown = read(client, answer)
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Của đồng nghiệp.")
    assert confirm(client, answer, shown, reason="Có").status_code == 409
    assert not ProductRow.objects.exists()


def test_an_answer_that_was_sent_takes_no_scan(as_user, cast, answer, assignments):
    client = as_user(cast.officer)
    shown = read(client, answer)
    answer_everything(assignments[0], cast.officer)
    assignments[0].refresh_from_db()
    submit_report(assignments[0], actor=cast.officer)
    assert confirm(client, answer, shown, reason="Có").status_code in (409, 422)
    assert 'type="file"' not in client.get(url(answer)).content.decode()
    assert not ProductRow.objects.exists()


def test_the_page_is_for_those_who_write_and_for_weaknesses_alone(as_user, cast, answer):
    assert as_user(cast.town_officer).get(url(answer)).status_code == 404
    assert as_user(cast.staff).get(url(answer)).status_code == 403
    client = as_user(cast.officer)
    assert client.get(url(answer)).status_code == 200
    assert client.put(url(answer)).status_code == 405
    assert client.get(reverse("directives:scan_import", args=[answer.assignment_id, 1])).status_code == 404
    assert client.get(reverse("directives:scan_import", args=[answer.assignment_id, 99])).status_code == 404
    page = client.get(reverse("directives:answer", args=[answer.assignment_id, answer.action.position]))
    assert url(answer) in page.content.decode()
