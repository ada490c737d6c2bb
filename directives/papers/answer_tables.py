"""The appendices of an agency's reply: the rows behind its answers as tables, in the words of papers.

Weaknesses are told by product line only: which system has which weakness stays in the system.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.utils import translation

from agencies.models import Portal, ServiceProvider
from alertdesk.lib import clock
from directives.models import FindingRow, RequiredAction, Unit
from directives.reports.reply import Reply, ReplyItem
from directives.reports.roster import Line

from .appendices import FIGURE, MARK, Appendix, Column, Table, labelled
from .wording import count, short_date

Rows = Sequence[dict]
YES = "x"


def reply_appendices(read: Reply) -> list[Appendix]:
    """Return the appendices of a reply in the order of its actions, labelled; none where no rows were written."""
    with translation.override("vi"):
        return labelled(appendix for item in read.items for appendix in _of_item(read, item))


def _of_item(read: Reply, item: ReplyItem) -> list[Appendix]:
    kind = RequiredAction.Kind(item.kind)
    told = [
        Appendix(title, tuple(tables), item.position)
        for title, names in APPENDICES.get(kind, {}).items()
        if (tables := _tables(item.rows, names))
    ]
    if kind == RequiredAction.Kind.CASCADE and read.units:
        told.append(Appendix("TÌNH HÌNH TRIỂN KHAI TẠI CÁC ĐƠN VỊ TRỰC THUỘC", (units(read.units),), item.position))
    if kind == RequiredAction.Kind.LAYERS_AND_DUTY and read.duty:
        told.append(Appendix("LỊCH TRỰC BẢO ĐẢM AN TOÀN THÔNG TIN", (shifts(read.duty),), item.position))
    return told


def _tables(rows: Rows, names: Sequence[str]) -> list[Table]:
    found = ((TABLES[name], [row for row in rows if row["row"] == name]) for name in names)
    return [make(chosen) for make, chosen in found if chosen]


def _table(columns: Sequence[Column], cells: Sequence[Sequence[str]], **more) -> Table:
    """Return a table whose rows are numbered."""
    numbered = tuple((str(n), *row) for n, row in enumerate(cells, 1))
    return Table((Column("TT", "9", FIGURE), *columns), numbered, **more)


def systems(rows: Rows) -> Table:
    """What was strengthened."""
    columns = (
        Column("Hệ thống thông tin"),
        Column("Cấp độ", "13", MARK),
        Column("Tính chất", "34"),
        Column("Biện pháp đã thực hiện", "44"),
        Column("Đơn vị thực hiện, thời gian", "34"),
    )
    return _table(columns, [(row["name"], _level(row), _nature(row), _measures(row), _by(row)) for row in rows])


def _level(row: dict) -> str:
    return str(row["level"]) if row.get("level") else "–"


def _nature(row: dict) -> str:
    said = {
        "is_important": "quan trọng",
        "has_personal_data": "chứa thông tin cá nhân",
        "for_leadership": "phục vụ chỉ đạo, điều hành",
    }
    return _capital("; ".join(words for name, words in said.items() if row.get(name))) or "–"


def _measures(row: dict) -> str:
    return row["measures"] or "Đã tăng cường" if row.get("is_strengthened") else "Chưa tăng cường"


def _by(row: dict) -> str:
    return _joined(row.get("responsible"), _day(row.get("done_on")))


def products(rows: Rows) -> Table:
    """How many machines of each product line are updated."""
    columns = (
        Column("Dòng sản phẩm"),
        Column("Tổng số máy", "18", FIGURE),
        Column("Đã cập nhật", "18", FIGURE),
        Column("Chưa cập nhật", "18", FIGURE),
        Column("Bản dựng thấp nhất", "26"),
        Column("Lý do chưa cập nhật, thời hạn", "42"),
    )
    cells = [
        (
            row["product_line"],
            *_machines(row["total"], row["updated"]),
            row.get("build") or "–",
            _joined(row.get("reason"), f"hoàn thành trước {_day(row['until'])}" if row.get("until") else ""),
        )
        for row in rows
    ]
    sums = _machines(sum(row["total"] for row in rows), sum(row["updated"] for row in rows))
    return _table(columns, cells, total=("", "Tổng số", *sums, "", ""))


def _machines(total: int, updated: int) -> tuple[str, str, str]:
    return count(total), count(updated), count(total - updated)


def portals(rows: Rows) -> Table:
    """The commitment and the checks of each portal."""
    columns = (
        Column("Cổng/Trang thông tin điện tử, địa chỉ"),
        Column("Người ký cam kết, ngày ký", "42"),
        Column("Số lần kiểm tra mỗi ngày", "22", FIGURE),
        Column("Kiểm duyệt bài của bạn đọc", "36"),
    )
    moderated = dict(Portal.Moderation.choices)
    cells = [
        (
            _joined(row["name"], row.get("url")),
            _joined(row.get("committed_by"), _day(row.get("committed_on"))),
            "–" if row.get("checks_per_day") is None else count(row["checks_per_day"]),
            str(moderated.get(row.get("moderation"), "–")),
        )
        for row in rows
    ]
    return _table(columns, cells)


def findings(rows: Rows) -> Table:
    """What was found on portals."""
    columns = (
        Column("Cổng/Trang thông tin điện tử"),
        Column("Nội dung", "32"),
        Column("Phát hiện lúc", "27"),
        Column("Gỡ bỏ lúc", "27"),
        Column("Xử lý", "34"),
    )
    kinds = dict(FindingRow.Kind.choices)
    cells = [
        (
            row["portal_name"],
            str(kinds.get(row["kind"], row["kind"])),
            _moment(row.get("found_at")),
            _moment(row.get("removed_at")),
            row.get("handling") or "–",
        )
        for row in rows
    ]
    return _table(columns, cells, heading="Nội dung xấu, dấu hiệu bị tấn công đã phát hiện:")


def layers(rows: Rows) -> Table:
    """Which of the four layers each system has."""
    columns = (
        Column("Hệ thống thông tin"),
        Column("Cấp độ", "13", MARK),
        Column("Lớp 1: lực lượng tại chỗ", "30"),
        Column("Lớp 2: giám sát, bảo vệ", "30"),
        Column("Lớp 3: kiểm tra, đánh giá độc lập", "34"),
        Column("Lớp 4: kết nối giám sát quốc gia", "22", MARK),
    )
    cells = [
        (
            row["name"],
            _level(row),
            row.get("local_force") or "Chưa có",
            row.get("monitored_by") or "Chưa có",
            _joined(row.get("assessed_by"), _day(row.get("assessed_on"))) if row.get("assessed_by") else "Chưa có",
            "Đã kết nối" if row.get("is_connected") else "Chưa",
        )
        for row in rows
    ]
    return _table(columns, cells)


def providers(rows: Rows) -> Table:
    """The providers that were called to be sure that somebody answers."""
    columns = (
        Column("Nhà cung cấp"),
        Column("Dịch vụ", "32"),
        Column("Điện thoại trực 24/7", "34"),
        Column("Người xác nhận, ngày", "44"),
    )
    services = dict(ServiceProvider.Service.choices)
    cells = [
        (
            row["name"],
            str(services.get(row.get("service"), "–")),
            row.get("telephone") or "–",
            _joined(row.get("confirmed_by"), _day(row.get("confirmed_on"))),
        )
        for row in rows
    ]
    return _table(columns, cells, heading="Nhà cung cấp dịch vụ đã liên hệ:")


def units(found: Sequence[Unit]) -> Table:
    """How far the units below the agency are."""
    columns = (
        Column("Đơn vị"),
        Column("Đã thông báo", "24", MARK),
        Column("Đã tiếp nhận", "20", MARK),
        Column("Đã báo cáo", "20", MARK),
        Column("Số máy", "16", FIGURE),
        Column("Ghi chú", "34"),
    )
    cells = [
        (
            unit.name,
            short_date(unit.sent_on) if unit.sent_on else _mark(unit.is_sent),
            _mark(unit.is_received),
            _mark(unit.is_reported),
            "–" if unit.machines is None else count(unit.machines),
            unit.note or "–",
        )
        for unit in found
    ]
    return _table(columns, cells)


def shifts(lines: Sequence[Line], *, with_telephones: bool = False) -> Table:
    """Who is on duty when."""
    columns = (
        Column("Vị trí trực", "36"),
        Column("Thời gian", "37"),
        Column("Người trực, chức vụ"),
        Column("Người thay", "37"),
    )
    cells = [
        (
            line.post,
            _stretch(line.starts_at, line.ends_at),
            _joined(line.name, line.position, line.telephone if with_telephones else ""),
            _joined(line.backup_name, line.backup_telephone if with_telephones else ""),
        )
        for line in lines
    ]
    return _table(columns, cells)


def _stretch(start: datetime, end: datetime) -> str:
    """Return from when to when: "07:00 - 19:00 29/4/2023", "19:00 29/4 - 07:00 30/4/2023"."""
    first, last = start.astimezone(clock.ZONE), end.astimezone(clock.ZONE)
    if first.date() == last.date():
        return f"{first:%H:%M} - {_moment_of(end)}"
    return f"{first:%H:%M} {short_date(first).removesuffix(f'/{last.year}')} - {_moment_of(end)}"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part) or "–"


def _mark(is_so: bool) -> str:
    return YES if is_so else "–"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _day(value: str | None) -> str:
    return short_date(date.fromisoformat(value)) if value else ""


def _moment(value: str | None) -> str:
    return _moment_of(datetime.fromisoformat(value)) if value else "–"


def _moment_of(at: datetime) -> str:
    here = at.astimezone(clock.ZONE)
    return f"{here:%H:%M} {short_date(here)}"


TABLES: dict[str, Callable[[Rows], Table]] = {
    "systemrow": systems,
    "productrow": products,
    "portalrow": portals,
    "findingrow": findings,
    "layerrow": layers,
    "providerrow": providers,
}
# The appendices of an answer by the kind of its action: their titles, and the rows that stand in each.
APPENDICES: dict[str, dict[str, tuple[str, ...]]] = {
    RequiredAction.Kind.SYSTEMS: {"DANH MỤC HỆ THỐNG THÔNG TIN VÀ BIỆN PHÁP BẢO VỆ": ("systemrow",)},
    RequiredAction.Kind.VULNERABILITIES: {"KẾT QUẢ RÀ SOÁT, CẬP NHẬT THEO DÒNG SẢN PHẨM": ("productrow",)},
    RequiredAction.Kind.PORTALS: {"DANH MỤC CỔNG/TRANG THÔNG TIN ĐIỆN TỬ": ("portalrow", "findingrow")},
    RequiredAction.Kind.LAYERS_AND_DUTY: {
        "BẢO ĐẢM AN TOÀN THÔNG TIN THEO MÔ HÌNH 4 LỚP": ("layerrow", "providerrow"),
    },
}
