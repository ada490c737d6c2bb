"""The fixed words of official letters, on folded text unless a pattern needs the capitals."""

import re

from alertdesk.lib.text import fold

# How bodies are called; a name in the letterhead begins with one of these.
_BODY = re.compile(
    r"^(?:ubnd|uy ban|hdnd|hoi dong|so|bo|cuc|chi cuc|tong cuc|ban|tieu ban|van phong|cong an|thanh tra|trung tam"
    r"|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|bao hiem|kho bac|vien|truong|dai|benh vien|phong|hoi|vp"
    r"|tap doan|tong cong ty|cong ty|mat tran|lien doan|tinh doan|thu tuong|chinh phu|to cong tac|ngan hang)\b"
)
_AUTHORITY = re.compile(r"^(?:KT|TM|TL|TUQ|T/M|K/T|T/L)\s*\.?\s*(?=[^\W\d_])")
_ACTING = re.compile(r"^(?:Q\.|QUYỀN\b)\s*")
_TITLE = re.compile(
    r"^(?:(?:tong |chi )?(?:pho|giam doc|chu tich|chanh|truong|cuc truong|bo truong|thu truong|vu truong|tong giam doc"
    r"|hieu truong|vien truong|uy vien|bi thu|chi cuc truong|chi huy truong|tham muu truong|thu tuong|thu ky"
    r"|tong thanh tra|nguoi dung dau))\b"
)
_OPENER = re.compile(
    r"^(?:thuc hien|can cu|theo|de|nham|tiep theo|tiep tuc|trien khai|ngay \d|trong|thoi gian|hien nay|vua qua|truoc"
    r"|qua|tren co so|xet|nhan dip|so \w+ .*(?:nhan duoc|de nghi|thong bao)|uy ban nhan dan .*(?:nhan duoc|yeu cau)"
    r"|ubnd .*(?:nhan duoc|yeu cau|de nghi)|bo \w+ .*(?:de nghi|nhan duoc)|chu tich .*yeu cau)\b"
)
_CLOSER = re.compile(
    r"^\W?(?:trong truong hop|truong hop|trong qua trinh|qua trinh|moi (?:thong tin|su co|vuong mac|y kien|van de)"
    r"|thong tin|chi tiet|dau moi|nhan duoc|tren day|tran trong|rat mong|can cu|neu|lien he|van ban nay|cong van nay"
    r"|chi thi nay|ke hoach nay|thoi (?:han|gian)|ket qua|bao cao|de (?:duoc|biet)|giao so|giao van phong"
    r"|(?:kinh )?de nghi|yeu cau|gui kem|kem theo|dinh kem|(?:so|ubnd|uy ban|bo|cuc|ban|van phong|chu tich)\b.{0,80}\b"
    r"(?:de nghi|yeu cau|thong bao|tran trong|kinh de nghi|giao|mong))\b"
)
_FAMILY_NAMES = (
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh doan lam mai cao luong luu ha "
    "to ta truong thai chau quach kieu ton nong vi lo quang dam nghiem phung tang la khuat uong bach au dao chu"
)
_SURNAMES = frozenset(_FAMILY_NAMES.split())
_RANK = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tá|tướng|úy)|(?:PGS|GS|TS|ThS|KS|BS|CN|PGS\.TS|GS\.TS|BSCKI+)\.)\s*"
)


def is_body(text: str) -> bool:
    """Tell whether a text begins as the name of a body does."""
    return bool(_BODY.match(fold(text)))


def is_authority(text: str) -> bool:
    """Tell whether a line says for whom somebody signs: KT., TM., TL., TUQ."""
    return bool(_AUTHORITY.match(text)) and text.isupper()


def is_title(text: str) -> bool:
    """Tell whether a line in capitals is a signer's title, with or without "Q."."""
    return text.isupper() and not text.endswith(":") and bool(_TITLE.match(fold(_ACTING.sub("", text))))


def is_opener(text: str) -> bool:
    """Tell whether a line begins as the first paragraph of a letter does."""
    return bool(_OPENER.match(fold(text)))


def is_closer(text: str) -> bool:
    """Tell whether a paragraph after the last action begins as a closing one does."""
    return bool(_CLOSER.match(fold(text)))


def is_person(text: str) -> bool:
    """Tell whether a line is the name of one person."""
    words = _RANK.sub("", text).split()
    if not 2 <= len(words) <= 6 or any(not _is_name_word(word) for word in words):
        return False
    proper = all(word == word.capitalize() or len(word) == 1 or not word.isalpha() for word in words)
    return proper or (text.isupper() and fold(words[0]) in _SURNAMES)


def is_vietnamese_surname(word: str) -> bool:
    """Tell whether a word is one of the common family names."""
    return fold(word) in _SURNAMES


def _is_name_word(word: str) -> bool:
    """Tell whether a word can be part of a name: letters, a capital first; H'Yim and K'Sor count."""
    letters = word.replace("'", "").replace("’", "").replace("-", "")
    return letters.isalpha() and word[0].isupper()
