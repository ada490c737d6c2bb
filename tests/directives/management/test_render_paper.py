"""`render_paper` writes a paper or says in two languages why not, with status 2 and no traceback."""

import io

import pytest
from django.core.management import CommandError, call_command

from alertdesk.lib import clock
from directives.models import Answer, DemoClock
from tests.cast import make_cast
from tests.directives.papers import word
from tests.directives.papers.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment():
    return make_cast().issue(number="123", day=26)[0]


def _run(tmp_path, *arguments):
    out = tmp_path / "paper.pdf"
    call_command("render_paper", *arguments, "--out", str(out), stdout=io.StringIO())
    return out.read_bytes()


def test_each_kind_is_written(tmp_path, assignment):
    assert "V/v báo cáo" in text(_run(tmp_path, "reply", str(assignment.pk)))
    assert "BÁO CÁO" in text(_run(tmp_path, "reply", str(assignment.pk), "--form", "report"))
    assert "Phụ lục" in text(_run(tmp_path, "summary", str(assignment.directive_id)))
    assert "123/STTTT-BCVT&CNTT" in text(_run(tmp_path, "directive", str(assignment.directive_id)))
    for kind, row in (("directive", assignment.directive), ("summary", assignment.directive), ("reply", assignment)):
        written = _run(tmp_path, kind, str(row.pk), "--format", "docx")
        assert "123/STTTT-BCVT&CNTT" in word.text(written)


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (("memo", "1"), "Không có loại văn bản “memo”", "There is no paper of kind “memo”"),
        (("reply", "999"), "Không có bản ghi mã “999”", "There is nothing with id “999”"),
        (("summary", "1'; --"), "Không có bản ghi mã", "There is nothing with id"),
        (("summary", "²"), "Không có bản ghi mã", "There is nothing with id"),
        (("directive", "1", "--format", "odt"), "không in được ở định dạng “odt”", "not printed as “odt”"),
    ],
)
def test_wrong_request_is_refused_in_both_languages(tmp_path, arguments, vietnamese, english):
    with pytest.raises(CommandError) as refused:
        _run(tmp_path, *arguments)
    assert refused.value.returncode == 2
    assert vietnamese in str(refused.value)
    assert english in str(refused.value)
    assert not (tmp_path / "paper.pdf").exists()


def test_place_that_cannot_be_written_is_named(tmp_path, assignment):
    with pytest.raises(CommandError, match="Không ghi được tệp") as refused:
        call_command("render_paper", "reply", str(assignment.pk), "--out", str(tmp_path / "no" / "x.pdf"))
    assert refused.value.returncode == 2


def test_letter_the_font_lacks_is_told_without_a_traceback(tmp_path, assignment):
    Answer.objects.filter(assignment=assignment, action__position=1).update(status="done", note="✅")
    with pytest.raises(CommandError, match=r"U\+2705") as refused:
        _run(tmp_path, "reply", str(assignment.pk))
    assert refused.value.returncode == 2


def test_demo_prints_at_the_moment_of_the_story(tmp_path, assignment):
    DemoClock.objects.create(now=clock.local(2023, 5, 4, 9))
    assert "Số liệu tính đến 09 giờ 00 phút ngày 04/5/2023" in text(
        _run(tmp_path, "summary", str(assignment.directive_id))
    )
