"""An agency sets the head, words and signer of its papers, sees them while typing, and its papers use them."""

import pytest
from django.urls import reverse

from agencies.models import Event, Letterhead
from agencies.services.letterheads import LetterheadChanged, NotLetterheadKeeper, change_letterhead
from directives.papers import render_commitment, render_forwarding, render_reply, render_summary
from tests.directives.papers.reading import text

TYPED = {
    "version": "0",
    "parent_name": "UBND tỉnh Bình Định",
    "own_name": "Sở Y tế tỉnh Bình Định",
    "symbol": "syt-vp",
    "place": "Quy Nhơn",
    "titles_0": "GIÁM ĐỐC",
    "name_0": "Lê Văn An",
    "titles_1": "KT.giám đốc\n\nphó giám đốc",
    "name_1": "Trần Thị  Bình",
    "titles_2": "",
    "name_2": "",
    "signing": "1",
    "copies": "- Như trên;\n- Phòng Nghiệp vụ Y;\nLưu VT, VP.",
    "reply_kind": "report",
    "reply_opening": "Căn cứ {văn bản} {ngày} của {nơi ban hành}, {cơ quan} báo cáo:",
    "reply_closing": "{cơ quan} kính báo cáo {nơi nhận}.",
}


@pytest.fixture
def own(cast):
    return reverse("directives:letterhead", args=[cast.health.pk])


def save(client, address, **changes):
    return client.post(address, TYPED | changes)


def errors_of(response, field):
    return " ".join(response.context["form"].errors.get(field, []))


def test_what_is_saved_is_what_the_papers_print(as_user, cast, assignments, own):
    assert save(as_user(cast.officer), own).url == own
    said = text(render_reply(assignments[0]))
    assert said.startswith("UBND TỈNH BÌNH ĐỊNH SỞ Y TẾ TỈNH BÌNH ĐỊNH CỘNG HÒA")
    assert "Số: /BC-SYT Quy Nhơn, ngày" in said
    assert "BÁO CÁO Kết quả thực hiện" in said
    assert "Căn cứ Công văn số ……/STTTT-BCVT&CNTT ngày …… tháng 4 năm 2023 của Sở Thông tin và Truyền thông, " in said
    assert "Sở Y tế kính báo cáo Sở Thông tin và Truyền thông./." in said
    assert said.endswith("- Như trên; - Phòng Nghiệp vụ Y; - Lưu: VT, VP. KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Trần Thị Bình")
    assert "Số: /SYT-VP" in text(render_reply(assignments[0], form="letter"))
    for render in (render_forwarding, render_commitment):
        said = text(render(assignments[0]))
        assert "SỞ Y TẾ TỈNH BÌNH ĐỊNH" in said
        assert "- Lưu: VT, VP." in said
        assert said.endswith("PHÓ GIÁM ĐỐC Trần Thị Bình")


def test_the_desks_own_letterhead_heads_its_summary(as_user, cast, assignments):
    address = reverse("directives:letterhead", args=[cast.desk.pk])
    save(as_user(cast.staff), address, own_name="", symbol="STTTT-BCVT&CNTT", titles_1="TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG")
    said = text(render_summary(assignments[0].directive))
    assert "Số: /BC-STTTT Quy Nhơn, ngày" in said
    assert "TUQ. GIÁM ĐỐC TRƯỞNG PHÒNG Trần Thị Bình" in said


def test_a_blank_letterhead_changes_no_paper(as_user, cast, assignments, own):
    before = text(render_reply(assignments[0]))
    blank = dict.fromkeys(TYPED, "") | {"version": "0", "signing": "0", "reply_kind": "letter"}
    assert as_user(cast.officer).post(own, blank).status_code == 302
    assert text(render_reply(assignments[0])) == before
    assert not Letterhead.objects.exists()


def test_every_change_is_in_the_trail_without_what_was_typed(as_user, cast, own):
    save(as_user(cast.officer), own)
    event = Event.objects.get(act="letterhead_change")
    assert event.agency == cast.health
    assert "reply_opening" in event.data["fields"]
    assert "Bình" not in str(event.data)
    save(as_user(cast.officer), own, version="1")  # nothing changed: no second line
    assert Event.objects.filter(act="letterhead_change").count() == 1


def test_the_live_preview_shows_what_is_typed_and_saves_nothing(as_user, cast, assignments, own):
    client, typed = as_user(cast.officer), TYPED | {"do": "show", "own_name": "SỞ Y TẾ THỬ"}
    fragment = client.post(own, typed, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "SỞ Y TẾ THỬ" in fragment
    assert "Căn cứ Công văn số ……/STTTT-BCVT&amp;CNTT" in fragment
    assert "Trần Thị Bình" in fragment
    page = client.post(own, typed).content.decode()
    assert "SỞ Y TẾ THỬ" in page
    assert "<html" in page
    assert not Letterhead.objects.exists()


def test_the_live_preview_says_what_is_wrong_and_shows_the_rest(as_user, cast, own):
    typed = TYPED | {"do": "show", "reply_opening": "{tên} báo cáo"}
    fragment = as_user(cast.officer).post(own, typed, headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "“{tên}”" in fragment.content.decode()
    assert "SỞ Y TẾ TỈNH BÌNH ĐỊNH" in fragment.content.decode()


def test_the_preview_is_printed_as_pdf_with_what_is_typed(as_user, cast, own):
    paper = as_user(cast.officer).post(own, TYPED | {"do": "print"})
    assert paper["Content-Type"] == "application/pdf"
    said = text(paper.content)
    assert "SỞ Y TẾ TỈNH BÌNH ĐỊNH" in said
    assert "Công văn số …… ngày …… tháng …… năm …… của ……" in said  # nobody has written a directive yet
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("reply_opening", "Thực hiện {công văn} và {{ x }}", "“{công văn} { x } { }”"),
        ("reply_closing", "Kính {% load %} báo cáo", "“{% load %}”"),
        ("reply_closing", "Kính báo cáo {cơ quan", "“{”"),
        ("symbol", "12/SYT-VP", "không ghi số văn bản"),
        ("copies", "Như trên", "Lưu: VT"),
        ("titles_0", "KT. GIÁM ĐỐC", "phải ghi chức vụ"),
        ("titles_0", "K/T GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "TM., Q., KT., TL., TUQ."),
        ("titles_0", "PGĐ. SỞ Y TẾ", "TM., Q., KT., TL., TUQ."),
        ("titles_0", "A\nB\nC\nD", "Tối đa 3 dòng"),
        ("titles_0", "", "Ghi chức vụ"),
        ("own_name", "SỞ Y TẾ 🎉", "U+1F389"),
        ("place", "x" * 61, "60"),
    ],
)
def test_what_no_paper_can_carry_is_refused_with_a_sentence_and_kept(as_user, cast, own, field, typed, sentence):
    response = save(as_user(cast.officer), own, **{field: typed})
    assert response.status_code == 422
    assert sentence in errors_of(response, field)
    assert response.context["form"][field].value() == typed
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("tm. ủy ban nhân dân\nkt. chủ tịch\nphó chủ tịch", ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        ("TL GIÁM ĐỐC\nCHÁNH VĂN PHÒNG", ["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]),
        ("Q.GIÁM ĐỐC", ["Q. GIÁM ĐỐC"]),
    ],
)
def test_the_forms_of_signing_are_written_as_the_decree_has_them(as_user, cast, own, typed, kept):
    save(as_user(cast.officer), own, titles_0=typed)
    assert Letterhead.objects.get().signers[0]["titles"] == kept


def test_a_placeholder_inside_what_is_filled_in_is_left_alone(as_user, cast, assignments, own):
    directive = assignments[0].directive
    directive.subject = "trực lễ {cơ quan} {{ settings.SECRET_KEY }}"
    directive.save()
    save(as_user(cast.officer), own, reply_kind="letter", reply_opening="Về việc {trích yếu}, {cơ quan}:")
    assert "Về việc trực lễ {cơ quan} {{ settings.SECRET_KEY }}, Sở Y tế:" in text(render_reply(assignments[0]))


def test_a_change_over_somebody_elses_is_refused_and_nothing_typed_is_lost(as_user, cast, own):
    save(as_user(cast.officer), own)
    response = save(as_user(cast.officer), own, place="Hoài Nhơn")  # still as seen before the first save
    assert response.status_code == 409
    assert "Hoài Nhơn" in response.content.decode()
    assert Letterhead.objects.get().place == "Quy Nhơn"


def test_only_the_body_itself_sets_its_letterhead(as_user, cast, own):
    for person, status in ((cast.officer, 200), (cast.town_officer, 404), (cast.staff, 404), (cast.leader, 403)):
        assert as_user(person).get(own).status_code == status
        assert as_user(person).post(own, TYPED).status_code == (302 if status == 200 else status)
    with pytest.raises(NotLetterheadKeeper):
        change_letterhead(cast.health, actor=cast.staff, version=0, values={})
    with pytest.raises(LetterheadChanged):
        change_letterhead(cast.health, actor=cast.officer, version=0, values={})


def test_the_list_leads_to_the_only_body_at_once(as_user, cast, own):
    assert as_user(cast.officer).get(reverse("directives:own_letterheads")).url == own
    assert reverse("directives:letterhead", args=[cast.desk.pk]) in (
        as_user(cast.staff).get(reverse("agencies:profile")).content.decode()
    )
