"""Replies, letters to units, commitments, rosters and summaries, of few rows and of many, with their appendices."""

from collections.abc import Callable
from datetime import time

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import Answer, Assignment
from directives.papers import (
    render_agency_roster,
    render_commitment,
    render_forwarding,
    render_reply,
    render_roster,
    render_summary,
)
from directives.services.rostering import fill_roster
from tests.cast import ISSUED_AT, Cast, make_agency

from .paper import Expected, Paper

CITED = "Công văn số 123/STTTT-BCVT&CNTT"
DESK = "Sở Thông tin và Truyền thông"
SUBJECT = "tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ 30/4 và 01/5"
NOTE = "Đã phân công cán bộ phụ trách theo Quyết định số 12/QĐ-SYT ngày 03/4/2023, trực 24/7 trong dịp nghỉ lễ. "
TITLES = (
    "DANH MỤC HỆ THỐNG THÔNG TIN VÀ BIỆN PHÁP BẢO VỆ",
    "KẾT QUẢ RÀ SOÁT, CẬP NHẬT THEO DÒNG SẢN PHẨM",
    "DANH MỤC CỔNG/TRANG THÔNG TIN ĐIỆN TỬ",
    "BẢO ĐẢM AN TOÀN THÔNG TIN THEO MÔ HÌNH 4 LỚP",
    "LỊCH TRỰC BẢO ĐẢM AN TOÀN THÔNG TIN",
    "TÌNH HÌNH TRIỂN KHAI TẠI CÁC ĐƠN VỊ TRỰC THUỘC",
)


def _rows(count: int) -> dict[int, list[dict]]:
    """Return rows behind the answers, by the action's position, as answers keep them."""
    names = [f"Hệ thống thông tin số {n} của các phòng, đơn vị" for n in range(count)]
    day = "2023-04-09"
    return {
        1: [
            {
                "row": "systemrow",
                "name": name,
                "level": 3,
                "is_strengthened": True,
                "measures": "Sao lưu",
                "done_on": day,
            }
            for name in names
        ],
        2: [
            {"row": "productrow", "product_line": name, "total": 7 * n**3, "updated": 6 * n**3, "until": day}
            for n, name in enumerate(names)
        ],
        3: [
            {
                "row": "portalrow",
                "name": name,
                "url": "https://syt.binhdinh.example",
                "committed_on": day,
                "checks_per_day": n,
            }
            for n, name in enumerate(names)
        ],
        4: [{"row": "layerrow", "name": name, "level": 3, "local_force": "Tổ CNTT"} for name in names],
        5: [
            {"row": "unitrow", "name": name, "sent_on": day, "is_done": True, "machines": n}
            for n, name in enumerate(names)
        ],
    }


def _issued(cast: Cast, *agencies: Agency, **fields) -> Assignment:
    return cast.issue(*agencies, number="123", day=26, **fields)[0]


def _answered(
    cast: Cast, *, count: int = 0, notes: int = 1, positions: tuple[int, ...] = (1, 2, 3, 4, 5)
) -> Assignment:
    assignment = _issued(cast)
    for position, rows in _rows(count).items():
        values = {"status": "done", "total": 1200, "done": 1195, "note": "\n".join([NOTE * 3] * notes)}
        kept = rows if position in positions else []
        Answer.objects.filter(assignment=assignment, action__position=position).update(**values, rows=kept)
    return assignment


def _reply(form: str = "letter", annexes: tuple[str, ...] = (), **answered) -> Callable[[Cast], Paper]:
    def _print(cast: Cast) -> Paper:
        assignment = _answered(cast, **answered)
        if TITLES[4] in annexes:
            _fill(cast, assignment)
        is_letter = form == "letter"
        expected = Expected(
            parent="UBND TỈNH BÌNH ĐỊNH",
            issuer="SỞ Y TẾ",
            symbol="SYT" if is_letter else "BC-SYT",
            subject=f"báo cáo kết quả thực hiện {CITED}" if is_letter else "",
            title="" if is_letter else "BÁO CÁO",
            title_subject="" if is_letter else f"Kết quả thực hiện {CITED}",
            addressees=(DESK,),
            copies=("Như trên", "Lưu: VT"),
            signer_titles=("GIÁM ĐỐC",),
            annexes=annexes,
        )
        return Paper(render_reply(assignment, form=form), expected)

    return _print


def _fill(cast: Cast, assignment: Assignment) -> None:
    people = [("Nguyễn Văn An", "0905000001"), ("Lê Thị Bình", "0905000002")]
    officer = cast.officer if assignment.agency == cast.health else cast.town_officer
    fill_roster(assignment, actor=officer, people=people, post="Trực giám sát", hours=8, change_at=time(7))


def _committee(cast: Cast) -> Paper:
    """A committee's reply: no body above it, signed on its behalf."""
    assignment = _issued(cast, cast.town)
    expected = Expected(
        issuer="ỦY BAN NHÂN DÂN THÀNH PHỐ QUY NHƠN",
        symbol="UBND",
        place="Quy Nhơn",
        subject=f"báo cáo kết quả thực hiện {CITED}",
        addressees=(DESK,),
        copies=("Như trên", "Lưu: VT"),
        signer_titles=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )
    return Paper(render_reply(assignment), expected)


def _forwarding(cast: Cast) -> Paper:
    expected = Expected(
        issuer="ỦY BAN NHÂN DÂN THÀNH PHỐ QUY NHƠN",
        symbol="UBND",
        place="Quy Nhơn",
        subject=f"triển khai thực hiện {CITED}",
        addressees=("Ủy ban nhân dân các xã, phường, thị trấn",),
        copies=("Như trên", f"{DESK} (để b/cáo)", "Lưu: VT"),
        signer_titles=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    )
    return Paper(render_forwarding(_issued(cast, cast.town)), expected)


def _commitment(cast: Cast) -> Paper:
    expected = Expected(
        parent="UBND TỈNH BÌNH ĐỊNH",
        issuer="SỞ Y TẾ",
        has_number=False,
        title="BẢN CAM KẾT",
        title_subject="Về việc giám sát, bảo vệ Cổng/Trang thông tin điện tử",
        addressees=(DESK,),
        copies=("Như trên", "Lưu: VT"),
        signer_titles=("GIÁM ĐỐC",),
    )
    return Paper(render_commitment(_issued(cast)), expected)


def _agency_roster(cast: Cast) -> Paper:
    assignment = _issued(cast)
    _fill(cast, assignment)
    expected = Expected(
        parent="UBND TỈNH BÌNH ĐỊNH",
        issuer="SỞ Y TẾ",
        has_number=False,
        title="LỊCH TRỰC",
        title_subject="Bảo đảm an toàn thông tin mạng từ ngày 29/4/2023 đến ngày 03/5/2023",
        copies=(f"{DESK} (để b/cáo)", "Các cá nhân có tên trong lịch trực", "Lưu: VT"),
        signer_titles=("GIÁM ĐỐC",),
    )
    return Paper(render_agency_roster(assignment), expected)


def _roster(cast: Cast) -> Paper:
    for assignment in cast.issue(number="123", day=26):
        _fill(cast, assignment)
    expected = Expected(
        parent="UBND TỈNH BÌNH ĐỊNH",
        issuer="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        has_number=False,
        title="LỊCH TRỰC",
        title_subject="Bảo đảm an toàn thông tin mạng của các cơ quan, đơn vị từ ngày 29/4/2023 đến ngày 03/5/2023",
        copies=("Ủy ban nhân dân tỉnh Bình Định (để b/cáo)", "Các cơ quan, đơn vị", "Lưu: VT, BCVT&CNTT"),
        signer_titles=("GIÁM ĐỐC",),
        annexes=("LỊCH TRỰC CỦA CÁC CƠ QUAN, ĐƠN VỊ",),
    )
    return Paper(render_roster(assignment.directive), expected)


def _summary(count: int) -> Callable[[Cast], Paper]:
    def _print(cast: Cast) -> Paper:
        names = [f"Sở, ban, ngành thứ {n} có tên dài của tỉnh" for n in range(count)]
        agencies = [make_agency(name, parent=cast.province) for name in names]
        directive = _issued(cast, *agencies).directive
        expected = Expected(
            parent="UBND TỈNH BÌNH ĐỊNH",
            issuer="SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
            symbol="BC-STTTT",
            title="BÁO CÁO",
            title_subject=f"Kết quả thực hiện {CITED} về việc {SUBJECT}",
            addressees=("Ủy ban nhân dân tỉnh Bình Định",),
            copies=("Như trên", "Lưu: VT, BCVT&CNTT"),
            signer_titles=("GIÁM ĐỐC",),
            annexes=("TÌNH HÌNH BÁO CÁO CỦA CÁC CƠ QUAN, ĐƠN VỊ",),
        )
        return Paper(render_summary(directive), expected)

    return _print


def _at_issue(print_case: Callable[[Cast], Paper]) -> Callable[[Cast], Paper]:
    def _print(cast: Cast) -> Paper:
        with clock.frozen(ISSUED_AT):
            return print_case(cast)

    return _print


ANSWERS: dict[str, Callable[[Cast], Paper]] = {
    name: _at_issue(case)
    for name, case in {
        "reply-bare": _reply(),
        "reply-report": _reply("report"),
        "reply-notes": _reply(notes=4),
        "reply-report-notes": _reply("report", notes=9),
        "reply-one-appendix": _reply(annexes=TITLES[:1], count=4, positions=(1,)),
        "reply-all-appendices": _reply(annexes=TITLES, count=5),
        "reply-report-appendices": _reply("report", annexes=TITLES[:2], count=3, positions=(1, 2)),
        "reply-long-appendices": _reply(annexes=(*TITLES[:4], TITLES[5]), count=45),
        "reply-committee": _committee,
        "forwarding": _forwarding,
        "commitment": _commitment,
        "agency-roster": _agency_roster,
        "province-roster": _roster,
        "summary-3": _summary(3),
        "summary-40": _summary(40),
        "summary-150": _summary(150),
    }.items()
}
