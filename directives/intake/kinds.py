"""Which kind of work an action is, proposed from weighted words with the words as the reason."""

import re
from dataclasses import dataclass

from alertdesk.lib.text import fold

GENERAL = "general"
_ENOUGH = 3
# (kind, weight, folded pattern, the words as shown). 5 names the kind, 3 points to it, 1 leans to it.
_WORDS = (
    ("systems", 5, r"he thong thong tin quan trong", "hệ thống thông tin quan trọng"),
    ("systems", 4, r"(?:thong tin|du lieu) ca nhan", "dữ liệu cá nhân"),
    ("systems", 3, r"chi dao,? dieu hanh", "chỉ đạo điều hành"),
    ("systems", 3, r"he thong thong tin (?:dung chung|trong yeu|cot loi|chuyen nganh|duoc giao)", "hệ thống thông tin"),
    ("systems", 3, r"nen tang (?:so|chuyen doi so|phuc vu chuyen doi so)|nen tang dung chung", "nền tảng số"),
    ("systems", 3, r"ho so de xuat cap do|phe duyet cap do|theo cap do", "cấp độ an toàn"),
    ("systems", 3, r"sao luu", "sao lưu"),
    ("systems", 1, r"(?:cac )?he thong thong tin", "hệ thống thông tin"),
    ("systems", 1, r"may chu|trung tam du lieu|co so du lieu", "máy chủ, dữ liệu"),
    ("vulnerabilities", 6, r"lo hong", "lỗ hổng"),
    ("vulnerabilities", 3, r"diem yeu", "điểm yếu"),
    ("vulnerabilities", 4, r"ban va|cap nhat (?:phan mem|he dieu hanh|ban)", "bản vá"),
    ("vulnerabilities", 4, r"\bcve-\d{4}", "CVE"),
    ("vulnerabilities", 2, r"microsoft|windows|fortinet|vmware", "sản phẩm"),
    ("vulnerabilities", 3, r"ma doc", "mã độc"),
    ("vulnerabilities", 3, r"san lung moi nguy hai", "săn lùng mối nguy hại"),
    ("portals", 6, r"cong/trang|(?:cong|trang)(?:,| va|/)? ?(?:trang )?thong tin dien tu", "cổng thông tin"),
    ("portals", 4, r"\bwebsite|\bcong thong tin|\bfanpage|mang xa hoi", "trang web"),
    ("portals", 3, r"bai viet|dang tai|dang bai|tin bai|tin gia|thong tin xau doc", "nội dung đăng tải"),
    ("portals", 2, r"xuyen tac|chong pha", "xuyên tạc"),
    ("layers_and_duty", 6, r"(?:4|bon|04) lop", "mô hình 4 lớp"),
    ("layers_and_duty", 6, r"24/7|24/24|24h/7", "trực 24/7"),
    ("layers_and_duty", 4, r"lich truc|ca truc|phan cong truc|bo tri truc|truc (?:giam sat|ban|su co|le|tet|ky thuat)"
     r"|(?:can bo|nguoi|nhan su|luc luong|luan phien) truc\b(?! thuoc)", "trực"),
    ("layers_and_duty", 3, r"luc luong tai cho", "lực lượng tại chỗ"),
    ("layers_and_duty", 2, r"cap do 3", "cấp độ 3"),
    ("layers_and_duty", 3, r"tang cuong giam sat|giam sat va san sang|kenh canh bao", "tăng cường giám sát"),
    ("layers_and_duty", 2, r"giam sat an toan|giam sat,? (?:phat hien|ung cuu|canh bao)", "giám sát an toàn"),
    ("layers_and_duty", 2, r"duong truyen|thong suot", "đường truyền"),
    ("layers_and_duty", 3, r"ung cuu su co|ung pho su co|phuong an ung cuu", "ứng cứu sự cố"),
    ("cascade", 6, r"(?:thong bao|pho bien|quan triet|chi dao|trien khai|sao gui|gui|yeu cau)[^.;]{0,40}"
     r"(?:truc thuoc|thuoc pham vi quan ly|thuoc quyen quan ly|cap xa|cac xa|cac phuong|uy ban nhan dan cac xa"
     r"|ubnd (?:cac )?(?:xa|cap xa))", "thông báo đến đơn vị trực thuộc"),
    ("cascade", 3, r"(?:don vi|co quan|doanh nghiep|truong hoc|phong ban) truc thuoc", "đơn vị trực thuộc"),
    ("cascade", 3, r"quan triet|pho bien", "quán triệt, phổ biến"),
    ("cascade", 3, r"tuyen truyen", "tuyên truyền"),
)  # fmt: skip
_TABLE = tuple((kind, weight, re.compile(pattern), shown) for kind, weight, pattern, shown in _WORDS)


@dataclass(frozen=True)
class Proposal:
    """A kind and the words that speak for it."""

    kind: str
    reason: str


def propose_kind(text: str) -> Proposal:
    """Return the kind whose words weigh most; a draw or too little is general."""
    folded = fold(text)
    found = [(kind, weight, shown) for kind, weight, pattern, shown in _TABLE if pattern.search(folded)]
    scores: dict[str, int] = {}
    for kind, weight, _ in found:
        scores[kind] = scores.get(kind, 0) + weight
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _ENOUGH or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return Proposal(GENERAL, "")
    best = ranked[0][0]
    return Proposal(best, ", ".join(dict.fromkeys(shown for kind, _, shown in found if kind == best)))
