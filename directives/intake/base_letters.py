"""The letters that a directive carries out, as its opening names them."""

import re
from dataclasses import replace

from alertdesk.lib.text import squeeze

from .dates import DATE, parts
from .draft import BaseLetter

_TYPE = r"(?:công văn|công điện|chỉ thị|văn bản|thông báo|kế hoạch|quyết định|thư|cv)"
_LETTER = re.compile(
    rf"(?:(?P<type>{_TYPE})\s*:?\s*(?:số\s*:?\s*)?|(?P<more>[;,]|\bvà)\s*số\s*:?\s*)"
    r"(?P<number>\d+[a-zA-Z]?\s*[/-]\s*[^\W_][\w&/.\-]*\w)"
    rf"(?:,?\s*(?:ký\s+)?(?:ban hành\s+)?(?:ngày\s+|\(ngày\s+)?{DATE}\)?)?"
    r"(?:\s*,?\s*của\s+(?P<issuer>.+))?",
    re.IGNORECASE,
)
_ISSUER_BEFORE = re.compile(r"\bcủa\s+(?P<issuer>[^,;]+?)\s+tại\s+(?:các\s+)?$", re.IGNORECASE)
_NAME = 200  # no body has a longer name
# Laws carry their year in the number ("85/2016/NĐ-CP"): grounds, not letters to be carried out.
_LAW = re.compile(r"^\d+[a-zA-Z]?/\d{4}/")
_AFTER_ISSUER = re.compile(
    r"\s*(?:[;.:()“\"]|\b(?:về|V/v|tại|đề nghị|yêu cầu|gửi|thông báo|hướng dẫn|nhằm|theo|ngày|trong|để|do|có)\b"
    rf"|\bvà\s+(?:các\s+|căn cứ|{_TYPE})|,(?!\s*(?:Thể thao|Du lịch|Viễn thông|Thương binh|Thủy sản|Gia đình)\b)).*$",
    re.IGNORECASE | re.DOTALL,
)


def base_letters(preamble: list[str]) -> tuple[BaseLetter, ...]:
    """Return the letters named in the opening, each once, in order."""
    letters: list[BaseLetter] = []
    for paragraph in preamble:
        letters += _letters(paragraph, known=bool(letters))
    return tuple({letter.number: letter for letter in reversed(letters)}[number] for number in _numbers(letters))


def _numbers(letters: list[BaseLetter]) -> list[str]:
    """Return each letter's number once, in order."""
    return list(dict.fromkeys(letter.number for letter in letters))


def _letters(paragraph: str, *, known: bool) -> list[BaseLetter]:
    """Return the letters of one paragraph; a list shares the issuer that its last member names."""
    found: list[BaseLetter] = []
    position = 0
    while match := _LETTER.search(paragraph, position):
        number = squeeze(match["number"]).replace(" ", "")
        position = match.start("issuer") if match["issuer"] else match.end()
        if not _LAW.match(number) and (match["type"] or known or found):
            found.append(BaseLetter(number, *parts(match), issuer=_issuer(paragraph, match)))
    return _with_shared_issuer(found)


def _issuer(paragraph: str, match: re.Match) -> str | None:
    """Return the body named after "của", behind the letter or before it ("của X tại Công văn số …")."""
    before = _ISSUER_BEFORE.search(paragraph, max(0, match.start() - _NAME), match.start())
    name = match["issuer"] or (before and before["issuer"]) or ""
    return squeeze(_AFTER_ISSUER.sub("", name)).strip(" ,") or None


def _with_shared_issuer(letters: list[BaseLetter]) -> list[BaseLetter]:
    """Return letters of a list such as "số 1/X-A …, số 2/X-B … của Bộ X": one symbol, one issuer."""
    issuers = {_symbol(letter): letter.issuer for letter in letters if letter.issuer}
    return [replace(letter, issuer=letter.issuer or issuers.get(_symbol(letter))) for letter in letters]


def _symbol(letter: BaseLetter) -> str:
    """Return the first group of a letter's symbol, which stands for its issuer."""
    return re.split(r"[/-]", letter.number)[1]
