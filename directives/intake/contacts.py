"""Whom to call for support: names with their telephones and mail addresses."""

import re
from collections.abc import Iterable

from alertdesk.lib.text import fold, squeeze

from .draft import Contact
from .marks import is_dash, without_dash
from .proposals import DEMAND
from .words import is_body

_CALL = re.compile(
    r"\b(?:lien he|qua (?:dong chi|d/c|ong|ba|chuyen vien)"
    r"|bao ngay (?:ve|cho|den|toi|qua)|dau moi|duong day nong|hotline|so dien thoai ho tro)\b"
    r"|\b(?:dien thoai|dt|sdt|so may)\b\W{0,3}\(?0\d"
)
_EMAIL = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+"
_PHONE = r"(?<![\w./])(?:\(\s*0\d{2,4}\s*\)|\+?84|0\d)(?:[ .\-]?\d){6,9}(?!\d)|(?<!\d)1[89]00(?:[ .]?\d){4,6}(?!\d)"
_TOKEN = re.compile(rf"(?P<email>{_EMAIL})|(?P<phone>{_PHONE})")
_LEAD = re.compile(
    r"^.*\b(?:liên hệ|báo ngay|qua(?= (?:đồng chí|đ/c|ông|bà|chuyên viên)\b)"
    r"|đầu mối(?: tiếp nhận| hỗ trợ| phối hợp)*(?: là)?)\b\s*(?:trực tiếp|ngay)?\s*"
    r"(?:với|về|qua|tới|đến|theo|cho|của [^:]*:)?\s*(?:thông tin|địa chỉ|đầu mối)?\s*(?:là|sau)?\s*:?",
    re.IGNORECASE | re.DOTALL,
)
_TOWARDS = re.compile(
    r"^(?:mọi\s+)?(?:thông tin|ý kiến|phản ánh|sự cố|báo cáo|kết quả)\b[^,;:]*?"
    r"\b(?:về|đến|tới|cho|qua)\s+(?=(?-i:[A-ZĐ]))",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\s,;:(\-–]*(?:\bqua\s+)?\b(?:số\s+)?(?:điện thoại|máy|ĐTDĐ|ĐT|SĐT|DĐ|Tel|di động|cố định|hotline|zalo|fax"
    r"|đường dây nóng|(?:hộp\s+|địa chỉ\s+)?(?:thư điện tử|thư|e-?mail)|hòm thư)"
    r"(?:\s+(?:di động|cố định|hỗ trợ|công vụ|liên hệ|trực|zalo))*"
    r"[\s:.]*$",
    re.IGNORECASE,
)
_FAX = re.compile(r"\bfax\b[\s:.]*$", re.IGNORECASE)
_JOINT = re.compile(
    r"^(?:[\s,;:.()/\-–|]|\b(?:hoặc|và|hay|gọi|khi cần|để được [^,;.]*"
    r"|(?:số\s+)?(?:đường dây nóng|hotline)(?: của)?)\b)+",
    re.IGNORECASE,
)
# "Trung tâm … là đầu mối tiếp nhận sự cố": the body stands before what it is the contact for.
_SUBJECT = re.compile(r"^(?:\w{1,2}[.)]\s*)?([A-ZĐ][^,;:]{3,100}?)\s+là (?:cơ quan |đơn vị )?đầu mối\b")
_HONORIFIC = re.compile(r"^(?:đồng chí|đ/c|ông|bà|anh|chị)\b\.?\s*:?\s*", re.IGNORECASE)
# What the number is for ("sự cố: Ông …"), and an act that names nobody.
_AIM = re.compile(r"^[a-zà-ỹđ][^:]{0,60}:\s*(?=\S)")
_ACT = re.compile(rf"^(?:\w{{1,2}}[.)]\s*)?{DEMAND}\b")
_LONGEST = 120  # what is longer is a sentence, not a name
_EDGE = " ,;:.-–/|"


def read_contacts(paragraphs: Iterable[str]) -> tuple[Contact, ...]:
    """Return the contacts of the paragraphs on support, with the list items that follow them."""
    contacts: list[Contact] = []
    calling, announced = False, False
    for paragraph in (line for text in paragraphs for line in text.split("\n")):
        calling = bool(_CALL.search(fold(paragraph))) or (calling and (announced or is_dash(paragraph)))
        announced = paragraph.endswith(":")
        if calling:
            contacts += _contacts(without_dash(paragraph))
    return tuple(dict.fromkeys(contacts))


def _contacts(text: str) -> list[Contact]:
    """Return the contacts of one paragraph: a name, then the numbers up to the next name."""
    contacts: list[Contact] = []
    position = 0
    for token in _TOKEN.finditer(text):
        before, position = text[position : token.start()], token.end()
        if token["phone"] and _FAX.search(before):
            continue
        name = _name(before)
        if name and _ACT.match(fold(name)):
            continue
        if name or not contacts:
            contacts.append(Contact(name))
        contacts[-1] = _with(contacts[-1], token)
    return contacts


def _name(before: str) -> str | None:
    """Return the name that stands before a number, without labels and joints."""
    name = _LEAD.sub("", before)
    while (shorter := _LABEL.sub("", name)) != name:
        name = shorter
    name = _TOWARDS.sub("", _AIM.sub("", _JOINT.sub("", name)))
    lead, opened, inside = name.rpartition("(")
    if opened and ")" not in inside and not is_body(lead):
        name = inside
    name = _HONORIFIC.sub("", name).strip(_EDGE)
    name = f"{name})" if name.count("(") > name.count(")") else name
    subject = _SUBJECT.match(before)
    if subject and not name[:1].isupper():
        name = subject[1]
    named = re.search(r"[^\W\d_]{2}", name) and len(name) <= _LONGEST
    return squeeze(name.strip(_EDGE)) if named else None


def _with(contact: Contact, token: re.Match) -> Contact:
    """Return the contact with one more telephone or address."""
    if token["email"]:
        return Contact(contact.name, contact.phones, (*contact.emails, token["email"]))
    return Contact(contact.name, (*contact.phones, squeeze(token["phone"])), contact.emails)
