"""Rows of an answer on its page: offered from the registers, saved, counted, and put into the registers."""

import pytest
from django.urls import reverse

from agencies.models import InformationSystem, MachineGroup, Portal
from directives.models import AnswerRevision, AnswerStatus, ProductRow, RequiredAction, SystemRow, UnitRow, WeaknessRow
from directives.services.submitting import submit_report
from tests.cast import make_agency

Kind = RequiredAction.Kind


@pytest.fixture
def answer_of(assignments):
    def find(kind):
        return assignments[0].answers.select_related("action", "assignment").get(action__kind=kind)

    return find


def url(answer):
    return reverse("directives:answer", args=[answer.assignment_id, answer.action.position])


def sent(answer, row_type, *rows, **changes):
    """Return the answer form as the browser sends it with rows of one type."""
    fields = {f"{row_type}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    answer.refresh_from_db()
    return {
        "status": "done",
        "note": "",
        "version": answer.version,
        f"{row_type}-count": len(rows),
        **fields,
        **changes,
    }


WINDOWS = {
    "product_line": "Windows 10",
    "total": "20",
    "updated": "18",
    "reason": "Máy hỏng ổ cứng",
    "until": "15/05/2023",
}
OFFICE = {"product_line": "Microsoft Office", "total": "1.020", "updated": "1 020"}


def test_rows_make_up_the_figures_and_become_the_register(as_user, cast, answer_of):
    answer = answer_of(Kind.VULNERABILITIES)
    page = as_user(cast.officer).post(url(answer), sent(answer, "productrow", WINDOWS, OFFICE))
    assert page.status_code == 302
    answer.refresh_from_db()
    assert (answer.total, answer.done, answer.extra) == (1040, 1038, 2)
    assert dict(MachineGroup.objects.filter(agency=cast.health).values_list("product_line", "machines")) == {
        "Windows 10": 20,
        "Microsoft Office": 1020,
    }
    assert ProductRow.objects.get(product_line="Windows 10").group.machines == 20


def test_the_next_directive_offers_what_the_register_holds(as_user, cast, answer_of):
    MachineGroup.objects.create(
        agency=cast.health, product_line="Windows 11", machines=7, created_by=cast.officer, changed_by=cast.officer
    )
    text = as_user(cast.officer).get(url(answer_of(Kind.VULNERABILITIES))).content.decode()
    assert 'value="Windows 11"' in text
    assert 'name="productrow-0-total" value="7"' in text


def test_saving_again_changes_the_register_and_adds_nothing_twice(as_user, cast, answer_of):
    answer, client = answer_of(Kind.VULNERABILITIES), as_user(cast.officer)
    client.post(url(answer), sent(answer, "productrow", WINDOWS))
    client.post(url(answer), sent(answer, "productrow", {**WINDOWS, "product_line": "windows 10", "total": "25"}))
    assert MachineGroup.objects.get(agency=cast.health).machines == 25
    assert [row["total"] for row in AnswerRevision.objects.last().rows] == [25]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**WINDOWS, "updated": "21"}, "không được lớn hơn"),
        ({**WINDOWS, "reason": ""}, "nêu lý do"),
        ({**WINDOWS, "total": "hai mươi"}, "số nguyên"),
        ({**WINDOWS, "product_line": ""}, "bắt buộc"),
    ],
)
def test_a_row_that_does_not_add_up_is_said_and_nothing_typed_is_lost(as_user, cast, answer_of, row, words):
    answer = answer_of(Kind.VULNERABILITIES)
    page = as_user(cast.officer).post(url(answer), sent(answer, "productrow", row, note="Đang xử lý."))
    text = page.content.decode()
    assert page.status_code == 422
    assert words in text
    assert "Đang xử lý." in text
    assert all(f'value="{value}"' in text for value in row.values() if value)
    assert not ProductRow.objects.exists()
    assert not MachineGroup.objects.exists()


def test_the_same_row_twice_is_refused(as_user, cast, answer_of):
    answer = answer_of(Kind.VULNERABILITIES)
    page = as_user(cast.officer).post(url(answer), sent(answer, "productrow", WINDOWS, WINDOWS))
    assert page.status_code == 422
    assert "bị trùng" in page.content.decode()
    assert not ProductRow.objects.exists()


def test_blank_rows_are_no_rows(as_user, cast, answer_of):
    answer = answer_of(Kind.VULNERABILITIES)
    as_user(cast.officer).post(url(answer), sent(answer, "productrow", {"product_line": "Windows"}, OFFICE))
    assert list(ProductRow.objects.values_list("product_line", flat=True)) == ["Microsoft Office"]


def test_a_row_marked_to_be_left_out_is_left_out(as_user, cast, answer_of):
    answer = answer_of(Kind.SYSTEMS)
    rows = ({"name": "Một cửa điện tử", "level": "3", "is_strengthened": "on"}, {"name": "Thư điện tử", "drop": "on"})
    as_user(cast.officer).post(url(answer), sent(answer, "systemrow", *rows))
    answer.refresh_from_db()
    assert (answer.total, answer.done, answer.extra) == (1, 1, 1)
    assert InformationSystem.objects.get(agency=cast.health).level == 3


def test_one_more_row_keeps_what_was_typed_and_saves_nothing(as_user, cast, answer_of):
    answer = answer_of(Kind.VULNERABILITIES)
    page = as_user(cast.officer).post(
        url(answer), sent(answer, "productrow", WINDOWS, more="productrow", note="Ghi chú")
    )
    text = page.content.decode()
    assert 'name="productrow-count" value="2"' in text
    assert "Máy hỏng ổ cứng" in text
    assert "Ghi chú" in text
    assert not ProductRow.objects.exists()


def test_figures_typed_without_rows_stay_until_rows_are_given(as_user, cast, answer_of):
    answer, client = answer_of(Kind.SYSTEMS), as_user(cast.officer)
    client.post(url(answer), {"status": "done", "version": 0, "total": "3", "done": "2", "systemrow-count": "0"})
    answer.refresh_from_db()
    assert (answer.total, answer.done) == (3, 2)
    assert 'name="total"' in client.get(url(answer)).content.decode()


def test_nothing_to_report_takes_the_rows_away(as_user, cast, answer_of):
    answer, client = answer_of(Kind.VULNERABILITIES), as_user(cast.officer)
    client.post(url(answer), sent(answer, "productrow", WINDOWS))
    client.post(
        url(answer), sent(answer, "productrow", WINDOWS, status="nil", note="Không sử dụng sản phẩm Microsoft.")
    )
    answer.refresh_from_db()
    assert answer.total is None
    assert not ProductRow.objects.exists()


def test_detail_beside_the_counted_rows_changes_no_figure(as_user, cast, answer_of):
    answer = answer_of(Kind.VULNERABILITIES)
    detail = {"weaknessrow-count": 1, "weaknessrow-0-cve": "CVE-2023-28252", "weaknessrow-0-place": "Máy chủ tệp"}
    data = sent(answer, "productrow", WINDOWS, **detail, **{"weaknessrow-0-state": "exposed"})
    assert as_user(cast.officer).post(url(answer), data).status_code == 302
    answer.refresh_from_db()
    assert answer.total == 20
    assert WeaknessRow.objects.get().cve == "CVE-2023-28252"


def test_units_of_the_directory_are_offered_under_their_names(as_user, cast, answer_of):
    make_agency("Trung tâm Y tế", kind="unit", parent=cast.health)
    answer, client = answer_of(Kind.CASCADE), as_user(cast.officer)
    assert 'value="Trung tâm Y tế"' in client.get(url(answer)).content.decode()
    client.post(url(answer), sent(answer, "unitrow", {"name": "Trung tâm Y tế", "sent_on": "26/04/2023"}))
    assert UnitRow.objects.get().name == "Trung tâm Y tế"


def test_what_was_sent_keeps_its_rows_when_the_answer_changes_later(as_user, cast, assignments, answer_of):
    answer, client = answer_of(Kind.SYSTEMS), as_user(cast.officer)
    client.post(url(answer), sent(answer, "systemrow", {"name": "Một cửa điện tử", "is_strengthened": "on"}))
    for other in assignments[0].answers.exclude(pk=answer.pk):
        other.status = AnswerStatus.DONE
        other.save()
    submission = submit_report(assignments[0], actor=cast.officer)
    SystemRow.objects.all().delete()
    assert submission.items.get(action=answer.action).rows[0]["name"] == "Một cửa điện tử"
    assert submission.snapshot["items"][0]["rows"][0]["is_strengthened"] is True


@pytest.mark.parametrize(
    ("row", "updated"),
    [
        ({"product_line": "Windows 10", "total": "20", "build": "19045.2846"}, 20),
        ({"product_line": "Windows 10", "total": "20", "updated": "5", "build": "19045.2728", "reason": "Đang tải"}, 5),
        ({"product_line": "Windows 11", "total": "8", "updated": "8", "build": "26100.1"}, 8),
    ],
)
def test_a_build_decides_for_windows_where_a_table_answers(as_user, cast, answer_of, row, updated):
    as_user(cast.officer).post(
        url(answer_of(Kind.VULNERABILITIES)), sent(answer_of(Kind.VULNERABILITIES), "productrow", row)
    )
    assert ProductRow.objects.get().updated == updated


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**WINDOWS, "updated": "20", "reason": "", "build": "19045.2728"}, "19045.2846"),
        ({**WINDOWS, "build": "bản mới nhất"}, "winver"),
        ({**WINDOWS, "updated": ""}, "số máy đã cập nhật"),
    ],
)
def test_a_build_that_speaks_against_the_numbers_is_refused(as_user, cast, answer_of, row, words):
    answer = answer_of(Kind.VULNERABILITIES)
    page = as_user(cast.officer).post(url(answer), sent(answer, "productrow", row))
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not ProductRow.objects.exists()


def test_a_row_that_does_not_add_up_while_it_is_typed_is_said_and_not_saved(as_user, cast, answer_of):
    answer = answer_of(Kind.VULNERABILITIES)
    page = reverse("directives:answer_autosave", args=[answer.assignment_id, answer.action.position])
    said = as_user(cast.officer).post(page, sent(answer, "productrow", {**WINDOWS, "updated": "21"}))
    assert said.status_code == 422
    assert "không được lớn hơn" in said.content.decode()
    assert not ProductRow.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("syt.binhdinh.gov.vn", "https://syt.binhdinh.gov.vn", ["https://syt.binhdinh.gov.vn"]),
        ("http://syt.binhdinh.gov.vn", "http://syt.binhdinh.gov.vn", ["http://syt.binhdinh.gov.vn"]),
        ("đang xây dựng", "đang xây dựng", []),
        ("a" * 190 + ".vn", "a" * 190 + ".vn", []),
    ],
)
def test_the_address_of_a_portal_may_be_typed_as_people_say_it(as_user, cast, answer_of, typed, said, kept):
    answer = answer_of(Kind.PORTALS)
    page = as_user(cast.officer).post(url(answer), sent(answer, "portalrow", {"name": "Trang Sở", "url": typed}))
    assert page.status_code == 302
    assert answer.portalrows.get().url == said
    assert list(Portal.objects.values_list("url", flat=True)) == kept
