"""Two texts word by word: nothing is lost, and only what differs is marked."""

import time

import pytest

from alertdesk.lib.differences import differences

CASES = [
    ("", ""),
    ("như cũ", "như cũ"),
    ("", "mới hoàn toàn"),
    ("bỏ hết", ""),
    ("rà soát trước 30/4.", "rà soát, báo cáo trước 29/4."),
    ("một dòng\nhai dòng", "một dòng\n\nhai dòng thêm"),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_both_texts_can_be_read_off_the_pieces(before, after):
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after
    former = "".join(piece.text for piece in pieces if piece.kind != "ins")
    assert "".join(former.split()) == "".join(before.split())


def test_only_the_words_that_differ_are_marked():
    pieces = differences("Hoàn thành trước ngày 28/4/2023.", "Hoàn thành trước ngày 29/4/2023.")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [("del", "28/4/2023"), ("ins", "29/4/2023")]


def test_a_mark_after_a_word_is_a_change_of_its_own():
    pieces = differences("Chủ động rà soát các lỗ hổng", "Chủ động rà soát, thống kê các lỗ hổng")
    assert [(p.kind, p.text) for p in pieces if p.kind != "same"] == [("ins", ", thống kê ")]


def test_a_wrapped_line_is_no_other_word_but_a_new_paragraph_is():
    assert {p.kind for p in differences("an toàn  thông tin", "an toàn thông tin")} == {"same"}
    assert {p.kind for p in differences("an toàn thông tin", "an toàn\nthông tin")} > {"same"}


def test_long_texts_are_compared_quickly():
    before = "bảo đảm an toàn thông tin mạng " * 1500
    began = time.perf_counter()
    differences(before, before.replace("mạng", "mạng,", 40))
    assert time.perf_counter() - began < 5
