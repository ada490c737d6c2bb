"""`verify_paper` says which paper a file is, what its signatures are worth, and leaves by a status for scripts."""

import json
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from agencies.models import Event
from directives.models import PaperFile
from directives.services.issued_papers import record_issue, reply_paper
from tests.cast import make_cast
from tests.directives.signatures.makers import PERSON, Authority, signed
from tests.pdfs import plain_pdf

pytestmark = pytest.mark.django_db
PRINT = plain_pdf("ban in")


@pytest.fixture(scope="module")
def letter():
    authority = Authority()
    return authority, signed(PRINT, authority.issue(PERSON))


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def paper(cast):
    """The reply of an agency, printed twice here."""
    paper = reply_paper(cast.issue()[0])
    paper.save()
    for data, key in ((PRINT, "1"), (plain_pdf("ban in sau"), "2")):
        PaperFile.objects.create(
            paper=paper,
            form="rendered",
            format="pdf",
            content_key=key,
            name="in.pdf",
            size=len(data),
            sha256=sha256(data).hexdigest(),
        )
    return paper


@pytest.fixture
def verify(tmp_path, capsys):
    def run(data, *options):
        file = tmp_path / "tep.pdf"
        file.write_bytes(data)
        status = 0
        try:
            call_command("verify_paper", str(file), *options)
        except SystemExit as left:
            status = left.code
        return status, capsys.readouterr().out

    return run


def test_a_print_is_known_with_its_version(verify, paper):
    status, said = verify(PRINT)
    assert status == 0
    assert "Sở Y tế" in said
    assert "PDF, bản thứ 1 trong 2 bản" in said
    assert "Tệp không có chữ ký số." in said


@pytest.mark.parametrize("file_format", ["pdf", "docx"])
def test_what_render_paper_writes_is_known(verify, cast, tmp_path, file_format):
    assignment, out = cast.issue()[0], tmp_path / f"in.{file_format}"
    call_command("render_paper", "reply", str(assignment.pk), "--format", file_format, "--out", str(out))
    status, said = verify(out.read_bytes(), "--json")
    (match,) = json.loads(said[said.index("{") :])["matches"]
    assert status == 0
    assert "Sở Y tế" in match["paper"]
    digest = sha256(out.read_bytes()).hexdigest()
    assert Event.objects.get(act="fetch_paper").data["sha256"] == digest


def test_a_stranger_is_none_of_ours(verify, paper):
    status, said = verify(plain_pdf("cua ai"))
    assert status == 1
    assert "Không phải văn bản nào của hệ thống." in said


def test_what_was_signed_outside_on_our_print_is_known_before_it_is_uploaded(verify, paper, letter):
    status, said = verify(letter[1])
    assert status == 0
    assert "được ký trên bản in từ hệ thống; PDF, bản thứ 1 trong 2 bản" in said
    assert PERSON in said
    assert "chưa cấu hình chứng thư gốc" in said


def test_a_kept_copy_is_known_with_the_print_it_was_signed_on(verify, paper, letter, cast):
    record_issue(paper, actor=cast.officer, upload=SimpleUploadedFile("ky.pdf", letter[1]))
    status, said = verify(letter[1], "--json")
    found = json.loads(said)
    assert (status, found["ours"], found["sound"]) == (0, True, True)
    assert [match["form"] for match in found["matches"]] == ["signed", "signed_on_print"]
    assert "ký trên bản in thứ 1" in found["matches"][0]["version"]
    assert found["signatures"][0]["signer"] == PERSON


def test_one_changed_byte_in_a_signed_copy_is_none_of_ours_and_says_why(verify, paper, letter):
    data = bytearray(letter[1])
    data[data.index(b"595")] ^= 1
    status, said = verify(bytes(data))
    assert status == 1
    assert "Đã bị thay đổi sau khi ký" in said


def test_roots_that_are_set_up_confirm_the_signer(verify, paper, letter, settings, tmp_path):
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "goc.pem").write_bytes(letter[0].pem)
    (folder / "hong.pem").write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    settings.SIGNATURE_ROOTS = str(folder)
    assert "Nguyên vẹn, đã xác định người ký" in verify(letter[1])[1]


@pytest.mark.parametrize(("data", "code"), [(b"%PDF-1.7 hong %%EOF", "damaged")])
def test_a_file_that_cannot_be_read_has_a_status_of_its_own(verify, data, code):
    status, said = verify(data, "--json")
    assert (status, json.loads(said)["code"]) == (2, code)


def test_a_missing_file_is_said_and_has_the_same_status(capsys):
    with pytest.raises(SystemExit) as left:
        call_command("verify_paper", "/khong/co/tep.pdf")
    assert left.value.code == 2
    assert "Không đọc được tệp" in capsys.readouterr().err
