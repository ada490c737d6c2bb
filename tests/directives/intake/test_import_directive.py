"""The command: prints a draft or one sentence that says what is wrong, and saves only when asked to."""

import json
import os

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Role
from directives.models import Directive
from tests.cast import make_agency, make_user
from tests.directives.intake.builders import DEMO, demo_text

pytestmark = pytest.mark.django_db


def refused(path, capsys, *options) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        call_command("import_directive", str(path), *options)
    return stop.value.code, *capsys.readouterr()


def test_json_prints_one_draft_and_saves_nothing(capsys):
    call_command("import_directive", str(DEMO), "--json")
    draft = json.loads(capsys.readouterr().out)
    assert draft["error"] is None
    assert len(draft["actions"]) == 5
    assert not Directive.objects.exists()


@pytest.mark.parametrize(("content", "code"), [(b"", "empty"), ("ba quả trứng".encode(), "not_a_directive")], ids=str)
def test_a_bad_file_gives_its_code_and_status_2(tmp_path, capsys, content, code):
    path = tmp_path / "cong-van.txt"
    path.write_bytes(content)
    status, out, _ = refused(path, capsys, "--json")
    assert status == 2
    assert json.loads(out)["code"] == code
    assert " / " in json.loads(out)["error"]
    assert not Directive.objects.exists()


def test_without_json_the_sentence_goes_to_standard_error(tmp_path, capsys):
    status, out, err = refused(tmp_path / "none.txt", capsys)
    assert (status, out) == (2, "")
    assert "Không tìm thấy tệp" in err
    assert "not found" in err


def test_a_directory_is_refused(tmp_path, capsys):
    status, out, _ = refused(tmp_path, capsys, "--json")
    assert (status, json.loads(out)["code"]) == (2, "not_a_file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path, capsys):
    path = tmp_path / "cong-van.txt"
    path.write_text(demo_text())
    path.chmod(0)
    status, out, _ = refused(path, capsys, "--json")
    assert (status, json.loads(out)["code"]) == (2, "not_readable")


def test_a_huge_file_is_refused_by_its_size_before_it_is_read(tmp_path, capsys, monkeypatch):
    path = tmp_path / "cong-van.txt"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail("the file was read"))
    status, out, _ = refused(path, capsys, "--json")
    assert (status, json.loads(out)["code"]) == (2, "too_large")


def test_without_json_the_draft_is_saved_for_the_only_member_of_staff(capsys):
    make_user("desk@desk.example", Role.STAFF, make_agency("Sở Thông tin và Truyền thông"))
    call_command("import_directive", str(DEMO))
    directive = Directive.objects.get()
    assert directive.actions.count() == 5
    assert (directive.number, directive.day, directive.deadline) == ("", None, None)
    assert "Số văn bản còn để trống." in capsys.readouterr().out


def test_nothing_is_saved_when_nobody_can_be_named():
    with pytest.raises(CommandError, match="--actor"):
        call_command("import_directive", str(DEMO))
    assert not Directive.objects.exists()


def test_a_day_without_its_month_is_printed_but_not_saved_as_a_date(tmp_path, capsys):
    make_user("desk@desk.example", Role.STAFF, make_agency("Sở Thông tin và Truyền thông"))
    path = tmp_path / "cong-van.txt"
    path.write_text(demo_text().replace("ngày tháng 4 năm 2023", "ngày 26 tháng    năm 2023"), encoding="utf-8")
    call_command("import_directive", str(path), "--json")
    assert json.loads(capsys.readouterr().out)["day"] == 26
    call_command("import_directive", str(path))
    assert Directive.objects.get().day is None
