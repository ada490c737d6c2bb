"""The fixed Vietnamese words of official papers: dates, numbers, states, counts, who signs.

Papers are Vietnamese by law, whatever the language of the screen. Dates and numbers follow
Decree 30/2020/NĐ-CP, Annex I.
"""

from dataclasses import dataclass
from datetime import date, datetime

from agencies.models import Agency
from alertdesk.lib import clock
from directives.models import AnswerStatus, Directive, RequiredAction, State

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DOTS = "……"
STATE_WORDS = {
    State.SENT: "Chưa tiếp nhận",
    State.ACKNOWLEDGED: "Đã tiếp nhận",
    State.IN_PROGRESS: "Đang thực hiện",
    State.AWAITING_APPROVAL: "Chờ lãnh đạo cơ quan duyệt",
    State.SUBMITTED: "Đã gửi, chờ xem xét",
    State.RETURNED: "Đề nghị bổ sung",
    State.ACCEPTED: "Đã ghi nhận",
    State.WITHDRAWN: "Không còn yêu cầu",
    State.LAPSED: "Kết thúc, chưa báo cáo",
}
STATUS_WORDS = {
    AnswerStatus.NOT_STARTED: DOTS * 3,
    AnswerStatus.IN_PROGRESS: "đang thực hiện",
    AnswerStatus.PARTLY: "đã thực hiện một phần",
    AnswerStatus.DONE: "đã hoàn thành",
    AnswerStatus.NIL: "không phát sinh",
    AnswerStatus.NOT_APPLICABLE: "không áp dụng",
}
URGENCY_WORDS = {
    Directive.Urgency.URGENT: "KHẨN",
    Directive.Urgency.VERY_URGENT: "THƯỢNG KHẨN",
    Directive.Urgency.IMMEDIATE: "HỎA TỐC",
}
GROUP_WORDS = {
    Agency.Kind.PROVINCE: "UBND tỉnh",
    Agency.Kind.OFFICE: "Văn phòng cấp tỉnh",
    Agency.Kind.DEPARTMENT: "Sở, ban, ngành",
    Agency.Kind.BOARD: "Ban quản lý",
    Agency.Kind.DISTRICT: "UBND huyện, thị xã, thành phố",
    Agency.Kind.COMMUNE: "UBND xã, phường",
    Agency.Kind.VERTICAL: "Cơ quan trung ương trên địa bàn",
    Agency.Kind.UNIT: "Đơn vị trực thuộc",
}


@dataclass(frozen=True)
class FigureWords:
    """How the counts of one kind of action are called in a sentence."""

    total: str
    done: str
    extra: str = ""
    reference: str = ""


FIGURE_WORDS = {
    RequiredAction.Kind.SYSTEMS: FigureWords(
        "Tổng số hệ thống thông tin thuộc phạm vi",
        "đã tăng cường biện pháp bảo vệ",
        "hệ thống từ cấp độ 3 trở lên",
    ),
    RequiredAction.Kind.VULNERABILITIES: FigureWords("Tổng số máy đã rà soát", "đã cập nhật", "chưa thể cập nhật"),
    RequiredAction.Kind.PORTALS: FigureWords(
        "Tổng số Cổng/Trang thông tin điện tử", "đã có cam kết", "nội dung xấu phát hiện"
    ),
    RequiredAction.Kind.LAYERS_AND_DUTY: FigureWords(
        "Tổng số hệ thống cấp độ 3, hệ thống quan trọng", "đã bảo đảm đủ 4 lớp", "số người trực trong dịp nghỉ lễ"
    ),
    RequiredAction.Kind.CASCADE: FigureWords(
        "Tổng số đơn vị trực thuộc", "đã thông báo", "đã báo cáo lại", "văn bản thông báo"
    ),
    RequiredAction.Kind.GENERAL: FigureWords("Tổng số", "đã thực hiện"),
}

# Who signs, by the first words of the agency's name; what is not here goes by its kind.
_TITLES_BY_NAME = (
    ("Văn phòng", "CHÁNH VĂN PHÒNG"),
    ("Thanh tra", "CHÁNH THANH TRA"),
    ("Chi cục", "CHI CỤC TRƯỞNG"),
    ("Cục", "CỤC TRƯỞNG"),
    ("Ban", "TRƯỞNG BAN"),
    ("Sở", "GIÁM ĐỐC"),
    ("Trung tâm", "GIÁM ĐỐC"),
    ("Công an", "GIÁM ĐỐC"),
)
_COMMITTEES = (Agency.Kind.PROVINCE, Agency.Kind.DISTRICT, Agency.Kind.COMMUNE)
_TITLES_BY_KIND = {
    Agency.Kind.DEPARTMENT: "GIÁM ĐỐC",
    Agency.Kind.OFFICE: "CHÁNH VĂN PHÒNG",
    Agency.Kind.BOARD: "TRƯỞNG BAN",
    Agency.Kind.UNIT: "THỦ TRƯỞNG ĐƠN VỊ",
}


def signing_titles(kind: str, name: str) -> tuple[str, ...]:
    """Return the lines above the signature of an agency's head."""
    if kind in _COMMITTEES:
        return ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    by_name = next((title for start, title in _TITLES_BY_NAME if name.startswith(start)), "")
    return (by_name or _TITLES_BY_KIND.get(kind, "THỦ TRƯỞNG CƠ QUAN"),)


def full_name(name: str) -> str:
    """Return an agency's official name: "UBND" at its head is written out."""
    return f"Ủy ban nhân dân {name[5:]}" if name.startswith("UBND ") else name


_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return a number below 400 in Roman figures."""
    digits = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        digits += letters * count
    return digits


def number_line(number: str, symbol: str) -> str:
    """Return "Số: 05/…"; a number not yet given leaves room to write it."""
    given = f"{number:0>2}" if number.isdecimal() else number
    return f"Số: {given}/{symbol}" if given else f"Số:       /{symbol}"


def place_line(place: str, day: int | None, month: int | None, year: int | None) -> str:
    """Return "Bình Định, ngày 05 tháng 01 năm 2023"; what is not given leaves room to write it."""
    return f"{place}, {long_date(day, month, year, blank='     ')}"


def long_date(day: int | None, month: int | None, year: int | None, *, blank: str = DOTS) -> str:
    """Return "ngày 05 tháng 4 năm 2023": days below 10 and months below 3 take a zero."""
    said_day = f"{day:02d}" if day else blank
    said_month = blank if not month else f"{month:02d}" if month < 3 else str(month)
    return f"ngày {said_day} tháng {said_month} năm {year or blank}"


def short_date(day: date) -> str:
    """Return "28/4/2023": days below 10 and months below 3 take a zero."""
    return f"{day.day:02d}/{day.month if day.month > 2 else f'{day.month:02d}'}/{day.year}"


def count(value: int) -> str:
    """Return a count with dots between thousands."""
    return f"{value:,}".replace(",", ".")


def moment(at: datetime) -> str:
    """Return "17 giờ 00 phút ngày 28/4/2023"; the last second of a day is its end."""
    here = at.astimezone(clock.ZONE)
    day = f"ngày {short_date(here)}"
    return f"hết {day}" if (here.hour, here.minute) == (23, 59) else f"{here.hour:02d} giờ {here.minute:02d} phút {day}"


@dataclass(frozen=True)
class Citation:
    """How another paper names a directive: its type, number and symbol, and date."""

    kind: str
    number: str
    date: str


def cite(directive: Directive) -> Citation:
    """Name a directive as a citation does; what is not yet given is dotted."""
    kind = directive.doc_type[:1].upper() + directive.doc_type[1:]
    number = f"{directive.number:0>2}" if directive.number else DOTS
    symbol = f"/{directive.symbol}" if directive.symbol else ""
    return Citation(kind, f"{number}{symbol}", long_date(directive.day, directive.month, directive.year))


def ended(text: str) -> str:
    """Return the last paragraph of a paper with the mark that ends it."""
    return f"{text.rstrip(' ./')}./." if text.strip() else text


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def sentence(text: str) -> str:
    """Return a text that ends as a sentence."""
    text = text.strip()
    return text if not text or text[-1] in ".!?:;" else f"{text}."
