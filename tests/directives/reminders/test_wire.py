"""The bytes of a message read back as what was written."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.mail import BadHeaderError, EmailMultiAlternatives

from directives.reminders.wire import as_bytes

SUBJECT = "[Khẩn] [Nhắc việc] Còn 2 ngày làm việc: báo cáo thực hiện Công văn số 123/STTTT-BCVT&CNTT về " + "việc " * 20


def message(**fields) -> EmailMultiAlternatives:
    values = {"subject": "Nhắc việc", "body": "Kính gửi\n\n.một\nhai", "to": ["syt@binhdinh.example"]} | fields
    html = values.pop("html", "<p>Kính gửi</p>\n<p>hai</p>")
    made = EmailMultiAlternatives(**values)
    made.attach_alternative(html, "text/html")
    return made


def read(made: EmailMultiAlternatives):
    return message_from_bytes(as_bytes(made), policy=default)


def test_headers_text_and_html_are_read_back():
    references = " ".join(f"<{'a' * 40}{n}@binhdinh.example>" for n in range(6))
    made = message(subject=SUBJECT.strip(), headers={"Message-ID": "<1@x>", "References": references})
    mail = read(made)
    assert (mail["Subject"], mail["To"], mail["Message-ID"]) == (SUBJECT.strip(), "syt@binhdinh.example", "<1@x>")
    assert mail["References"].split() == references.split()
    assert mail.get_body(("plain",)).get_content().splitlines() == ["Kính gửi", "", ".một", "hai"]
    assert mail.get_body(("html",)).get_content().splitlines() == ["<p>Kính gửi</p>", "<p>hai</p>"]


def test_every_line_fits_and_ends_with_crlf():
    written = as_bytes(message(subject=SUBJECT, body="dài " * 900, html="<p>" + "dài " * 900 + "</p>"))
    assert max(len(line) for line in written.split(b"\r\n")) <= 998
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert (
        message_from_bytes(written, policy=default).get_body(("plain",)).get_content().strip() == ("dài " * 900).strip()
    )


def test_it_says_the_same_as_djangos_own():
    made = message(headers={"Message-ID": "<1@x>", "Date": "Wed, 26 Apr 2023 09:00:00 +0700"})
    django = message_from_bytes(made.message().as_bytes(), policy=default)
    assert {k: str(v) for k, v in read(made).items() if k != "Content-Type"} == {
        k: str(v) for k, v in django.items() if k != "Content-Type"
    }


def test_a_header_of_several_lines_is_refused():
    with pytest.raises(BadHeaderError):
        as_bytes(message(subject="Nhắc\nBcc: x@y.example"))
