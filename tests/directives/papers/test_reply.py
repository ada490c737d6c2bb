"""The agency's reply says what was answered, in the layout of an official paper, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import Answer, DemoClock, Directive, Evidence, RequiredAction
from directives.papers import MissingGlyph, paper_file_name, render_reply
from directives.services.answering import save_answer
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_agency, make_user

from .reading import MM, letters, page_count, page_number, pages_text, phrase, rules, text

TODAY = clock.local(2023, 4, 28, 9)


@pytest.fixture
def health(cast):
    with clock.frozen(TODAY):
        yield cast.issue(number="123", day=26)[0]


def _say(assignment, position, **values):
    Answer.objects.filter(assignment=assignment, action__position=position).update(**values)


def test_letter_answers_the_directive_with_number_and_day_left_blank(health):
    said = text(render_reply(health))
    assert "UBND TỈNH BÌNH ĐỊNH SỞ Y TẾ" in said
    assert "Số: /SYT Bình Định, ngày tháng 4 năm 2023" in said
    assert "V/v báo cáo kết quả thực hiện Công văn số 123/STTTT-BCVT&CNTT" in said
    assert "Kính gửi: Sở Thông tin và Truyền thông Thực hiện Công văn số 123/STTTT-BCVT&CNTT ngày 26 tháng 4" in said
    assert said.endswith("tổng hợp./. Nơi nhận: - Như trên; - Lưu: VT. GIÁM ĐỐC")


def test_document_of_the_committee_is_cited_as_the_committees(health):
    Directive.objects.update(issuer_name="ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH", doc_type="công điện", symbol="CĐ-UBND")
    said = text(render_reply(health))
    assert "Công điện số 123/CĐ-UBND ngày 26 tháng 4 năm 2023 của Ủy ban nhân dân tỉnh Bình Định về việc" in said
    assert "Kính gửi: Sở Thông tin và Truyền thông" in said


def test_title_that_was_cut_from_the_text_is_printed_whole(health):
    RequiredAction.objects.filter(position=1).update(
        title="Theo dõi, đôn đốc, tổng hợp…", text="Theo dõi, đôn đốc, tổng hợp kết quả thực hiện của đơn vị."
    )
    assert "1. Theo dõi, đôn đốc, tổng hợp kết quả thực hiện của đơn vị Kết quả" in text(render_reply(health))


def test_report_form_has_a_title_and_its_own_symbol(health):
    said = text(render_reply(health, form="report"))
    assert "BÁO CÁO Kết quả thực hiện Công văn số 123/STTTT-BCVT&CNTT" in said
    assert "Số: /BC-SYT" in said
    assert "V/v" not in said
    with pytest.raises(ValueError, match="note"):
        render_reply(health, form="note")


def test_figures_are_said_in_words(cast, health):
    answer = health.answers.get(action__kind=RequiredAction.Kind.VULNERABILITIES)
    save_answer(answer, actor=cast.officer, version=0, status="done", total=1200, done=1195, extra=5)
    assert "Kết quả: đã hoàn thành. Tổng số máy đã rà soát: 1.200; đã cập nhật: 1.195; chưa thể cập nhật: 5." in text(
        render_reply(health)
    )


def test_answer_not_given_leaves_room_and_claims_nothing(health):
    said = text(render_reply(health))
    assert said.count("Kết quả: ………") == 5
    assert "hoàn thành" not in said
    assert "sự cố" not in said


def test_nil_answer_gives_its_reason(health):
    _say(health, 3, status="nil", note="Không vận hành Cổng thông tin riêng")
    assert "Kết quả: không phát sinh. Lý do: Không vận hành Cổng thông tin riêng." in text(render_reply(health))


def test_evidence_still_kept_is_listed(cast, health):
    file = {"size": 3, "sha256": "0" * 64, "content_type": "application/pdf", "file": ContentFile(b"%PDF", "x")}
    answer = health.answers.get(action__position=2)
    for name, removed in (("bien-ban.pdf", None), ("nham.pdf", TODAY)):
        Evidence.objects.create(answer=answer, name=name, removed_at=removed, removed_by=cast.officer, **file)
    said = text(render_reply(health))
    assert "Tài liệu gửi kèm: - bien-ban.pdf (nội dung 2)." in said
    assert "nham.pdf" not in said


def test_sent_report_is_printed_as_it_was_sent(cast, health):
    answer_everything(health, cast.officer)
    submit_report(health, actor=cast.officer)
    _say(health, 1, note="Sửa sau khi gửi")
    health.refresh_from_db()
    said = text(render_reply(health))
    assert "Đã thực hiện." in said
    assert "Sửa sau khi gửi" not in said


def test_district_signs_for_its_committee_under_its_own_name(cast):
    said = text(render_reply(cast.issue()[1]))
    assert said.startswith("ỦY BAN NHÂN DÂN THÀNH PHỐ QUY NHƠN CỘNG HÒA")
    assert said.endswith("TM. ỦY BAN NHÂN DÂN CHỦ TỊCH")
    assert "Quy Nhơn, ngày" in said


def test_office_of_the_committee_stands_under_it_by_its_short_name(cast):
    cast.province.names.update(short_name="UBND tỉnh")
    office = make_agency("Văn phòng UBND tỉnh", kind=Agency.Kind.OFFICE, parent=cast.province, symbol="VPUBND")
    said = text(render_reply(cast.issue(office)[0]))
    assert said.startswith("UBND TỈNH BÌNH ĐỊNH VĂN PHÒNG CỘNG HÒA")
    assert said.endswith("CHÁNH VĂN PHÒNG")


def test_hostile_words_are_printed_and_fetch_nothing(health, monkeypatch):
    asked = []
    monkeypatch.setattr("weasyprint.urls.request.OpenerDirector.open", lambda *a, **k: asked.append(a))
    hostile = (
        '<img src=http://example.invalid/a.png> {{7*7}} <style>@import url(file:///etc/passwd)</style> {% now "Y" %}'
    )
    _say(health, 1, status="done", note=hostile)
    said = text(render_reply(health))
    assert all(part in said for part in ("<img src=http://example.invalid/a.png>", "{{7*7}}", '{% now "Y" %}'))
    assert asked == []


def test_letter_the_font_lacks_stops_the_paper(health):
    _say(health, 1, status="done", note="xong ✅")
    with pytest.raises(MissingGlyph):
        render_reply(health)


def test_screen_language_does_not_change_the_paper(health):
    vietnamese = render_reply(health)
    with translation.override("en"):
        assert render_reply(health) == vietnamese


def test_number_and_place_share_a_baseline_under_the_right_rules(health):
    content = render_reply(health)
    number, place = phrase(content, "Số:")[0], phrase(content, "Bình Định, ngày")[0]
    assert number.baseline == pytest.approx(place.baseline, abs=0.05)
    motto = phrase(content, "Độc lập - Tự do - Hạnh phúc")
    _left, width, top = next(rule for rule in rules(content) if abs(rule[0] - motto[0].left) < 3)
    assert width == pytest.approx(motto[-1].right - motto[0].left, abs=2)
    assert motto[0].baseline < top < number.baseline


def test_sizes_are_those_of_the_decree(health):
    content = render_reply(health)
    sizes = {
        "CỘNG HÒA XÃ HỘI": 13,
        "Độc lập": 14,
        "SỞ Y TẾ": 13,
        "Số:": 13,
        "Bình Định, ngày": 14,
        "V/v báo cáo": 12,
        "Kính gửi": 14,
        "Thực hiện Công văn": 14,
        "Nơi nhận": 12,
        "- Như trên": 11,
        "GIÁM ĐỐC": 14,
    }
    assert {words: round(phrase(content, words)[0].size) for words in sizes} == sizes


def test_text_keeps_within_the_margins_and_the_page_number_stands_from_page_two(health):
    for position in range(1, 6):
        _say(health, position, status="done", note="\n".join(["Đã phân công cán bộ phụ trách. " * 8] * 4))
    content = render_reply(health)
    assert [page_number(content, page) for page in range(page_count(content))] == ["", "2", "3"]
    for page in range(3):
        body = [letter for letter in letters(content, page) if letter.baseline > 20 * MM]
        assert min(letter.left for letter in body) >= 30 * MM - 1.5
        assert max(letter.right for letter in body) <= (210 - 18) * MM + 1.5
        assert max(letter.baseline for letter in body) <= (297 - 20) * MM
    number = next(letter for letter in letters(content, 1) if letter.baseline < 20 * MM)
    assert round(number.size) == 14
    assert (number.left + number.right) / 2 == pytest.approx((30 + 162 / 2) * MM, abs=2)


def test_signature_never_stands_alone_on_a_page(health):
    for lines in range(1, 26):
        _say(health, 1, status="done", note="\n".join(["Một dòng."] * lines))
        last = pages_text(render_reply(health))[-1]
        assert "tổng hợp./." in last
        assert "Nơi nhận:" in last
        assert "GIÁM ĐỐC" in last


def test_unbreakable_word_does_not_leave_the_page(health):
    _say(health, 1, status="done", note="https://" + "x" * 400)
    assert max(letter.right for letter in letters(render_reply(health))) <= (210 - 18) * MM + 1.5


def test_demo_papers_say_so_at_the_foot_of_every_page(health):
    DemoClock.objects.create(now=clock.now())
    _say(health, 1, status="done", note="\n".join(["Một dòng."] * 60))
    pages = pages_text(render_reply(health))
    assert len(pages) > 1
    assert all("Dữ liệu minh họa" in page for page in pages)
    DemoClock.objects.all().delete()
    assert "minh họa" not in text(render_reply(health))


def test_file_name_is_plain_ascii(cast, health):
    make_user("x@syt.example")
    assert paper_file_name("reply", health) == f"bao-cao-ket-qua-so-y-te-{health.pk}.pdf"
    assert paper_file_name("summary", health.directive).startswith("bao-cao-tong-hop-123-stttt-bcvt-cntt-")
