"""A row of every register with every field filled, and one with the least that a row needs."""

from datetime import date

from agencies.models import REGISTERS, Agency, RegisterRow, User

FULL = {
    "systems": {
        "name": "Hệ thống quản lý văn bản và điều hành",
        "is_important": True,
        "has_personal_data": True,
        "for_leadership": True,
        "operator": "Trung tâm CNTT và Truyền thông",
        "level": 3,
        "approval": "approved",
        "decision_number": "015/QĐ-SYT",
        "decided_on": date(2022, 11, 12),
        "plan": "partly",
        "local_force": "Tổ ứng cứu sự cố",
        "monitored_by": "VNPT Bình Định",
        "assessed_by": "Công ty A",
        "assessed_on": date(2023, 2, 1),
        "is_connected": True,
    },
    "machines": {"product_line": "Windows Server 2019", "machines": 1250},
    "portals": {
        "name": "Trang thông tin điện tử Sở Y tế",
        "url": "https://syt.binhdinh.example/tin-tuc?loai=1&trang=2",
        "kind": "site",
        "operator": "Trung tâm CNTT và Truyền thông",
        "person_in_charge": "Lê Thị Đào",
        "telephone": "0256.3800001",
        "moderation": "before",
    },
    "providers": {
        "name": "VNPT Bình Định",
        "service": "internet",
        "line_number": "000123",
        "contact_name": "Trần Văn Ơn",
        "telephone": "0256.3800002",
        "email": "hotro@nhamang.example",
    },
    "duty": {
        "name": "Nguyễn Đức Ý",
        "position": "Chuyên viên",
        "telephone": "0905000001",
        "email": "y@syt.example",
        "is_active": False,
    },
}
LEAST = {
    "systems": {"name": "Một hệ thống"},
    "machines": {"product_line": "Windows 10", "machines": 1},
    "portals": {"name": "Trang", "url": "http://trang.example", "kind": "portal", "moderation": "none"},
    "providers": {"name": "Nhà mạng", "service": "other"},
    "duty": {"name": "Lê A", "telephone": "0905000002"},
}


def make_row(register: str, agency: Agency, actor: User, values: dict | None = None, **changed) -> RegisterRow:
    """Make a row, by default one with every field filled."""
    values = (FULL[register] if values is None else values) | changed
    return REGISTERS[register].objects.create(agency=agency, created_by=actor, changed_by=actor, **values)
