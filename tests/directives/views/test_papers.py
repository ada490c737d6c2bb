import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alertdesk.lib.file_kinds import DOCX, XLSX
from directives.models import Directive
from directives.services.answering import add_evidence, save_answer
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_directive
from tests.directives.papers import word


def url(name, row):
    return reverse(f"directives:{name}", args=[row.pk])


def test_the_agencys_reply_opens_in_the_browser_under_its_own_name(as_user, cast, assignments):
    paper = as_user(cast.officer).get(url("reply", assignments[0]))
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Content-Disposition"].startswith('inline; filename="')
    assert paper.content.startswith(b"%PDF")


def test_the_reply_is_also_printed_as_a_report(as_user, cast, assignments):
    client = as_user(cast.officer)
    letter, report = (client.get(url("reply", assignments[0]), query).content for query in ({}, {"form": "report"}))
    assert report.startswith(b"%PDF")
    assert report != letter


def test_a_sign_that_cannot_be_printed_is_named_on_the_reports_page(as_user, cast, assignments):
    answer = assignments[0].answers.first()
    save_answer(answer, actor=cast.officer, version=0, status="done", note="Xong 🎉")
    page = as_user(cast.officer).get(url("reply", assignments[0]), follow=True)
    assert page.request["PATH_INFO"] == url("assignment", assignments[0])
    assert "U+1F389" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "begins"), [("summary", b"%PDF"), ("summary_docx", b"PK"), ("paper", b"%PDF"), ("paper_docx", b"PK")]
)
def test_the_desks_papers_are_for_the_desk_and_leaders(as_user, cast, assignments, name, begins):
    address = url(name, assignments[0].directive)
    assert as_user(cast.staff).get(address).content.startswith(begins)
    assert as_user(cast.leader).get(address).content.startswith(begins)
    assert as_user(cast.officer).get(address).status_code == 403


def test_the_directive_is_saved_as_a_word_file_under_its_own_name(as_user, cast, assignments):
    directive = assignments[0].directive
    file = as_user(cast.staff).get(url("paper_docx", directive))
    assert file["Content-Type"] == DOCX
    assert file["Content-Disposition"] == f'attachment; filename="cong-van-stttt-bcvt-cntt-{directive.pk}.docx"'
    assert "Thực hiện nội dung 5." in word.text(file.content)
    assert url("paper_docx", directive) in as_user(cast.staff).get(url("detail", directive)).content.decode()


def test_the_reply_is_saved_as_a_word_file_in_the_kind_asked_for(as_user, cast, assignments):
    client, address = as_user(cast.officer), url("reply_docx", assignments[0])
    letter, report = (client.get(address, query) for query in ({}, {"form": "report"}))
    assert letter["Content-Disposition"].endswith(f'-{assignments[0].pk}.docx"')
    assert "V/v báo cáo" in word.text(letter.content)
    assert "BÁO CÁO" in word.styled(report.content)["Tên loại văn bản"]
    assert as_user(cast.town_officer).get(address).status_code == 404


@pytest.mark.parametrize("name", ["paper", "paper_docx"])
def test_a_sign_that_cannot_be_printed_is_named_on_the_directives_page(as_user, cast, assignments, name):
    directive = assignments[0].directive
    Directive.objects.filter(pk=directive.pk).update(closing="Xong 🎉")
    page = as_user(cast.staff).get(url(name, directive), follow=True)
    assert page.request["PATH_INFO"] == url("detail", directive)
    assert "U+1F389" in page.content.decode()


def test_another_agencys_reply_is_not_found_and_post_is_refused(as_user, cast, assignments):
    assert as_user(cast.town_officer).get(url("reply", assignments[0])).status_code == 404
    assert as_user(cast.officer).post(url("reply", assignments[0])).status_code == 405


def test_what_an_agency_is_still_writing_is_its_own(client, cast, assignments):
    assignment = assignments[0]
    answer = assignment.answers.first()
    kept = add_evidence(answer, SimpleUploadedFile("ban-nhap.pdf", b"%PDF-1.7\nnhap\n%%EOF\n"), actor=cast.officer)
    pages = [reverse("directives:reply", args=[assignment.pk]), reverse("directives:evidence", args=[kept.pk])]
    for who, status in ((cast.staff, 404), (cast.leader, 404), (cast.officer, 200)):
        client.force_login(who)
        assert [client.get(page).status_code for page in pages] == [status] * 2
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    submit_report(assignment, actor=cast.officer)
    client.force_login(cast.staff)
    assert [client.get(page).status_code for page in pages] == [200, 200]


def test_the_quick_report_is_for_the_desk_and_leaders_once_the_directive_is_issued(as_user, cast, assignments):
    directive = assignments[0].directive
    assert as_user(cast.leader).get(url("quick_report", directive)).content.startswith(b"%PDF")
    assert as_user(cast.staff).get(url("quick_report_docx", directive)).content.startswith(b"PK")
    assert as_user(cast.officer).get(url("quick_report", directive)).status_code == 403
    draft = make_directive(cast.desk)
    assert as_user(cast.staff).get(url("quick_report", draft)).status_code == 404


def test_the_summary_is_saved_as_a_workbook_under_its_own_name(as_user, cast, assignments):
    file = as_user(cast.leader).get(url("summary_xlsx", assignments[0].directive))
    assert file["Content-Type"] == XLSX
    assert file["Content-Disposition"].endswith('.xlsx"')
