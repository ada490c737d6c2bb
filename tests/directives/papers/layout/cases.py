"""Papers of every shape: names short and long, 1 to 60 recipients, 1 to 12 pages, all ways to sign, all kinds of day.

A case is a function of the cast that prints one paper and says what it was made from.
"""

from dataclasses import dataclass, field

from directives.models import Directive, RequiredAction
from directives.papers import render_directive
from tests.cast import Cast, make_directive

from .paper import Expected, Paper

NAME = "Nguyễn Minh Thảo"
SENTENCE = (
    "Rà soát, cập nhật bản vá theo Công văn số 1520/BTTTT-CATTT ngày 26/4/2023, trực 24/7 trong dịp nghỉ lễ 30/4 và "
    "01/5, bảo đảm an toàn hệ thống thông tin cấp độ 3 của các cơ quan, đơn vị; "
)
SHORT = ("UBND TỈNH BÌNH ĐỊNH", "SỞ Y TẾ")
BOTH = ("UBND TỈNH BÌNH ĐỊNH", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG")
LABOUR = ("UBND TỈNH BÌNH ĐỊNH", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
PARTY = ("ĐẢNG BỘ KHỐI CÁC CƠ QUAN TỈNH", "BAN CHỈ ĐẠO PHÒNG, CHỐNG TỘI PHẠM, TỆ NẠN XÃ HỘI VÀ XÂY DỰNG PHONG TRÀO")
OFFICE = ("", "VĂN PHÒNG ĐOÀN ĐẠI BIỂU QUỐC HỘI VÀ HỘI ĐỒNG NHÂN DÂN TỈNH BÌNH ĐỊNH")
CITY = ("", "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH")
BOARD = ("UBND TỈNH BÌNH ĐỊNH", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG CÁC CÔNG TRÌNH NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN")
SIGNERS = {
    "head": ("", "GIÁM ĐỐC"),
    "kt": ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    "q": ("", "Q. GIÁM ĐỐC"),
    "tm": ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    "tm-kt": ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "tm-q": ("TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"),
    "tl": ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    "tl-kt": ("TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    "tuq": ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG BƯU CHÍNH, VIỄN THÔNG VÀ CÔNG NGHỆ THÔNG TIN"),
    "tm-long": (
        "TM. BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ VÀ AN TOÀN THÔNG TIN MẠNG TỈNH\nKT. TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN THƯỜNG TRỰC",
    ),
}
ADDRESSEES = ("Văn phòng Đoàn ĐBQH và HĐND tỉnh Bình Định", "Văn phòng UBND tỉnh", "Các Sở, ban, ngành")
LONG_NAME = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Bình Định nhiệm kỳ 2021 - 2026, khối thứ"


@dataclass(frozen=True)
class Letter:
    """A directive's values, as a clerk would enter them."""

    names: tuple[str, str] = BOTH
    number: str = ""
    symbol: str = "STTTT-BCVT&CNTT"
    place: str = "Bình Định"
    date: tuple[int | None, int, int] = (None, 4, 2023)
    doc_type: str = "công văn"
    subject: str = "tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ 30/4 và 01/5"
    addressees: tuple[str, ...] = ADDRESSEES
    copies: tuple[str, ...] = ()
    signer: str = "kt"
    signed_by: str = NAME
    urgency: str = Directive.Urgency.NORMAL
    actions: int = 5
    sentences: int = 2
    bases: tuple[str, ...] = ()
    more: dict = field(default_factory=dict)

    def print(self, cast: Cast) -> Paper:
        """Print it, and say what is expected on it."""
        authority, title = SIGNERS[self.signer]
        day, month, year = self.date
        directive = make_directive(
            cast.desk,
            actions=0,
            issuer_parent_name=self.names[0],
            issuer_name=self.names[1],
            number=self.number,
            symbol=self.symbol,
            place=self.place,
            day=day,
            month=month,
            year=year,
            doc_type=self.doc_type,
            subject=self.subject,
            addressees=list(self.addressees),
            copies=[*self._copies(), {"name": "Lưu", "note": "VT, BCVT&CNTT"}],
            signer_authority=authority,
            signer_title=title,
            signer_name=self.signed_by,
            urgency=self.urgency,
            contacts=[],
            preamble="\n".join([*(f"{base};" for base in self.bases), "Để chủ động, Sở đề nghị các cơ quan, đơn vị:"]),
            closing="Kính đề nghị Quý cơ quan, đơn vị quan tâm phối hợp, thực hiện.",
            **self.more,
        )
        for position in range(1, self.actions + 1):
            RequiredAction.objects.create(
                directive=directive, position=position, title="Nội dung", text=SENTENCE * self.sentences, kind="general"
            )
        return Paper(render_directive(directive), self._expected(authority, title))

    def _copies(self) -> list[dict]:
        above = ["Như trên"] if self.addressees else []
        return [{"name": name, "note": None} for name in (*above, *self.copies)]

    def _expected(self, authority: str, title: str) -> Expected:
        is_letter = self.doc_type == "công văn"
        return Expected(
            parent=self.names[0],
            issuer=self.names[1],
            number=self.number or None,
            symbol=self.symbol,
            place=self.place,
            date=self.date,
            subject=self.subject if is_letter else "",
            title="" if is_letter else self.doc_type.upper(),
            title_subject="" if is_letter else f"Về việc {self.subject}",
            addressees=self.addressees,
            copies=(*(copy["name"] for copy in self._copies()), "Lưu: VT, BCVT&CNTT"),
            signer_titles=tuple(line for line in (*authority.split("\n"), title) if line),
            signer=self.signed_by,
            urgency={"urgent": "KHẨN", "very_urgent": "THƯỢNG KHẨN", "immediate": "HỎA TỐC"}.get(self.urgency, ""),
            bases=self.bases,
        )


BASES = (
    "Căn cứ Luật An toàn thông tin mạng ngày 19 tháng 11 năm 2015",
    "Căn cứ Nghị định số 85/2016/NĐ-CP ngày 01 tháng 7 năm 2016 của Chính phủ về bảo đảm an toàn hệ thống thông tin "
    "theo cấp độ",
)
LETTERS: dict[str, Letter] = {
    "plain": Letter(),
    "numbered": Letter(number="123", date=(26, 4, 2023)),
    **{
        f"day-{day}-month-{month}": Letter(number=number, date=(day, month, 2024), addressees=ADDRESSEES[:1])
        for number, day, month in [
            ("1", 1, 1),
            ("9", 9, 2),
            ("10", 10, 3),
            ("99", 28, 2),
            ("100", 30, 4),
            ("2041", 5, 10),
            ("12345", 31, 12),
            ("7", 15, 9),
        ]
    },
    **{
        f"name-{name}": Letter(names=names, symbol=symbol, number=number)
        for name, names, symbol, number in [
            ("short", SHORT, "SYT-VP", "5"),
            ("labour", LABOUR, "SLĐTBXH-VP", "12"),
            ("party", PARTY, "BCĐ-TTr", ""),
            ("office", OFFICE, "VPĐĐBQH&HĐND-TH", ""),
            ("board", BOARD, "BQLDA-KTTĐ", "345"),
        ]
    },
    "longest-place": Letter(
        names=CITY, symbol="UBND-VX", number="12", place="Thành phố Hồ Chí Minh", date=(29, 6, 2019)
    ),
    "longest-place-long-name": Letter(names=BOARD, place="Thành phố Hồ Chí Minh", date=(29, 12, 2019), number="1"),
    "longest-symbol": Letter(symbol="VPĐĐBQH&HĐND", number="12345", date=(26, 4, 2023)),
    "short-subject": Letter(subject="trực lễ"),
    "long-subject": Letter(subject=f"{'tăng cường công tác bảo đảm an toàn thông tin mạng, ' * 4}năm 2023"),
    **{f"signer-{form}": Letter(signer=form) for form in SIGNERS},
    "unnamed-signer": Letter(signed_by=""),
    "long-named-signer": Letter(signed_by="Tôn Nữ Hoàng Phương Nguyễn Thị Khánh Huyền"),
    **{f"{urgency}": Letter(urgency=urgency) for urgency in ("urgent", "very_urgent", "immediate")},
    "immediate-long-name": Letter(urgency="immediate", names=BOARD, number="3", date=(2, 1, 2024)),
    **{
        f"{count}-recipients": Letter(addressees=tuple(f"Sở, ban, ngành thứ {n}" for n in range(1, count + 1)))
        for count in (1, 2, 12, 30, 60)
    },
    "60-long-recipients": Letter(
        addressees=tuple(f"{LONG_NAME} {n}" for n in range(60)), copies=tuple(f"{LONG_NAME} {n}" for n in range(20))
    ),
    **{
        f"{count}-copies": Letter(copies=tuple(f"Phòng, đơn vị thuộc Sở thứ {n}" for n in range(1, count + 1)))
        for count in (3, 11, 12, 40)
    },
    "long-copies": Letter(copies=(LONG_NAME, LONG_NAME)),
    **{
        f"length-{sentences}": Letter(actions=3, sentences=sentences)
        for sentences in (1, 4, 6, 8, 12, 18, 30, 45, 62, 70)
    },
    "plan": Letter(doc_type="kế hoạch", symbol="KH-STTTT", number="8", date=(8, 3, 2023), addressees=()),
    "order-with-bases": Letter(
        doc_type="chỉ thị", symbol="CT-UBND", names=CITY, addressees=(), bases=BASES, signer="tm"
    ),
    "report-above": Letter(
        doc_type="báo cáo", symbol="BC-STTTT", number="45", date=(1, 12, 2023), addressees=ADDRESSEES[1:2]
    ),
    "plan-small-long-subject": Letter(
        doc_type="kế hoạch",
        symbol="KH-BQLDA",
        names=BOARD,
        place="Thành phố Hồ Chí Minh",
        subject=f"{'tăng cường công tác bảo đảm an toàn thông tin mạng, ' * 3}năm 2023",
        addressees=(),
    ),
    "urgent-plan": Letter(doc_type="kế hoạch", symbol="KH-STTTT", addressees=(), urgency="urgent"),
}
