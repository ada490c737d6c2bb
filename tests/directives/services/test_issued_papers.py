"""Number, date and signed copy of a paper, as the clerk's office gave them."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Event
from directives.models import DirectiveFile, Paper, PaperFile
from directives.services.errors import FileRefused, Incomplete, NotAllowed
from directives.services.issued_papers import papers_numbered_alike, record_issue, reply_paper
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_cast
from tests.directives.signatures.makers import PERSON, Authority, signed
from tests.pdfs import plain_pdf

pytestmark = pytest.mark.django_db
DAY = date(2023, 4, 27)
JPG = b"\xff\xd8\xff\xe0 ban quet"


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def assignment(cast):
    return cast.issue()[0]


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def trusted(authority, tmp_path, settings):
    (tmp_path / "goc.pem").write_bytes(authority.pem)
    settings.SIGNATURE_ROOTS = str(tmp_path)
    return authority


def _file(data, name="ky.pdf"):
    return SimpleUploadedFile(name, data)


def _summary(directive):
    return Paper(kind=Paper.Kind.SUMMARY, directive=directive)


def test_number_and_date_are_kept_as_given(assignment, cast):
    record_issue(reply_paper(assignment), actor=cast.officer, number="125/SYT-VP", dated_on=DAY)
    paper = Paper.objects.get()
    assert (paper.number, paper.dated_on, paper.given_by) == ("125/SYT-VP", DAY, cast.officer)
    event = Event.objects.get(act="paper_number")
    assert (event.subject_id, event.agency, event.data) == (paper.pk, cast.health, {"dated_on": "2023-04-27"})


def test_a_slip_in_the_number_is_mended_and_the_same_number_again_is_no_event(assignment, cast):
    for number in ("12/SYT-VP", "125/SYT-VP", "125/SYT-VP"):
        record_issue(reply_paper(assignment), actor=cast.officer, number=number, dated_on=DAY)
    assert Paper.objects.get().number == "125/SYT-VP"
    assert Event.objects.filter(act="paper_number").count() == 2


@pytest.mark.parametrize("given", [{}, {"number": "125/SYT-VP"}, {"dated_on": DAY}])
def test_half_a_number_is_refused_and_nothing_is_kept(assignment, cast, given):
    with pytest.raises(Incomplete):
        record_issue(reply_paper(assignment), actor=cast.officer, **given)
    assert not Paper.objects.exists()


def test_a_stranger_records_nothing(assignment, cast):
    for stranger in (cast.town_officer, cast.staff, cast.leader):
        with pytest.raises(NotAllowed):
            record_issue(reply_paper(assignment), actor=stranger, number="1", dated_on=DAY)


def test_a_signed_pdf_is_kept_with_what_its_signature_says(assignment, cast, trusted):
    data = signed(plain_pdf(), trusted.issue(PERSON))
    kept = record_issue(reply_paper(assignment), actor=cast.officer, upload=_file(data))
    assert (kept.form, kept.format, kept.file.read()) == ("signed", "pdf", data)
    assert (kept.signatures[0]["signer"], kept.signatures[0]["trust"]) == (PERSON, "trusted")
    event = Event.objects.get(act="paper_copy")
    assert event.data == {"paper": kept.paper_id, "form": "signed", "sha256": kept.sha256}


@pytest.mark.parametrize(("data", "name"), [(plain_pdf(), "quet.pdf"), (JPG, "quet.jpg")])
def test_what_bears_no_signature_is_kept_as_a_scan(assignment, cast, data, name):
    kept = record_issue(reply_paper(assignment), actor=cast.officer, upload=_file(data, name))
    assert (kept.form, kept.signatures) == ("scan", [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\nhong\n%%EOF\n", "hỏng"),
        (b"chi la chu", "PDF"),
        (b"", "không có nội dung"),
    ],
)
def test_what_cannot_be_a_signed_copy_is_refused_and_the_number_is_not_kept_either(assignment, cast, data, words):
    with pytest.raises(FileRefused, match=words):
        record_issue(reply_paper(assignment), actor=cast.officer, number="1", dated_on=DAY, upload=_file(data))
    assert not Paper.objects.exists()


def test_the_same_file_twice_is_refused(assignment, cast):
    record_issue(reply_paper(assignment), actor=cast.officer, upload=_file(JPG, "a.jpg"))
    with pytest.raises(FileRefused):
        record_issue(reply_paper(assignment), actor=cast.officer, upload=_file(JPG, "b.jpg"))


@pytest.fixture
def printed(assignment):
    paper = reply_paper(assignment)
    paper.save()
    data = plain_pdf("ban in")
    file = {"size": len(data), "sha256": sha256(data).hexdigest(), "name": "in.pdf"}
    return data, PaperFile.objects.create(paper=paper, form="rendered", format="pdf", content_key="k", **file)


def test_a_signed_copy_knows_the_print_it_was_made_on(assignment, cast, trusted, printed):
    data, print_row = printed
    kept = record_issue(reply_paper(assignment), actor=cast.officer, upload=_file(signed(data, trusted.issue(PERSON))))
    assert kept.printed_from == print_row


def test_the_print_itself_is_not_taken_for_what_was_signed(assignment, cast, printed):
    data, _row = printed
    with pytest.raises(FileRefused):
        record_issue(reply_paper(assignment), actor=cast.officer, upload=_file(data))


def test_the_signed_directive_is_shown_to_its_recipients(assignment, cast):
    directive = assignment.directive
    record_issue(Paper(kind=Paper.Kind.DIRECTIVE, directive=directive), actor=cast.staff, upload=_file(JPG, "a.jpg"))
    shown = directive.files.get(kind=DirectiveFile.Kind.SIGNED_ORIGINAL)
    assert shown.file.read() == JPG


def test_a_directive_keeps_its_own_number(assignment, cast):
    with pytest.raises(Incomplete):
        record_issue(
            Paper(kind=Paper.Kind.DIRECTIVE, directive=assignment.directive),
            actor=cast.staff,
            number="1",
            dated_on=DAY,
        )


def test_the_same_number_of_one_body_in_one_year_is_found(cast):
    first, second = cast.issue(), cast.issue(subject="lần sau")
    for assignments, number, day in ((first, "125/SYT-VP", DAY), (second, "125 / syt-vp", date(2023, 12, 1))):
        record_issue(reply_paper(assignments[0]), actor=cast.officer, number=number, dated_on=day)
    assert papers_numbered_alike(reply_paper(second[0])) == [reply_paper(first[0])]


def test_another_year_or_another_body_may_have_the_same_number(cast):
    first, second = cast.issue(), cast.issue(subject="lần sau")
    record_issue(reply_paper(first[0]), actor=cast.officer, number="125/VP", dated_on=DAY)
    record_issue(reply_paper(first[1]), actor=cast.town_officer, number="125/VP", dated_on=DAY)
    record_issue(reply_paper(second[0]), actor=cast.officer, number="125/VP", dated_on=date(2022, 4, 27))
    assert [papers_numbered_alike(paper) for paper in Paper.objects.all()] == [[], [], []]


def test_the_summary_is_compared_with_the_numbers_of_directives(cast):
    directive = cast.issue()[0].directive
    directive.number, directive.day = "77", 26
    directive.save()
    record_issue(_summary(directive), actor=cast.staff, number=directive.full_number, dated_on=DAY)
    (other,) = papers_numbered_alike(Paper.objects.get(kind=Paper.Kind.SUMMARY))
    assert (other.kind, other.directive) == (Paper.Kind.DIRECTIVE, directive)


def test_what_goes_with_the_report_is_the_papers_number_and_copy(assignment, cast):
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    upload = _file(JPG, "a.jpg")
    sent = submit_report(assignment, actor=cast.officer, signed_reply=upload, signed_number="125/SYT-VP", signed_on=DAY)
    paper = reply_paper(assignment)
    assert (paper.number, paper.dated_on) == ("125/SYT-VP", DAY)
    assert paper.files.get().file.name == sent.files.get().file.name


def test_a_copy_recorded_before_lets_the_officer_send_without_approval(cast):
    town = cast.issue()[1]
    answer_everything(town, cast.town_officer)
    town.refresh_from_db()
    with pytest.raises(Incomplete):
        submit_report(town, actor=cast.town_officer)
    record_issue(reply_paper(town), actor=cast.town_officer, upload=_file(JPG, "a.jpg"))
    assert submit_report(town, actor=cast.town_officer).round == 1
