"""Letters without numbered items: which sentences ask for something."""

import re

from alertdesk.lib.text import fold

from .marks import is_dash, mark_of, without_dash

# Verbs that a demand begins with.
DEMAND = (
    r"(?:chu dong|tang cuong|ra soat|khan truong|to chuc|bo tri|phan cong|kiem tra|thuong xuyen|dam bao|bao dam"
    r"|trien khai|thuc hien|xay dung|quan triet|chi dao|thong bao|khac phuc|cap nhat|phoi hop|theo doi|giam sat"
    r"|sao luu|tuyen truyen|cam ket|nang cao|duy tri|day manh|hoan thanh|lap|cu|san sang|nghiem tuc|tap trung"
    r"|tiep tuc|kip thoi|luu y|han che|khong|can|phai|ban hanh|huong dan|xu ly|tham muu|danh gia|cai dat"
    r"|doi mat khau|thay doi mat khau|vo hieu hoa|go bo|tat cac)"
)
_CONNECTOR = r"(?:(?:dong thoi|ben canh do|ngoai ra|cu the|theo do|trong do|mat khac|dac biet|cung voi do)\s*,?\s*)?"
_BODIES = (
    r"(?:cac|so|ubnd|uy ban|don vi|co quan|thu truong|nguoi dung dau|doanh nghiep|phong|trung tam|van phong|can bo)"
)
_ASKS = re.compile(
    rf"^{_CONNECTOR}{DEMAND}\b|\b(?:de nghi|yeu cau|giao)\b.*\b{DEMAND}\b"
    rf"|^{_CONNECTOR}{_BODIES}\b.{{0,100}}\b(?:can|phai|co trach nhiem|chiu trach nhiem|chu dong|khan truong)\b"
)
_BASE = re.compile(r"^(?:thuc hien|can cu|theo|tiep theo|trien khai|tren co so)\b.*\b(?:so \d+|cong van|van ban)\b")
_REQUEST = re.compile(r"\b(?:de nghi|yeu cau)\b")
# What a letter says besides its demands: a contact, a reporting date, a courtesy.
_OTHER = (
    re.compile(r"\b(?:xin|de nghi|vui long|mong|truc tiep) lien he\b|\blien he\b.*\d{3}|\bdau moi\b.*\d{7}"),
    re.compile(r"\bbao cao\b.*\b(?:truoc ngay|truoc \d+h?|cham nhat|muon nhat|han)\b"),
    re.compile(r"\bbao cao\b.*\bve (?:so|ubnd|uy ban|bo|cuc|van phong|cong an|trung tam)\b"),
    re.compile(r"\btran trong\b|^nhan duoc (?:cong van|van ban|chi thi) nay\b"),
    re.compile(r"\bquan tam\b.*\b(?:phoi hop|thuc hien|chi dao|trien khai)\b"),
    re.compile(r"^(?:kinh )?(?:de nghi|yeu cau)\b.{0,90}\bnghiem tuc (?:trien khai|thuc hien)[^,]{0,30}$"),
)
_STOP = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:[A-ZĐ]|TP|Tp|TX|Tx|ThS|TS|PGS|GS|KT|TM|TL|st|tr|v\.v)\.$")


def proposals_of(paragraphs: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Return (paragraphs before, sentences that ask for something, paragraphs after)."""
    found = [_proposals(paragraph) for paragraph in paragraphs]
    asking = [index for index, sentences in enumerate(found) if sentences]
    if not asking:
        return paragraphs, [], []
    return paragraphs[: asking[0]], [s for sentences in found for s in sentences], paragraphs[asking[-1] + 1 :]


def sentences_of(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph; an abbreviation's point ends none."""
    sentences: list[str] = []
    for piece in _STOP.split(paragraph):
        if sentences and _ABBREVIATION.search(sentences[-1][-8:]):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return sentences


def _proposals(paragraph: str) -> list[str]:
    """Return what a paragraph asks for: a list item whole, else the sentences that ask."""
    mark = mark_of(paragraph)
    if is_dash(paragraph) or mark:
        text = mark.text.strip() if mark else without_dash(paragraph)
        return [] if is_other_matter(fold(text)) else [text]
    return [sentence for sentence in sentences_of(paragraph) if _asks(sentence)]


def _asks(sentence: str) -> bool:
    """Tell whether a sentence asks the addressees to do something."""
    folded = fold(sentence).rstrip(" ./")
    if sentence.endswith(":") or is_other_matter(folded):
        return False
    if _BASE.match(folded) and not _REQUEST.search(folded):
        return False
    return bool(_ASKS.search(folded))


def is_other_matter(folded: str) -> bool:
    """Tell whether a folded sentence gives a contact, a reporting date or a courtesy."""
    return any(pattern.search(folded) for pattern in _OTHER)
