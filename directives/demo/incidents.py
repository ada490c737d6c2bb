"""Two invented incidents of the demo, one ended and one with a running clock, and agencies that had none."""

from datetime import datetime
from functools import partial

from agencies.models import User
from alertdesk.lib import clock
from directives.models import Assignment, Incident
from directives.models.incident_report import Found, Handling, Kind, Service, Told
from directives.services.incidents import (
    acknowledge_incident,
    add_entry,
    close_incident,
    confirm_none,
    note_notice,
    report_incident,
)

from . import people
from .acts import Act

# Places in the order of Kính gửi: the story's own officer (Sở Nội vụ) has the open one.
ENDED_AT_PLACE, OPEN_AT_PLACE = 7, 2
WITHOUT = (0, 1, 3, 15)
PHISHED_AT = clock.local(2023, 4, 26, 19, 40)
INFECTED_AT = clock.local(2023, 4, 27, 21, 10)
COORDINATOR = "VNCERT/CC (minh họa)"


def tell(assignments: list[Assignment], staff: tuple[User, User]) -> list[Act]:
    """Return every act about incidents with its moment."""
    ended, still_open = assignments[ENDED_AT_PLACE], assignments[OPEN_AT_PLACE]
    acts: list[Act] = [
        (clock.local(2023, 4, 27, 8, 5), partial(_report, ended, PHISHED_AT, _PHISHING)),
        (clock.local(2023, 4, 27, 8, 20), partial(_receive, ended, staff[0])),
        (clock.local(2023, 4, 27, 9, 30), partial(_notify, ended, clock.local(2023, 4, 27, 9, 10))),
        (clock.local(2023, 4, 27, 16, 45), partial(_end, ended)),
        (clock.local(2023, 4, 28, 7, 15), partial(_report, still_open, INFECTED_AT, _MALWARE)),
        (clock.local(2023, 4, 28, 7, 40), partial(_receive, still_open, staff[0])),
        (clock.local(2023, 4, 28, 8, 10), partial(_write, still_open, _ISOLATED)),
    ]
    acts += [(clock.local(2023, 4, 28, 8, 30 + place), partial(_none, assignments[place])) for place in WITHOUT]
    return acts


def _report(assignment: Assignment, detected_at: datetime, values: dict) -> None:
    agency, officer = assignment.agency, people.officer_of(assignment.agency)
    name = assignment.agency_name
    whose = {
        "reporter_name": name,
        "reporter_address": agency.place,
        "reporter_phone": agency.telephone,
        "reporter_email": agency.mailbox,
        "contact_name": f"Cán bộ CNTT {assignment.agency_short_name}",
        "contact_phone": agency.telephone,
        "contact_email": agency.mailbox,
        "operator": name,
        "owner": "UBND tỉnh Bình Định",
        "detected_at": detected_at,
        "system": _system_of(agency),
    }
    report_incident(agency, actor=officer, assignment=assignment, values=whose | values)


def _system_of(agency):
    return agency.informationsystems.kept().order_by("pk").last()


def _receive(assignment: Assignment, staff: User) -> None:
    acknowledge_incident(_of(assignment), actor=staff, contact=staff.full_name, phone=staff.telephone)


def _notify(assignment: Assignment, given_at: datetime) -> None:
    officer = people.officer_of(assignment.agency)
    note_notice(_of(assignment), actor=officer, limit="notice_2017", given_at=given_at, reference=COORDINATOR)


def _write(assignment: Assignment, text: str) -> None:
    add_entry(_of(assignment), actor=people.officer_of(assignment.agency), text=text)


def _end(assignment: Assignment) -> None:
    values = _CLOSING | {"ended_at": clock.local(2023, 4, 27, 15, 30)}
    close_incident(_of(assignment), actor=people.officer_of(assignment.agency), values=values)


def _none(assignment: Assignment) -> None:
    confirm_none(assignment, actor=people.officer_of(assignment.agency))


def _of(assignment: Assignment) -> Incident:
    return Incident.objects.get(assignment=assignment)


_PHISHING = {
    "kind": Kind.PHISHING,
    "description": "Dữ liệu minh họa: một hộp thư công vụ nhận thư giả mạo kèm liên kết đăng nhập giả; "
    "một cán bộ đã nhập mật khẩu.",
    "handling": Handling.HANDLED,
    "found_by": [Found.TOLD],
    "found_note": "Cán bộ nhận thư báo lại",
    "told": [Told.NOBODY],
    "services": [Service.MAIL],
}
_CLOSING = {
    "cause": "Dữ liệu minh họa: thư giả mạo vượt qua bộ lọc do tên miền mới lập.",
    "result": "Dữ liệu minh họa: đã đổi mật khẩu, thu hồi phiên đăng nhập, chặn tên miền giả mạo; "
    "không phát hiện dữ liệu bị lấy.",
    "lessons": "Dữ liệu minh họa: bật xác thực hai lớp cho hộp thư công vụ.",
}
_MALWARE = {
    "kind": Kind.MALWARE,
    "description": "Dữ liệu minh họa: một máy trạm tự kết nối ra ngoài nhiều lần trong đêm, nghi nhiễm mã độc.",
    "handling": Handling.NOT_HANDLED,
    "found_by": [Found.IDS, Found.LOG],
    "told": [Told.PROVIDER],
    "operating_system": "Windows 10 (minh họa)",
    "public_ips": "203.0.113.20 (địa chỉ minh họa)",
    "proposals": "Dữ liệu minh họa: đề nghị hỗ trợ phân tích mẫu mã độc.",
}
_ISOLATED = "Dữ liệu minh họa: đã ngắt máy trạm khỏi mạng, giữ nguyên hiện trạng để phân tích."
