"""The draft page shows the document beside what was read, its fields marked, and lists what became no field."""

import pytest
from django.urls import reverse

from directives.intake import read_text
from directives.reports.source_view import LABELS, source_view
from directives.services.drafting import create_draft, default_title
from tests.cast import make_cast, make_directive
from tests.directives.intake.builders import demo_text

pytestmark = pytest.mark.django_db
HURRIED = demo_text().replace("\n\nSố:", "\n\nHỎA TỐC <b>ngay</b>\n\nSố:")


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def draft(cast):
    return create_draft(read_text(HURRIED), actor=cast.staff)


def page(client, cast, directive):
    client.force_login(cast.staff)
    return client.get(reverse("directives:edit", args=[directive.pk])).content.decode()


def test_the_pieces_are_the_text_and_name_the_innermost_field(draft):
    view = source_view(draft)
    assert "".join(piece.text for piece in view.pieces) == draft.source_text
    named = {piece.text: piece.label for piece in view.pieces}
    assert named["UBND TỈNH BÌNH ĐỊNH"] == LABELS["issuer_parent"]
    assert named["STTTT-BCVT&CNTT"] == LABELS["symbol"]
    assert [p.label for p in view.pieces if p.text.startswith("1520/")] == [LABELS["based_on"]]
    assert view.left_out == ("HỎA TỐC <b>ngay</b>",)


def test_each_label_is_shown_once_where_its_field_begins(draft):
    begins = [piece.label for piece in source_view(draft).pieces if piece.begins]
    assert begins.count(LABELS["subject"]) == 1
    assert "Nội dung 5" in begins


def test_the_page_marks_the_fields_and_escapes_the_text(client, cast, draft):
    shown = page(client, cast, draft)
    assert '<mark title="Ký hiệu">STTTT-BCVT&amp;CNTT</mark>' in shown
    assert "HỎA TỐC &lt;b&gt;ngay&lt;/b&gt;" in shown
    assert "<b>ngay</b>" not in shown


def test_each_action_shows_the_words_that_its_kind_was_proposed_by(client, cast, draft):
    shown = page(client, cast, draft)
    assert "theo các từ: lỗ hổng, điểm yếu" in shown
    assert shown.count("theo các từ:") == 5


def test_a_draft_that_was_not_read_from_a_text_shows_no_source(client, cast):
    directive = make_directive(cast.desk)
    assert source_view(directive) is None
    assert 'id="source"' not in page(client, cast, directive)


def test_an_action_with_sub_items_is_called_by_its_first_line():
    assert default_title("general", "Các sở, ban, ngành:\na) Rà soát máy chủ;\nb) Sao lưu.") == "Các sở, ban, ngành"
