"""Digital signatures in words: the mark and the sentences that a clerk reads."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation

from directives.reports.signatures import revocation_remark, signature_words
from directives.signatures import Coverage, Later, PdfSignatures, Signature, TimeSource, Trust

SIGNED_AT = datetime(2026, 4, 28, 3, 5, 7, tzinfo=UTC)
GOOD = Signature(
    is_intact=True,
    coverage=Coverage.WHOLE,
    later=Later.NOTHING,
    trust=Trust.TRUSTED,
    signer="Nguyễn Văn A",
    organisation="Sở Y tế",
    issuer="CA thử nghiệm",
    valid_from=datetime(2025, 1, 1, tzinfo=UTC),
    valid_to=datetime(2028, 1, 1, tzinfo=UTC),
    signed_at=SIGNED_AT,
    time_source=TimeSource.STAMP,
)


def words(**changes):
    (said,) = signature_words(PdfSignatures((replace(GOOD, **changes),)))
    return said


def test_a_good_signature_says_who_when_what_and_on_whose_word():
    said = words()
    assert (said.tone, said.mark, said.who) == ("ok", "Nguyên vẹn, đã xác định người ký", "Nguyễn Văn A – Sở Y tế")
    text = " ".join(said.lines)
    assert "bao phủ toàn bộ tệp" in text
    assert "10:05:07 28/04/2026, theo dấu thời gian tin cậy" in text
    assert "CA thử nghiệm" in text
    assert "01/01/2025" in text


@pytest.mark.parametrize(
    ("changes", "tone", "mark", "line"),
    [
        ({"trust": Trust.NO_ROOTS}, "warn", "chưa xác định người ký", "chưa cấu hình chứng thư gốc"),
        ({"trust": Trust.UNTRUSTED}, "warn", "chưa xác định người ký", "không do chứng thư gốc nào"),
        ({"trust": Trust.EXPIRED}, "warn", "chưa xác định người ký", "hết hiệu lực"),
        ({"trust": Trust.WEAK}, "warn", "chưa xác định người ký", "không còn an toàn"),
        ({"is_intact": False, "trust": Trust.UNKNOWN}, "bad", "Đã bị thay đổi", "tệp đã bị thay đổi"),
        ({"later": Later.CHANGED}, "bad", "Đã bị thay đổi", "bổ sung sau khi ký"),
        ({"coverage": Coverage.PART}, "bad", "một phần", "chỉ bao phủ một phần"),
        ({"later": Later.SIGNED, "coverage": Coverage.REVISION}, "ok", "Nguyên vẹn", "chỉ có thêm chữ ký"),
        ({"time_source": TimeSource.SIGNER}, "ok", "Nguyên vẹn", "đồng hồ của máy người ký"),
        ({"time_source": TimeSource.UNTRUSTED_STAMP}, "ok", "Nguyên vẹn", "chưa xác minh được"),
        ({"time_source": TimeSource.NONE}, "ok", "Nguyên vẹn", "không ghi thời điểm"),
    ],
)
def test_each_finding_has_its_own_sentence(changes, tone, mark, line):
    said = words(**changes)
    assert said.tone == tone
    assert mark in said.mark
    assert line in " ".join(said.lines)


def test_a_signature_that_nobody_can_read_proves_nothing():
    (said,) = signature_words(PdfSignatures((Signature(),)))
    assert (said.tone, said.who) == ("bad", "")
    assert "không có giá trị chứng minh" in said.lines[0]


def test_that_revocation_is_not_looked_up_is_said():
    assert "thu hồi" in revocation_remark()


def test_the_same_is_said_in_english():
    with translation.override("en"):
        assert words().mark == "Intact, and the signer is proven"
