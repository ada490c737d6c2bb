"""The printer gives the same bytes for the same text, fetches nothing, and prints only what it can print."""

import hashlib
import os
import subprocess
import sys
import unicodedata

import pytest
from pypdfium2 import PdfDocument

from directives.papers.render import MemoryFetcher, MissingGlyph, clean, render

from .reading import language, text

PAGE = '<!doctype html><html lang="vi"><head><title>Báo cáo thử</title></head><body><p>{}</p></body></html>'
HASH = """
import hashlib, django
django.setup()
from directives.papers.render import render
print(hashlib.sha256(render({page!r})).hexdigest())
"""


def _hash_elsewhere(page: str) -> str:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "alertdesk.settings", "PYTHONHASHSEED": "random"}
    done = subprocess.run(
        [sys.executable, "-c", HASH.format(page=page)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_two_processes_print_the_same_bytes():
    page = PAGE.format("Độc lập - Tự do - Hạnh phúc")
    assert _hash_elsewhere(page) == _hash_elsewhere(page) == hashlib.sha256(render(page)).hexdigest()


def test_decomposed_letters_are_printed_composed():
    spelled = unicodedata.normalize("NFD", "Sở Nội vụ tỉnh Bình Định")
    assert "Sở Nội vụ tỉnh Bình Định" in text(render(PAGE.format(spelled)))


def test_letter_that_the_font_lacks_is_named_before_printing():
    with pytest.raises(MissingGlyph) as refused:
        render(PAGE.format("đã xong ✅"))
    assert refused.value.letters == ["✅"]
    assert "U+2705" in str(refused.value)


def test_every_vietnamese_letter_can_be_printed():
    vowels = "aăâeêioôơuưy"
    letters = {unicodedata.normalize("NFC", v + tone) for v in vowels for tone in "\u0300\u0301\u0303\u0309\u0323"}
    everything = "".join(sorted(letters | set(vowels) | {"đ"}))
    everything += everything.upper()
    assert everything in text(render(PAGE.format(everything))).replace(" ", "")


def test_invisible_signs_and_word_bullets_are_made_plain():
    assert clean("a\u200bb\ufeffc\x00d\r\n\uf0b7 e") == "abcd\n• e"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/x", "file:///etc/passwd", "data:text/plain,x", "font:../x", "img:other", "x"]
)
def test_fetcher_refuses_every_address_but_its_own(address):
    with pytest.raises(ValueError, match="refused"):
        MemoryFetcher().fetch(address)


def test_paper_carries_its_title_and_language():
    content = render(PAGE.format("Sở Nội vụ"))
    assert PdfDocument(content).get_metadata_value("Title") == "Báo cáo thử"
    assert language(content) == "vi"
