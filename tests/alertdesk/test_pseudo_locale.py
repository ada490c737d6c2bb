"""Nothing on any page is written past gettext: a pseudo-language marks what is translated, the rest must be data."""

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.utils import translation
from django.utils.translation import trans_real

from directives.demo.story import PASSWORD
from tests.alertdesk.crawling import CLOSING, OPENING, Data, pages, people, rows_as_texts, untranslated, vietnamese

pytestmark = pytest.mark.once
ROLES = (None, "nobody", "staff", "leader", "officer", "head", "admin")


class Pseudo:
    """The Vietnamese catalogue with a mark around everything that comes out of it."""

    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        return getattr(self._real, name)

    def gettext(self, message):
        return OPENING + self._real.gettext(message) + CLOSING

    def ngettext(self, singular, plural, number):
        return OPENING + self._real.ngettext(singular, plural, number) + CLOSING


@pytest.fixture
def pseudo(monkeypatch):
    """Speak the pseudo-language instead of Vietnamese."""
    with monkeypatch.context() as patch:
        patch.setitem(trans_real._translations, "vi", Pseudo(trans_real.translation("vi")))
        with translation.override("vi"):
            yield
    translation.deactivate()  # the pages have left the pseudo-language active in this thread


@pytest.fixture
def story(db):
    """The demo story with one person for each role; returns the people and every text of the database."""
    call_command("load_demo", verbosity=0)
    who = people()
    return who, Data([*rows_as_texts(), PASSWORD])


def test_every_text_of_every_page_comes_from_the_catalogue_or_the_database(story, pseudo):
    who, data = story
    found, looked_at = {}, 0
    for role in ROLES:
        for url, page in pages(who.get(role)):
            looked_at += 1
            assert OPENING in page, url
            found |= {text: f"{url} for {role or 'a stranger'}" for text in untranslated(page, data)}
    assert found == {}
    assert looked_at > 150


@pytest.mark.slow
def test_english_pages_have_vietnamese_in_data_only(story):
    who, data = story
    found = {}
    for role in ROLES:
        for url, page in pages(who.get(role), language="en"):
            assert '<html lang="en">' in page, url
            found |= {text: f"{url} for {role or 'a stranger'}" for text in vietnamese(page, data)}
    assert found == {}


DATA = Data({"Sở Y tế", "512/STTT", "một chủ đề dài hơn hai mươi chữ cái"})


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<p>Hạn chót</p>", ["Hạn chót"]),
        ("<p>Deadline</p>", ["Deadline"]),
        ('{% load i18n %}<p>{% translate "Deadline" %}: 17:00 28/04/2023</p>', []),
        ('{% load i18n %}<p>{% translate "Deadline" %} quá hạn</p>', ["quá hạn"]),
        ("<p>Sở Y tế · 512/STTT – 12 KB</p>", []),
        ("<p>Sở Y tế xong</p>", ["Sở Y tế xong"]),
        ("<p>Một chủ đề dài hơn hai mươi…</p>", []),
        ('<img alt="Biểu đồ"><input placeholder="Tìm"><input type="submit" value="Gửi">', ["Biểu đồ", "Tìm", "Gửi"]),
        ('<button aria-label="Đóng">×</button><title>Bảng</title>', ["Bảng", "Đóng"]),
        ("<script>var text = 'không đọc';</script><style>p { color: red }</style>", []),
        ("{% load i18n %}{% blocktranslate %}<b>a</b> of <i>b</i>{% endblocktranslate %} c d", []),
        ("{% load i18n %}{% translate 'Deadline' as word %}<p>{{ word|truncatechars:4 }}</p>", "cut"),
    ],
)
def test_a_bare_text_is_found_wherever_it_stands(pseudo, template, expected):
    found = untranslated(Template(template).render(Context()), DATA)
    assert found == (["a translated text was cut off"] if expected == "cut" else expected)


def test_vietnamese_on_an_english_page_is_found_unless_it_is_data_or_a_part_of_a_letter():
    page = "<h1>Kính gửi</h1><p>Sở Y tế has 2 files</p><p>Overdue: quá hạn</p><p title='Đóng'>Close</p>"
    assert vietnamese(page, DATA) == ["overdue · quá hạn", "đóng"]
