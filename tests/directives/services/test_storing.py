"""The name a file is handed out under says what the file is, whatever it was called."""

import pytest

from directives.services.storing import NAME_LENGTH, shown_name

PDF, TEXT, JPEG = "application/pdf", "text/plain", "image/jpeg"


@pytest.mark.parametrize(
    ("name", "content_type", "shown"),
    [
        ("Báo cáo.PDF", PDF, "Báo cáo.PDF"),
        ("anh.jpeg", JPEG, "anh.jpeg"),
        ("so-lieu.csv", TEXT, "so-lieu.csv"),
        ("don-dep.bat", TEXT, "don-dep.bat.txt"),
        ("trang.html", JPEG, "trang.html.jpg"),
        ("khong-duoi", PDF, "khong-duoi.pdf"),
        ("../../etc/passwd", TEXT, "passwd.txt"),
        ("C:\\tep\\\u202egpj.exe", TEXT, "gpj.exe.txt"),
        ("", TEXT, "file.txt"),
    ],
)
def test_a_name_keeps_its_words_and_bears_the_ending_of_its_kind(name, content_type, shown):
    assert shown_name(name, content_type) == shown


def test_a_long_name_keeps_its_ending():
    shown = shown_name("a" * 300 + ".pdf", PDF)
    assert len(shown) == NAME_LENGTH
    assert shown.endswith("a.pdf")
