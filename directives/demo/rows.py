"""The rows behind the demo's answers: what the agency's registers offer, filled in as the answer's words say."""

from collections.abc import Callable
from datetime import date

from alertdesk.lib import clock
from directives.models import (
    Answer,
    AnswerRow,
    AnswerStatus,
    FindingRow,
    LayerRow,
    PortalRow,
    ProductRow,
    ProviderRow,
    RequiredAction,
    SystemRow,
    WeaknessRow,
)
from directives.reports.offered import offered_rows

WITH_ROWS = (AnswerStatus.DONE, AnswerStatus.PARTLY)
DONE_ON = date(2023, 4, 27)
MEASURES = "Rà soát tài khoản quản trị, sao lưu dữ liệu, cập nhật tường lửa"
RESPONSIBLE = "Cán bộ phụ trách CNTT"
PATCHED, UNPATCHED = "19045.2846", "19045.2728"
TOPIC_PAGE = "Trang chuyên đề minh họa"


def rows_for(answer: Answer, *, status: str, pending: int, index: int) -> list[AnswerRow] | None:
    """Return the rows of an agency's answer; None where it gives none, so that its typed figures stand.

    `pending` is how much its words leave open; `index` spreads what is found.
    """
    fill = FILL.get(answer.action.kind)
    if status not in WITH_ROWS or fill is None:
        return None
    return fill(offered_rows(answer), pending, index) or None


def _systems(rows: list[SystemRow], pending: int, index: int) -> list[AnswerRow]:
    for place, row in enumerate(rows):
        if place >= pending:
            row.is_strengthened, row.measures, row.responsible, row.done_on = True, MEASURES, RESPONSIBLE, DONE_ON
    return rows


def _products(rows: list[ProductRow], pending: int, index: int) -> list[AnswerRow]:
    for place, row in enumerate(rows):
        left = pending if place == 0 else 0
        row.updated = row.total - left
        if row.product_line == "Windows 10":
            row.build = UNPATCHED if left else PATCHED
        if left:
            row.reason, row.until = "Máy cấu hình thấp, chờ thay thế", date(2023, 5, 15)
    return [*rows, *_weaknesses(rows)] if pending and index % 2 == 0 else rows


def _weaknesses(rows: list[ProductRow]) -> list[WeaknessRow]:
    """Name two exploited weaknesses one by one: one still open on the machines left, one fixed."""
    place = rows[0].product_line if rows else "Windows 10"
    return [
        WeaknessRow(cve="CVE-2023-28252", place=place, state=WeaknessRow.State.EXPOSED, note="Chờ thay máy"),
        WeaknessRow(cve="CVE-2023-23397", place="Microsoft Office", state=WeaknessRow.State.FIXED),
    ]


def _portals(rows: list[PortalRow], pending: int, index: int) -> list[AnswerRow]:
    for row in rows:
        row.committed_by, row.committed_on, row.checks_per_day = "Đơn vị vận hành", DONE_ON, 3
    rows += [PortalRow(name=TOPIC_PAGE)] * bool(pending)
    found = FindingRow(
        portal_name=rows[0].name,
        kind=FindingRow.Kind.LINKS,
        found_at=clock.local(2023, 4, 27, 9, 30),
        removed_at=clock.local(2023, 4, 27, 9, 50),
        handling="Gỡ liên kết, đổi mật khẩu quản trị",
    )
    return [*rows, *([found] if index % 7 == 0 else [])]


def _layers(rows: list[AnswerRow], pending: int, index: int) -> list[AnswerRow]:
    for row in rows:
        if isinstance(row, ProviderRow):
            row.confirmed_on, row.confirmed_by = DONE_ON, "Trực kỹ thuật"
        elif isinstance(row, LayerRow) and not pending:
            row.local_force = row.local_force or RESPONSIBLE
            row.monitored_by = row.monitored_by or "Doanh nghiệp an toàn thông tin minh họa"
            row.assessed_by, row.is_connected = row.assessed_by or row.monitored_by, True
    return rows


FILL: dict[str, Callable[[list, int, int], list[AnswerRow]]] = {
    RequiredAction.Kind.SYSTEMS: _systems,
    RequiredAction.Kind.VULNERABILITIES: _products,
    RequiredAction.Kind.PORTALS: _portals,
    RequiredAction.Kind.LAYERS_AND_DUTY: _layers,
}
