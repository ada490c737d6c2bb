"""The sentences that list what could not be read: nothing is guessed, everything missing is said."""

from .draft import DraftWarning

_SENTENCES: dict[str, tuple[str, str]] = {
    "issuer": ("Chưa đọc được tên cơ quan ban hành.", "The issuing body could not be read."),
    "number": ("Số văn bản còn để trống.", "The number is blank."),
    "symbol": ("Chưa đọc được ký hiệu văn bản.", "The symbol could not be read."),
    "place": ("Chưa đọc được địa danh.", "The place could not be read."),
    "day": ("Ngày ban hành còn để trống.", "The day of issue is blank."),
    "month": ("Tháng ban hành còn để trống.", "The month of issue is blank."),
    "year": ("Năm ban hành còn để trống.", "The year of issue is blank."),
    "subject": ("Chưa đọc được trích yếu.", "The subject could not be read."),
    "recipients": ("Không thấy dòng Kính gửi.", "No addressees were found."),
    "actions": ("Không thấy nội dung yêu cầu nào.", "No required actions were found."),
    "proposed": (
        "Văn bản không đánh số nội dung yêu cầu; các nội dung dưới đây được đề xuất theo câu, đề nghị kiểm tra lại.",
        "The source numbers no items; the actions are proposed sentence by sentence and need checking.",
    ),
    "deadline": ("Văn bản không nêu thời hạn báo cáo.", "The text states no deadline."),
    "deadline_many": (
        "Văn bản nêu nhiều mốc thời gian khác nhau; đề nghị chọn thời hạn báo cáo.",
        "The text states several dates; choose the deadline.",
    ),
    "deadline_year": (
        "Thời hạn báo cáo không ghi năm; đã lấy theo năm của văn bản, đề nghị kiểm tra lại.",
        "The deadline has no year; the document's year was taken and needs checking.",
    ),
    "copies": ("Không thấy mục Nơi nhận.", "No distribution list was found."),
    "signer": ("Chưa đọc được người ký.", "The signer could not be read."),
    "signer_name": ("Họ tên người ký còn để trống.", "The signer's name is blank."),
    "blank_pages": (
        "Có trang chỉ là ảnh, không đọc được chữ; đề nghị đối chiếu với bản gốc.",
        "Some pages are pictures without text; compare with the original.",
    ),
}


def finding(code: str) -> DraftWarning:
    """Return the warning of a code, in both languages."""
    return DraftWarning(code, *_SENTENCES[code])


def findings(fields: dict, *, deadline_code: str | None, blank_pages: int = 0) -> tuple[DraftWarning, ...]:
    """Return what is missing from a draft's fields, in the order of the letter."""
    codes = [name for name in _HEAD if not fields[name]]
    codes += [name for name in ("recipients", "actions") if not fields[name]]
    codes += ["proposed"] if fields["proposed"] else []
    codes += [deadline_code] if deadline_code else []
    codes += [] if fields["copies"] else ["copies"]
    codes += _signer_codes(fields["signer"])
    codes += ["blank_pages"] if blank_pages else []
    return tuple(finding(code) for code in codes)


_HEAD = ("issuer", "number", "symbol", "place", "day", "month", "year", "subject")


def _signer_codes(signer) -> list[str]:
    """Return what is missing from the signature."""
    if not (signer.authority or signer.title or signer.name):
        return ["signer"]
    return [] if signer.name else ["signer_name"]
