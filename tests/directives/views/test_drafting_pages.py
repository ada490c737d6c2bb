"""Taking in a directive, its draft page and issuing, as the desk works with them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import Assignment, Directive, DirectiveState
from tests.cast import DEADLINE, DIRECTIVE_FILE, ISSUED_AT, make_cast, make_directive, make_directory, make_user

pytestmark = pytest.mark.django_db

LABELLED = ("deadline", "number")


@pytest.fixture(autouse=True)
def at_issue():
    """Stand at the morning of the issue."""
    with clock.frozen(ISSUED_AT):
        yield


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def desk(client):
    """The issuing department of the 2023 directory, its staff signed in."""
    body = make_directory()
    client.force_login(make_user("canbo@desk.example", Role.STAFF, body))
    return body


def edit_data(directive, **changes):
    """Return what the draft page of a saved directive would send."""
    from_page = {
        "version": directive.version,
        "actions": directive.actions.count(),
        "issuer_name": directive.issuer_name,
        "subject": directive.subject,
        "symbol": directive.symbol,
        "place": directive.place,
        "day": directive.day or "",
        "month": directive.month or "",
        "year": directive.year or "",
        "addressees": "\n".join(directive.addressees),
        "urgency": directive.urgency,
        "deadline": "17:00 28/04/2023",
        "do": "save",
    }
    for n, action in enumerate(directive.actions.all()):
        row = {name: getattr(action, name) for name in ("id", "title", "text", "kind", "evidence_rule")}
        from_page |= {f"a{n}-{name}": value for name, value in row.items()}
    return from_page | changes


def take_in(client, text=None):
    """Send the real directive (or a changed text) through the import page; return the draft."""
    client.post(reverse("directives:import"), {"text": text or DIRECTIVE_FILE.read_text()})
    return Directive.objects.latest("pk")


def post_edit(client, directive, **changes):
    return client.post(reverse("directives:edit", args=[directive.pk]), edit_data(directive, **changes))


def test_uploaded_file_becomes_a_draft(client, desk):
    upload = SimpleUploadedFile("cong-van.txt", DIRECTIVE_FILE.read_bytes())
    response = client.post(reverse("directives:import"), {"file": upload})
    draft = Directive.objects.get()
    assert response.url == reverse("directives:edit", args=[draft.pk])
    assert (draft.number, draft.day, draft.deadline, draft.actions.count()) == ("", None, None, 5)


def test_draft_page_lists_what_could_not_be_read_and_counts_the_recipients(client, desk):
    page = client.get(reverse("directives:edit", args=[take_in(client).pk])).content.decode()
    assert "Những gì chưa đọc được" in page
    assert "32 cơ quan" in page
    assert page.count('name="agency"') == page.count(" checked><span>") == 32


def test_text_that_is_no_directive_is_kept_and_nothing_is_saved(client, desk):
    response = client.post(reverse("directives:import"), {"text": "Hôm nay trời đẹp.\nKhông có gì."})
    assert response.status_code == 422
    page = response.content.decode()
    assert "không giống một công văn" in page
    assert "Hôm nay trời đẹp." in page
    assert not Directive.objects.exists()


def test_unreadable_file_is_explained_in_the_language_of_the_page(client, desk, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    response = client.post(reverse("directives:import"), {"file": SimpleUploadedFile("a.txt", b"")})
    assert "The file is empty" in response.content.decode()


@pytest.mark.parametrize("data", [{}, {"text": "   "}])
def test_import_asks_for_a_file_or_a_text(client, desk, data):
    response = client.post(reverse("directives:import"), data)
    assert response.status_code == 422
    assert "chọn tệp, hoặc dán" in response.content.decode()


def test_thirty_two_agencies_receive_the_real_directive_through_the_pages(client, desk):
    draft = take_in(client)
    saved = post_edit(client, draft, do="issue")
    assert saved.url == reverse("directives:issue", args=[draft.pk])
    page = client.get(saved.url).content.decode()
    assert "Ban hành công văn đến 32 cơ quan?" in page
    draft.refresh_from_db()
    client.post(saved.url, {"version": draft.version})
    assert Assignment.objects.filter(directive=draft).count() == 32
    assert not Assignment.objects.filter(agency=desk).exists()


def test_directive_of_march_2025_goes_to_other_agencies_and_names_the_issuers_successor(client, desk):
    draft = take_in(client)
    page = post_edit(client, draft, day=1, month=3, year=2025, do="refresh").content.decode()
    assert page.count('name="agency"') == 27
    assert "không còn tồn tại" in page
    assert "Sở Khoa học và Công nghệ" in page


def test_line_that_matches_nothing_is_shown_on_the_draft_and_before_issuing(client, desk):
    draft = take_in(client)
    post_edit(client, draft, day=1, month=7, year=2025, deadline="17:00 02/07/2025")
    for name in ("directives:edit", "directives:issue"):
        page = client.get(reverse(name, args=[draft.pk])).content.decode()
        assert "chưa khớp cơ quan nào" in page
        assert "<li>UBND các huyện, thị xã, thành phố</li>" in page


def test_what_issuing_needs_is_not_called_optional_on_the_draft(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, addressees=["Sở Y tế"])
    page = client.get(reverse("directives:edit", args=[draft.pk])).content.decode()
    deadline, number = (page.partition(f'<label for="id_{name}">')[2].partition("</label>")[0] for name in LABELLED)
    assert "không bắt buộc" not in deadline
    assert "không bắt buộc" in number


def test_actions_are_numbered_once_before_issuing(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, addressees=["Sở Y tế"], deadline=DEADLINE)
    assert "<li>Nội dung 1</li>" in client.get(reverse("directives:issue", args=[draft.pk])).content.decode()


def test_agency_left_out_and_agency_added_stay_so(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, addressees=["Sở Y tế"])
    post_edit(client, draft, shown=[cast.health.pk], agency=[], add_name="ubnd thanh pho quy nhon")
    page = client.get(reverse("directives:issue", args=[draft.pk])).content.decode()
    assert "UBND thành phố Quy Nhơn" in page
    assert "<li>Sở Y tế</li>" not in page
    draft.refresh_from_db()
    assert (draft.left_out, draft.added) == ([cast.health.pk], [cast.town.pk])


def test_unknown_agency_name_is_refused_and_stays_in_its_box(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    response = post_edit(client, draft, add_name="Sở Không Có")
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="Sở Không Có"' in page
    assert "Không có cơ quan nào mang tên này vào ngày đó" in page


@pytest.mark.parametrize(
    ("act", "titles"),
    [
        ("up-1", ["Nội dung 2", "Nội dung 1", "Nội dung 3"]),
        ("down-1", ["Nội dung 1", "Nội dung 3", "Nội dung 2"]),
        ("remove-0", ["Nội dung 2", "Nội dung 3"]),
        ("add", ["Nội dung 1", "Nội dung 2", "Nội dung 3", ""]),
        ("up-0", ["Nội dung 1", "Nội dung 2", "Nội dung 3"]),
        ("remove-99", ["Nội dung 1", "Nội dung 2", "Nội dung 3"]),
    ],
)
def test_buttons_rearrange_the_actions_and_keep_everything_typed(client, cast, act, titles):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, actions=3)
    response = post_edit(client, draft, do=act, subject="chưa lưu", deadline="không phải ngày")
    sheet = response.context["sheet"]
    assert [form["title"].value() or "" for form in sheet.actions] == titles
    assert sheet.document["subject"].value() == "chưa lưu"
    assert sheet.document["deadline"].value() == "không phải ngày"
    draft.refresh_from_db()
    assert draft.subject != "chưa lưu"


def test_saved_order_and_new_action_are_kept(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, actions=2)
    first, second = draft.actions.all()
    moved = {"a0-id": second.pk, "a0-title": "Trước", "a1-id": first.pk, "a1-title": "Sau"}
    new = {"actions": 3, "a2-title": "Mới", "a2-text": "Nội dung mới.", "a2-kind": "general"}
    post_edit(client, draft, **moved, **new, **{"a2-evidence_rule": "required"})
    assert [str(action) for action in draft.actions.all()] == ["1. Trước", "2. Sau", "3. Mới"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"deadline": "mai"}, "Đề nghị ghi thời hạn theo dạng"),
        ({"day": 31, "month": 4, "year": 2023}, "Không có ngày này"),
        ({"subject": ""}, "Trích yếu"),
        ({"a0-text": ""}, "Nội dung"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(client, cast, changes, sentence):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    response = post_edit(client, draft, place="Nơi khác", **changes)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert 'value="Nơi khác"' in page
    draft.refresh_from_db()
    assert draft.place == "Bình Định"


def test_second_save_of_the_same_version_shows_both_texts(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    post_edit(client, draft, subject="bản của người khác")
    response = post_edit(client, draft, subject="bản của tôi")
    assert response.status_code == 409
    page = response.content.decode()
    assert "bản của người khác" in page
    assert "bản của tôi" in page
    draft.refresh_from_db()
    assert draft.subject == "bản của người khác"
    assert f'name="version" value="{draft.version}"' in page


def test_deadline_on_a_day_off_is_questioned_and_the_last_afternoon_taken(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    page = post_edit(client, draft, do="refresh", deadline="30/4/2023 17:00").content.decode()
    assert "là ngày nghỉ" in page
    taken = post_edit(client, draft, do="deadline", deadline="30/4/2023 17:00")
    assert taken.context["sheet"].document["deadline"].value() == "17:00 28/04/2023"


def test_bare_day_as_deadline_lasts_to_its_end(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    post_edit(client, draft, deadline="28/4/2023")
    draft.refresh_from_db()
    assert draft.deadline == clock.end_of_day(date(2023, 4, 28))


def test_lists_survive_a_round_through_the_page(client, desk):
    draft = take_in(client)
    before = (draft.copies, draft.contacts, draft.based_on, draft.addressees)
    form = client.get(reverse("directives:edit", args=[draft.pk])).context["sheet"].document
    typed = {name: form[name].value() for name in ("copies", "contacts", "based_on")}
    post_edit(client, draft, **typed)
    draft.refresh_from_db()
    assert (draft.copies, draft.contacts, draft.based_on, draft.addressees) == before


def test_file_is_attached_to_an_action_and_the_page_saved_with_it(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    upload = SimpleUploadedFile("huong-dan.pdf", b"%PDF-1.4 x %%EOF")
    fields = {"upload": upload, "file_kind": "guidance", "file_action": draft.actions.all()[1].pk}
    post_edit(client, draft, do="attach", subject="đã sửa", **fields)
    kept = draft.files.get()
    draft.refresh_from_db()
    assert (kept.kind, kept.action.position, draft.subject) == ("guidance", 2, "đã sửa")
    post_edit(client, draft, do=f"detach-{kept.pk}")
    assert not draft.files.exists()


def test_refused_file_is_explained_and_the_rest_saved(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    upload = SimpleUploadedFile("a.exe", b"MZ\x90\x00")
    url = reverse("directives:edit", args=[draft.pk])
    data = edit_data(draft, do="attach", subject="đã sửa", upload=upload, file_kind="other")
    page = client.post(url, data, follow=True).content.decode()
    assert "a.exe" in page
    draft.refresh_from_db()
    assert draft.subject == "đã sửa"


def test_issue_without_a_deadline_says_so_and_sends_nothing(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, addressees=["Sở Y tế"])
    response = client.post(reverse("directives:issue", args=[draft.pk]), {"version": draft.version})
    assert response.status_code == 422
    assert "Thời hạn" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == DirectiveState.DRAFT


def test_issue_of_an_older_version_is_a_conflict(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, addressees=["Sở Y tế"])
    post_edit(client, draft)
    response = client.post(reverse("directives:issue", args=[draft.pk]), {"version": draft.version})
    assert response.status_code == 409
    assert not Assignment.objects.exists()


def test_deleted_draft_is_gone(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk)
    url = reverse("directives:delete", args=[draft.pk])
    assert client.get(url).status_code == 200
    assert client.post(url).url == reverse("directives:list")
    assert not Directive.objects.exists()


@pytest.mark.parametrize("name", ["edit", "issue"])
def test_draft_pages_of_an_issued_directive_lead_to_it(client, cast, name):
    directive = cast.issue()[0].directive
    client.force_login(cast.staff)
    response = client.get(reverse(f"directives:{name}", args=[directive.pk]), follow=True)
    assert "đã được ban hành" in response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("directives:detail", args=[directive.pk])


def test_second_click_on_issue_sends_nothing_again(client, cast):
    client.force_login(cast.staff)
    draft = make_directive(cast.desk, addressees=["Sở Y tế"], deadline=DEADLINE)
    url = reverse("directives:issue", args=[draft.pk])
    for _click in range(2):
        assert client.post(url, {"version": draft.version}).status_code == 302
    assert Assignment.objects.count() == 1


def test_edit_sent_after_a_colleague_issued_keeps_what_was_typed(client, cast):
    client.force_login(cast.staff)
    directive = cast.issue()[0].directive
    response = post_edit(client, directive, subject="bản đang sửa dở")
    assert response.status_code == 422
    assert "bản đang sửa dở" in response.content.decode()
