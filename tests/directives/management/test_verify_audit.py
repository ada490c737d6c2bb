"""`verify_audit` finds what is no longer as the trail says, and compares the trail with a fingerprint noted before."""

import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from agencies.models import Event
from directives.models import Evidence, PaperFile, Submission
from directives.services.answering import add_evidence
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_cast

pytestmark = pytest.mark.django_db
JPG = b"\xff\xd8\xff\xe0 da ky"


@pytest.fixture
def sent():
    """A report with evidence and a signed copy."""
    cast = make_cast()
    assignment = cast.issue()[0]
    add_evidence(assignment.answers.first(), SimpleUploadedFile("anh.jpg", JPG + b"1"), actor=cast.officer)
    answer_everything(assignment, cast.officer)
    assignment.refresh_from_db()
    return submit_report(assignment, actor=cast.officer, signed_reply=SimpleUploadedFile("ky.jpg", JPG))


@pytest.fixture
def verify(capsys):
    def run(*options):
        status = 0
        try:
            call_command("verify_audit", *options)
        except SystemExit as left:
            status = left.code
        return status, capsys.readouterr().out

    return run


def findings(said):
    return [(found["code"], found["kind"]) for found in json.loads(said)["findings"]]


def test_what_is_as_it_was_ends_well(verify, sent):
    status, said = verify()
    assert status == 0
    assert "3 tệp, 1 lần gửi" in said
    assert "đều khớp" in said


def test_a_changed_and_a_missing_file_are_found(verify, sent):
    Path(Evidence.objects.get().file.path).write_bytes(b"khac")
    Path(PaperFile.objects.get().file.path).unlink()
    status, said = verify("--json")
    assert status == 1
    assert set(findings(said)) == {
        ("changed_bytes", "evidence"),
        ("missing_bytes", "submissionfile"),
        ("missing_bytes", "paperfile"),
    }


def test_a_file_of_which_the_trail_does_not_tell_is_found(verify, sent):
    Event.objects.filter(act="paper_copy").delete()
    status, said = verify("--json")
    assert (status, findings(said)) == (1, [("no_event", "paperfile")])


def test_a_report_changed_after_it_was_frozen_is_found(verify, sent):
    sent.snapshot["items"][0]["note"] = "khác"
    Submission.objects.filter(pk=sent.pk).update(snapshot=sent.snapshot)
    status, said = verify("--json")
    assert (status, findings(said)) == (1, [("changed_submission", "submission")])


def test_the_trail_is_compared_with_what_was_noted_before(verify, sent):
    anchor = re.search(r"\d+:[0-9a-f]{64}", verify()[1])[0]
    Event.objects.create(act="later", subject_type="directive", subject_id=1)
    status, said = verify("--anchor", anchor)
    assert status == 0
    assert "không thay đổi" in said
    Event.objects.filter(act="issue").update(subject_id=99)
    status, said = verify("--anchor", anchor)
    assert status == 1
    assert "ĐÃ BỊ THAY ĐỔI" in said


def test_an_event_taken_out_shows_too(verify, sent):
    anchor = re.search(r"\d+:[0-9a-f]{64}", verify()[1])[0]
    Event.objects.filter(act="issue").delete()
    assert verify("--anchor", anchor)[0] == 1


def test_a_slip_in_the_anchor_is_told(sent):
    with pytest.raises(CommandError, match="64"):
        call_command("verify_audit", "--anchor", "12:abc")
