"""A refusal is told in plain words with what helps; what nobody knows is said to be so."""

import pytest

from directives.reports.refusals import read_refusal


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("550 5.1.1 no such mailbox", "Địa chỉ không có"),
        ("550 không có hộp thư; User unknown in virtual mailbox table", "Địa chỉ không có"),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", "Địa chỉ không có"),
        ("550 5.1.2 Bad destination", "Tên miền sau ký tự @"),
        ("552 5.2.2 The email account that you tried to reach is over quota", "Hộp thư đã đầy"),
        ("550 5.2.1 The account is disabled", "bị khóa"),
        ("552 5.3.4 Message size exceeds fixed limit", "dung lượng"),
        ("554 5.7.1 Relay access denied", "không chấp nhận thư từ hệ thống này"),
        ("550 SPF check failed", "không chấp nhận thư từ hệ thống này"),
        ("554 transaction failed", "từ chối hẳn"),
        ("451 4.7.1 greylisted", "thử gửi nhiều lần"),
        ("UnicodeError", "thử gửi nhiều lần"),
        ("", "thử gửi nhiều lần"),
    ],
)
def test_what_the_server_says_is_put_into_plain_words(answer, reason):
    refusal = read_refusal(answer)
    assert reason in refusal.reason
    assert "Đề nghị" in refusal.advice
