"""The lines of the two official reports on an incident: Mẫu 03 and Mẫu 04 of Thông tư 20/2017/TT-BTTTT.

What nobody has said yet is dotted, to be filled in by hand; the stars are those of the forms: compulsory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from alertdesk.lib import clock
from directives.models import Incident
from directives.models.incident_report import Attached, Found, Handling, Kind, Measure, Service, Severity, Told

from .wording import DOTS, paragraphs

KIND_WORDS = {
    Kind.DENIAL: "Từ chối dịch vụ",
    Kind.PHISHING: "Tấn công giả mạo",
    Kind.MALWARE: "Mã độc",
    Kind.INTRUSION: "Truy cập trái phép, chiếm quyền điều khiển",
    Kind.DEFACEMENT: "Thay đổi giao diện",
    Kind.ENCRYPTION: "Mã hóa phần mềm, dữ liệu, thiết bị",
    Kind.SABOTAGE: "Phá hoại thông tin, dữ liệu, phần mềm",
    Kind.ESPIONAGE: "Nghe trộm, gián điệp, lấy cắp thông tin, dữ liệu",
    Kind.COMBINED: "Tấn công tổng hợp sử dụng kết hợp nhiều hình thức",
    Kind.OTHER: "Khác",
}
SEVERITY_WORDS = {Severity.ORDINARY: "sự cố thông thường", Severity.SERIOUS: "sự cố nghiêm trọng"}
HANDLING_WORDS = {Handling.HANDLED: "Đã được xử lý", Handling.NOT_HANDLED: "Chưa được xử lý"}
FOUND_WORDS = {
    Found.IDS: "Hệ thống phát hiện xâm nhập (IDS)",
    Found.LOG: "Kiểm tra nhật ký (log)",
    Found.TOLD: "Nhận được thông báo",
    Found.OTHER: "Cách khác",
}
TOLD_WORDS = {
    Told.MEMBERS: "Thành viên mạng lưới ứng cứu sự cố",
    Told.PROVIDER: "Nhà cung cấp dịch vụ Internet (ISP)",
    Told.COORDINATOR: "Cơ quan điều phối",
}
SERVICE_WORDS = {
    Service.WEB: "Máy chủ web",
    Service.MAIL: "Máy chủ thư điện tử",
    Service.DATABASE: "Máy chủ cơ sở dữ liệu",
    Service.OTHER: "Dịch vụ khác",
}
MEASURE_WORDS = {
    Measure.ANTIVIRUS: "Phần mềm phòng, chống mã độc",
    Measure.FIREWALL: "Tường lửa",
    Measure.IDS: "Hệ thống phát hiện xâm nhập (IDS)",
    Measure.OTHER: "Biện pháp khác",
}
ATTACHED_WORDS = {Attached.LOG: "Nhật ký (log)", Attached.SAMPLE: "Mẫu mã độc", Attached.OTHER: "Khác"}
LEVELS = range(1, 6)
TICKED, BLANK = "■", "□"
ROOM = DOTS * 4


@dataclass(frozen=True)
class Part:
    """One numbered part of a form, line by line."""

    title: str
    lines: tuple[str, ...]


def first_parts(incident: Incident) -> tuple[Part, ...]:
    """Return the first report (Mẫu 03) as it stands."""
    return (
        Part("Thông tin về tổ chức, cá nhân báo cáo sự cố", _reporter(incident)),
        Part("Người liên hệ", _contact(incident)),
        Part("Thông tin về hệ thống thông tin bị sự cố", _system(incident)),
        Part("Mô tả sơ bộ về sự cố (*)", _described(incident)),
        Part("Hiện trạng và cách phát hiện", _found(incident)),
        Part("Thông tin bổ sung về hệ thống bị sự cố", _more(incident)),
        Part("Thông tin gửi kèm, kiến nghị", _attached(incident)),
    )


def closing_parts(incident: Incident) -> tuple[Part, ...]:
    """Return the closing report (Mẫu 04) as it stands."""
    first = f"{incident.first_number or ROOM}, ngày {_day(incident.first_on)}"
    return (
        Part("Thông tin về tổ chức, cá nhân báo cáo sự cố", _reporter(incident)),
        Part("Báo cáo ban đầu", (_line("Số, ký hiệu và ngày báo cáo ban đầu", first),)),
        Part("Thông tin về hệ thống thông tin bị sự cố", _system(incident)[:4]),
        Part("Tên, mô tả về sự cố", _described(incident)),
        Part("Kết quả xử lý sự cố", _solved(incident)),
        Part("Tài liệu đính kèm", (_said(incident.closing_papers),)),
    )


def _reporter(incident: Incident) -> tuple[str, ...]:
    return (
        _line("Tên tổ chức, cá nhân báo cáo (*)", incident.reporter_name),
        _line("Địa chỉ (*)", incident.reporter_address),
        _line("Điện thoại (*)", incident.reporter_phone),
        _line("Thư điện tử (*)", incident.reporter_email),
    )


def _contact(incident: Incident) -> tuple[str, ...]:
    return (
        _line("Họ và tên (*)", incident.contact_name),
        _line("Chức vụ", incident.contact_post),
        _line("Điện thoại (*)", incident.contact_phone),
        _line("Thư điện tử (*)", incident.contact_email),
    )


def _system(incident: Incident) -> tuple[str, ...]:
    return (
        _line("Đơn vị vận hành hệ thống thông tin (*)", incident.operator),
        _line("Chủ quản hệ thống thông tin", incident.owner),
        _line("Tên hệ thống bị sự cố", incident.system_name),
        _line("Cấp độ", _ticked({level: f"Cấp độ {level}" for level in LEVELS}, [incident.system_level])),
        _line("Tên miền, địa chỉ IP của hệ thống", incident.system_address),
        _line("Tổ chức cung cấp dịch vụ an toàn thông tin", incident.security_provider),
        _line("Nhà cung cấp dịch vụ kết nối bên ngoài", incident.line_providers),
    )


def _described(incident: Incident) -> tuple[str, ...]:
    here = incident.detected_at.astimezone(clock.ZONE)
    named = f"{KIND_WORDS[incident.kind]} ({SEVERITY_WORDS[incident.severity]})"
    return (
        _line("Loại sự cố", named),
        *paragraphs(incident.description),
        _line("Ngày phát hiện (*)", f"{here:%d/%m/%Y}"),
        _line("Thời gian phát hiện (*)", f"{here:%H} giờ {here:%M} phút"),
    )


def _found(incident: Incident) -> tuple[str, ...]:
    return (
        _line("Hiện trạng sự cố (*)", _ticked(HANDLING_WORDS, [incident.handling])),
        _line("Cách phát hiện (*)", _ticked(FOUND_WORDS, incident.found_by, incident.found_note)),
        _line("Đã gửi thông báo sự cố cho (*)", _ticked(TOLD_WORDS, incident.told)),
    )


def _more(incident: Incident) -> tuple[str, ...]:
    return (
        _line("Hệ điều hành, phiên bản", incident.operating_system),
        _line("Các dịch vụ có trên hệ thống", _ticked(SERVICE_WORDS, incident.services, incident.services_note)),
        _line("Các biện pháp an toàn đã triển khai", _ticked(MEASURE_WORDS, incident.measures, incident.measures_note)),
        _line("Địa chỉ IP công khai (không ghi IP nội bộ)", incident.public_ips),
        _line("Các tên miền của hệ thống", incident.domains),
        _line("Mục đích sử dụng hệ thống", incident.purpose),
    )


def _attached(incident: Incident) -> tuple[str, ...]:
    kept = _ticked({True: "Có", False: "Không"}, [incident.is_confidential])
    return (
        _line("Thông tin gửi kèm", _ticked(ATTACHED_WORDS, incident.attached, incident.attached_note)),
        _line("Các thông tin cung cấp phải được giữ bí mật", kept),
        _line("Kiến nghị, đề xuất hỗ trợ", " ".join(paragraphs(incident.proposals))),
        _line("Thời điểm thực hiện báo cáo (*)", _moment(incident.reported_at)),
    )


def _solved(incident: Incident) -> tuple[str, ...]:
    return (
        _line("Nguyên nhân, diễn biến", " ".join(paragraphs(incident.cause))),
        _line("Biện pháp xử lý, kết quả", " ".join(paragraphs(incident.result))),
        _line("Bài học kinh nghiệm", " ".join(paragraphs(incident.lessons))),
        _line("Thời điểm kết thúc ứng phó", _moment(incident.ended_at)),
    )


def _line(label: str, value: str) -> str:
    return f"{label}: {_said(value)}"


def _said(value: str) -> str:
    return value.strip() or ROOM


def _ticked(words: dict, chosen: Iterable, note: str = "") -> str:
    """Return every choice of a form behind its box, and what was written beside the last."""
    chosen = set(chosen)
    boxes = "; ".join(f"{TICKED if code in chosen else BLANK}\u00a0{word}" for code, word in words.items())
    return f"{boxes}: {note}" if note else boxes


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else DOTS * 2


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.ZONE):%H giờ %M phút, ngày %d/%m/%Y}" if at else ROOM
