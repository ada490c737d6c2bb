"""Turn the lines of Kính gửi into agencies in force on a day; a line that matches nothing stays visible."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from alertdesk.lib.text import fold

Kind = Agency.Kind
# A class of addressees by its folded words; the longest pattern that fits wins, so the order matters.
CLASSES = (
    (r"\b(cac )?so,? ban,? (va )?nganh\b", (Kind.DEPARTMENT, Kind.BOARD)),
    (r"\bcac so\b", (Kind.DEPARTMENT,)),
    (r"\bcac ban quan ly\b", (Kind.BOARD,)),
    (r"\b(ubnd|uy ban nhan dan) (cac )?(huyen|quan),? (thi xa|thanh pho|quan|huyen)", (Kind.DISTRICT,)),
    (r"\b(ubnd|uy ban nhan dan) cac (huyen|quan|thi xa|thanh pho)", (Kind.DISTRICT,)),
    (r"\b(ubnd|uy ban nhan dan) (cac )?(xa|phuong|dac khu)(,? (phuong|xa|thi tran|dac khu))+", (Kind.COMMUNE,)),
    (r"\b(ubnd|uy ban nhan dan) cac (xa|phuong|thi tran)", (Kind.COMMUNE,)),
)


@dataclass(frozen=True)
class LineMatch:
    """One line of Kính gửi and the agencies it stands for; none means the desk has to choose."""

    line: str
    agencies: tuple[Agency, ...]
    is_class: bool = False


def match_recipients(lines: list[str], *, issuer: Agency, day: date) -> list[LineMatch]:
    """Return for each line the agencies in force on `day` that it names; the issuer is left out.

    A class ("Các Sở, ban, ngành") takes every agency of its kinds in the issuer's province that no
    other line names. Names match with or without accents by name, short name or alias, and by
    symbol only where one agency has it.
    """
    known = [agency for agency in _in_province(issuer, day) if agency.pk != issuer.pk]
    book = _address_book(known, day)
    named = {line: found for line in lines if (found := _find(line, book, issuer))}
    taken = {agency.pk for agency in named.values()}
    return [_match(line, named, [a for a in known if a.pk not in taken]) for line in lines]


def _match(line: str, named: dict[str, Agency], others: list[Agency]) -> LineMatch:
    if line in named:
        return LineMatch(line, (named[line],))
    kinds = next((kinds for pattern, kinds in CLASSES if re.search(pattern, fold(line))), ())
    return LineMatch(line, tuple(a for a in others if a.kind in kinds), is_class=bool(kinds))


def _in_province(issuer: Agency, day: date) -> list[Agency]:
    """Agencies in force that share the issuer's province, and those that stand outside every province."""
    top = issuer
    while top.parent_id:
        top = top.parent
    province = Agency.objects.under(top).values_list("pk", flat=True)
    in_force = Agency.objects.in_force_on(day).prefetch_related("names").order_by("pk")
    return [agency for agency in in_force if agency.pk in set(province) or agency.parent_id is None]


def _address_book(agencies: list[Agency], day: date) -> dict[str, Agency]:
    """Map every folded spelling that belongs to one agency alone to that agency."""
    names = [(agency, agency.name_on(day)) for agency in agencies]
    entries = [(spelling, agency) for agency, name in names for spelling in {*name.spellings(), fold(name.symbol)}]
    times = Counter(spelling for spelling, _agency in entries)
    return {spelling: agency for spelling, agency in entries if times[spelling] == 1}


def _find(line: str, book: dict[str, Agency], issuer: Agency) -> Agency | None:
    """Find the one agency a line names; "tỉnh Bình Định" at its end may be longer than the register has it."""
    words = fold(line).strip(" .;,-")
    place = fold(issuer.parent.place if issuer.parent else issuer.place)
    ways = [words, words.removesuffix(f" {place}"), words.removesuffix(f" tinh {place}")]
    if " " in words:
        ways.append(f"{words} tinh")
    return next((book[way] for way in ways if way in book), None)
