"""The page of a signed paper: who sees it, who records, what it says; and the page that says what a file is."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from directives.models import Paper, PaperFile
from directives.papers.keeping import paper_of
from directives.services.incidents import report_incident
from directives.services.issued_papers import record_issue, reply_paper
from directives.services.submitting import submit_report
from tests.cast import answer_everything
from tests.directives.incidents import make_values
from tests.directives.signatures.makers import PERSON, Authority, signed
from tests.pdfs import plain_pdf

pytestmark = pytest.mark.django_db
JPG = b"\xff\xd8\xff\xe0 ban quet"


@pytest.fixture(scope="module")
def letter():
    return signed(plain_pdf(), Authority().issue(PERSON))


@pytest.fixture
def assignment(cast):
    return cast.issue()[0]


def page_of(assignment, kind="reply"):
    return reverse("directives:agency_paper_issued", args=[assignment.pk, kind])


def scan(name="quet.jpg", data=JPG):
    return SimpleUploadedFile(name, data)


def test_the_officer_notes_number_day_and_the_signed_file_in_one_go(as_user, cast, assignment, letter):
    client = as_user(cast.officer)
    given = {"number": "125/SYT-VP", "dated_on": "26/04/2023", "upload": scan("da-ky.pdf", letter)}
    assert client.post(page_of(assignment), given).status_code == 302
    text = client.get(page_of(assignment)).content.decode()
    assert "125/SYT-VP" in text
    assert "Nguyên vẹn, chưa xác định người ký" in text
    assert PERSON in text
    assert "da-ky.pdf" in text


def test_a_scan_is_marked_as_such(as_user, cast, assignment):
    client = as_user(cast.officer)
    client.post(page_of(assignment), {"upload": scan()})
    text = client.get(page_of(assignment)).content.decode()
    assert "Bản quét, không có chữ ký số" in text


def test_a_file_that_is_no_signed_copy_is_refused_with_what_was_typed_still_there(as_user, cast, assignment):
    given = {"number": "125/SYT-VP", "dated_on": "26/04/2023", "upload": scan("ky.docx", b"chi la chu")}
    page = as_user(cast.officer).post(page_of(assignment), given)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Bản đã ký phải là tệp PDF hoặc ảnh quét" in text
    assert 'value="125/SYT-VP"' in text
    assert not Paper.objects.exists()


def test_a_number_without_its_day_is_told_at_the_field(as_user, cast, assignment):
    page = as_user(cast.officer).post(page_of(assignment), {"number": "125/SYT-VP"})
    assert page.status_code == 422
    assert "Đề nghị ghi đủ cả số và ngày" in page.content.decode()


def test_nothing_at_all_is_told_too(as_user, cast, assignment):
    page = as_user(cast.officer).post(page_of(assignment), {})
    assert page.status_code == 422
    assert "Đề nghị ghi số và ngày, hoặc chọn tệp đã ký" in page.content.decode()


def test_the_same_number_twice_in_a_year_is_warned_of_and_kept(as_user, cast, assignment):
    client = as_user(cast.officer)
    given = {"number": "125/SYT-VP", "dated_on": "26/04/2023"}
    client.post(page_of(assignment), given)
    client.post(page_of(assignment, "forwarding"), given)
    text = client.get(page_of(assignment, "forwarding")).content.decode()
    assert "đã ghi cho văn bản khác" in text
    assert Paper.objects.filter(number="125/SYT-VP").count() == 2


def test_the_desk_reads_a_reply_that_was_sent_and_records_nothing_for_the_agency(as_user, cast, assignment):
    record_issue(reply_paper(assignment), actor=cast.officer, number="125/SYT-VP", dated_on=date(2023, 4, 26))
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    client = as_user(cast.staff)
    assert client.get(page_of(assignment)).status_code == 404
    submit_report(assignment, actor=cast.officer)
    text = client.get(page_of(assignment)).content.decode()
    assert "125/SYT-VP" in text
    assert "Ghi nhận văn bản đã phát hành" not in text
    assert client.post(page_of(assignment), {"number": "1", "dated_on": "26/04/2023"}).status_code == 403


def test_papers_that_the_agency_keeps_to_itself_are_no_page_for_the_desk(as_user, cast, assignment):
    assert as_user(cast.staff).get(page_of(assignment, "forwarding")).status_code == 403
    assert as_user(cast.officer).get(page_of(assignment, "summary")).status_code == 404


def test_staff_keep_the_signed_summary_and_the_leader_reads_it(as_user, cast, assignment):
    url = reverse("directives:desk_paper_issued", args=[assignment.directive_id, "summary"])
    as_user(cast.staff).post(url, {"number": "77/BC-STTTT", "dated_on": "26/04/2023", "upload": scan()})
    client = as_user(cast.leader)
    text = client.get(url).content.decode()
    assert "77/BC-STTTT" in text
    assert "quet.jpg" in text
    assert client.post(url, {"upload": scan("khac.jpg")}).status_code == 403


def test_the_signed_directive_needs_only_its_file(as_user, cast, assignment):
    url = reverse("directives:desk_paper_issued", args=[assignment.directive_id, "directive"])
    client = as_user(cast.staff)
    assert client.post(url, {"upload": scan()}).status_code == 302
    text = client.get(url).content.decode()
    assert 'name="number"' not in text
    assert (
        "quet.jpg" in as_user(cast.officer).get(reverse("directives:assignment", args=[assignment.pk])).content.decode()
    )


def test_a_copy_is_handed_out_as_it_came_to_those_who_see_its_paper(as_user, cast, assignment, letter):
    kept = record_issue(reply_paper(assignment), actor=cast.officer, upload=scan("ky.pdf", letter))
    reply = as_user(cast.officer).get(reverse("directives:paper_copy", args=[kept.pk]))
    assert b"".join(reply.streaming_content) == letter
    assert reply["Content-Disposition"].startswith("attachment")
    assert reply["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for stranger in (cast.town_officer, cast.staff):
        assert as_user(stranger).get(reverse("directives:paper_copy", args=[kept.pk])).status_code == 404


def test_number_and_day_noted_before_stand_ready_when_the_report_is_sent(as_user, cast, assignment):
    record_issue(reply_paper(assignment), actor=cast.officer, number="125/SYT-VP", dated_on=date(2023, 4, 26))
    answer_everything(assignment, cast.officer)
    text = as_user(cast.officer).get(reverse("directives:check", args=[assignment.pk])).content.decode()
    assert 'value="125/SYT-VP"' in text


def test_what_went_with_the_report_shows_its_signature_on_the_receipt(as_user, cast, assignment, letter):
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    sent = submit_report(assignment, actor=cast.officer, signed_reply=scan("ky.pdf", letter))
    text = as_user(cast.staff).get(reverse("directives:submission", args=[sent.pk])).content.decode()
    assert "Nguyên vẹn, chưa xác định người ký" in text


def test_the_agency_keeps_its_signed_report_on_an_incident_and_the_desk_reads_it(as_user, cast, assignment):
    incident = report_incident(cast.health, actor=cast.officer, assignment=assignment, values=make_values())
    url = reverse("directives:incident_paper_issued", args=[incident.pk, "incident_first"])
    given = {"number": "130/SYT-VP", "dated_on": "26/04/2023", "upload": scan()}
    assert as_user(cast.officer).post(url, given).status_code == 302
    client = as_user(cast.staff)
    text = client.get(url).content.decode()
    assert "130/SYT-VP" in text
    assert client.post(url, given).status_code == 403
    copy = reverse("directives:paper_copy", args=[PaperFile.objects.get().pk])
    assert client.get(copy).status_code == 200
    assert as_user(cast.town_officer).get(copy).status_code == 404
    assert as_user(cast.town_officer).get(url).status_code == 404
    assert paper_of(Paper.Kind.INCIDENT_FIRST, incident) == Paper.objects.get()


def test_what_the_printing_jobs_print_is_the_same_paper(as_user, cast, assignment):
    printed = paper_of(Paper.Kind.REPLY, assignment)
    as_user(cast.officer).post(page_of(assignment), {"upload": scan()})
    assert Paper.objects.get() == printed
    summary = reverse("directives:desk_paper_issued", args=[assignment.directive_id, "summary"])
    as_user(cast.staff).post(summary, {"upload": scan()})
    assert paper_of(Paper.Kind.SUMMARY, assignment.directive).files.count() == 1


def check(client, data, name="tep.pdf"):
    return client.post(reverse("directives:file_check"), {"upload": SimpleUploadedFile(name, data)})


def test_staff_ask_what_a_file_is(as_user, cast, assignment, letter):
    record_issue(reply_paper(assignment), actor=cast.officer, upload=scan("ky.pdf", letter))
    text = check(as_user(cast.staff), letter).content.decode()
    assert "Văn bản của hệ thống" in text
    assert "Sở Y tế" in text
    assert PERSON in text
    assert PaperFile.objects.count() == 1


def test_a_file_of_nobody_is_said_to_be_none_of_ours(as_user, cast, assignment):
    text = check(as_user(cast.staff), plain_pdf("la")).content.decode()
    assert "Không phải văn bản nào" in text
    assert "Tệp không có chữ ký số" in text


def test_a_damaged_pdf_and_no_file_at_all_are_told(as_user, cast):
    client = as_user(cast.staff)
    assert "bị hỏng" in check(client, b"%PDF-1.7 hong %%EOF").content.decode()
    assert client.post(reverse("directives:file_check"), {}).status_code == 422
