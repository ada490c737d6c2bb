"""What a file is, is decided by its bytes: a page of any sort is never taken for a text."""

import pytest

from alertdesk.lib.file_kinds import KINDS, content_type_of


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf \n<!doctype html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\x00\x03",
        b"PK\x03\x04 not an archive",
        b"%PDF-1.7 without its end",
        b"text with \x00 in it",
        b"   \n",
    ],
)
def test_what_is_no_document_is_refused(data):
    assert content_type_of(data) is None


def test_text_and_pictures_are_told_by_their_first_bytes():
    assert content_type_of("Báo cáo kết quả".encode()) == KINDS["txt"]
    assert content_type_of(b"\x89PNG\r\n\x1a\n<script>") == KINDS["png"]
    assert content_type_of(b"%PDF-1.7\n%%EOF\n") == KINDS["pdf"]
