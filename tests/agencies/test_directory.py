"""The directory of agencies comes from a CSV file: whole, or not at all."""

import pytest
from django.core.management import call_command

from agencies.models import Agency, AgencyName, Succession
from tests.cast import DIRECTORY_FILE

pytestmark = pytest.mark.django_db
HEAD = "name,short_name,symbol,kind,parent,place,valid_from,valid_to,successor\n"


def test_the_command_adds_the_agencies_with_their_names_parents_and_successors(capsys):
    call_command("import_agencies", str(DIRECTORY_FILE))
    assert "41 agencies" in capsys.readouterr().out
    office = Agency.objects.get(names__name="Sở Thông tin và Truyền thông")
    assert str(office.parent) == "Ủy ban nhân dân tỉnh Bình Định"
    assert str(Succession.objects.get(predecessor=office).successor) == "Sở Khoa học và Công nghệ"
    assert AgencyName.objects.filter(name="Sở Nội vụ").count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "needs the columns"),
        ("ten,loai\nSở Y tế,department\n", "needs the columns"),
        (HEAD + "Sở Y tế,Sở Y tế,SYT,department,,Bình Định,,,\nX,X,X,nonsense,,Y,,,\n", "Row 3"),
        (HEAD + "Sở Y tế,Sở Y tế,SYT,department,,Bình Định,31/12/2023,,\n", "2023-12-31"),
        (HEAD + "Sở Y tế,Sở Y tế,SYT,department,Không có,Bình Định,,,\n", "Không có"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_whole_with_a_sentence(tmp_path, capsys, text, said):
    file = tmp_path / "danh-muc.csv"
    file.write_text(text)
    with pytest.raises(SystemExit) as refusal:
        call_command("import_agencies", str(file))
    assert refusal.value.code == 2
    assert said in capsys.readouterr().err
    assert not Agency.objects.exists()


def test_a_missing_file_is_said(capsys, tmp_path):
    with pytest.raises(SystemExit):
        call_command("import_agencies", str(tmp_path / "khong-co.csv"))
    assert "Không đọc được" in capsys.readouterr().err
