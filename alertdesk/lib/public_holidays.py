"""The public holidays ahead as offices have them, and the words by which Vietnamese documents call them.

Dates, days in lieu and swapped days come from the `holidays` package, an office's own decisions win.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from .clock import ZONE
from .text import fold
from .working_days import (
    NO_OVERRIDES,
    Overrides,
    add_working_days,
    at,
    days_off_from,
    is_public_holiday,
    is_working_day,
    last_working_afternoon,
    subtract_working_days,
    working_days_between,
)

NEAR = timedelta(days=10)
_STEMS = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"]
_BRANCHES = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"]
_LUNAR_YEAR = rf"(?: (?:{'|'.join(_STEMS)}) (?:{'|'.join(_BRANCHES)}))?"
_YEAR = r"(?:,? (?:năm )?\d{4})?"
# What is celebrated: its name in documents, how the calendar calls its days, how else documents write it.
FEASTS = (
    ("Tết Dương lịch", r"tet duong lich", rf"Tết Dương lịch{_YEAR}"),
    ("Tết Nguyên đán", r"tet", rf"Tết (?:cổ truyền|Nguyên đán){_LUNAR_YEAR}{_YEAR}"),
    ("Giỗ Tổ Hùng Vương", r"hung vuong", r"(?:ngày )?Giỗ Tổ Hùng Vương(?: \((?:ngày )?(?:mùng )?10/0?3[^()]*\))?"),
    (
        "30/4 và 01/5",
        r"chien thang|lao dong|giai phong",
        r"(?:ngày )?30/0?4(?: và |, | - | – |-|–)(?:ngày )?0?1/0?5(?:/\d{4})?"
        r"|Kỷ niệm \d+ năm Ngày Giải phóng miền Nam[^()]*\(30/0?4\) và (?:\d+ năm )?Ngày Quốc tế lao động \(0?1/0?5\)",
    ),
    (
        "Quốc khánh 02/9",
        r"quoc khanh",
        r"(?:ngày )?Quốc khánh(?: nước [^();,.]*)?(?: \(?(?:ngày )?0?2/0?9(?:/\d{4})?\)?)?",
    ),
)
_FEAST = "(?:" + "|".join(written for _name, _calendar, written in FEASTS) + ")"
PHRASE = re.compile(rf"\b(?:lễ )?{_FEAST}(?:(?:, | và )(?:lễ )?{_FEAST})*(?: năm \d{{4}})?", re.IGNORECASE)


@dataclass(frozen=True)
class Holiday:
    """An unbroken run of days off around one or more public holidays."""

    first_day: date
    last_day: date
    feasts: tuple[str, ...]

    @property
    def name(self) -> str:
        """What is celebrated, as documents name it."""
        return ", ".join(self._dated(feast) for feast in self.feasts)

    @property
    def words(self) -> str:
        """The words for a sentence such as "trong thời gian nghỉ …"."""
        return self.name if self.feasts[0].startswith(("Tết", "Ngày")) else f"lễ {self.name}"

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last_day - self.first_day).days + 1

    def _dated(self, feast: str) -> str:
        year = self.last_day.year
        if feast == "Tết Nguyên đán":
            return f"{feast} {_STEMS[(year - 4) % 10]} {_BRANCHES[(year - 4) % 12]} {year}"
        return f"{feast} {year}" if feast == "Tết Dương lịch" else feast


@cache
def _named_days(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=(year - 1, year, year + 1), language="vi"))


def holidays_between(start: date, end: date, overrides: Overrides = NO_OVERRIDES) -> list[Holiday]:
    """Return the public holidays that begin after `start`, up to and with `end`; one that is under way is left out."""
    day = start + timedelta(days=1)
    if not is_working_day(start, overrides):
        day += timedelta(days=len(days_off_from(day, overrides)))
    found = []
    while day <= end:
        run = days_off_from(day, overrides)
        feasts = _feasts_of([off for off in run if is_public_holiday(off, overrides)])
        if feasts:
            found.append(Holiday(run[0], run[-1], feasts))
        day += timedelta(days=len(run) + 1)
    return found


def _feasts_of(days: list[date]) -> tuple[str, ...]:
    """Return what is celebrated on these days; a day that is only off instead of another celebrates nothing."""
    names = [name for day in days for name in _named_days(day.year).get(day, "").split("; ") if name]
    return tuple(dict.fromkeys(feast for name in names if (feast := _feast(name))))


def _feast(name: str) -> str:
    known = (feast for feast, calendar, _written in FEASTS if re.search(calendar, fold(name)))
    return next(known, "" if fold(name).startswith("ngay nghi") else name.partition(" (")[0])


def holiday_near(day: date, overrides: Overrides = NO_OVERRIDES, *, text: str = "") -> Holiday | None:
    """Return the holiday that a deadline on `day` was set for: one near it that `text` names, else the first after."""
    start = day if is_working_day(day, overrides) else subtract_working_days(day, 1, overrides)
    around = holidays_between(day - NEAR, day + NEAR, overrides)
    named = (one for one in around if _names(text, one))
    return next(named, None) or next(iter(holidays_between(start, day + NEAR, overrides)), None)


def _names(text: str, holiday: Holiday) -> bool:
    """Tell whether a text names what is celebrated, in any of its spellings."""
    spellings = (written for feast, _calendar, written in FEASTS if feast in holiday.feasts)
    return any(re.search(written, text, re.IGNORECASE) for written in spellings)


def same_distance(moment: datetime, old: Holiday | None, new: Holiday, overrides: Overrides = NO_OVERRIDES) -> datetime:
    """Return the moment as many working days before `new` as `moment` is before `old`, at the same hour.

    Without an old holiday it is the last working afternoon before the new one.
    """
    if old is None:
        return last_working_afternoon(new.first_day, overrides)
    here = moment.astimezone(ZONE)
    before = max(0, working_days_between(here.date(), old.first_day, overrides))
    return at(subtract_working_days(new.first_day, before + 1, overrides), here.time())


def shifted(moment: datetime, old: datetime, new: datetime, overrides: Overrides = NO_OVERRIDES) -> datetime:
    """Return the moment as many working days from `new` as `moment` is from `old`, at its own hour."""
    here, day = moment.astimezone(ZONE), new.astimezone(ZONE).date()
    apart = working_days_between(old.astimezone(ZONE).date(), here.date(), overrides)
    return at(add_working_days(day, apart, overrides), here.time())


def phrases_in(texts: list[str]) -> list[str]:
    """Return the distinct ways in which texts name public holidays, in the order they appear."""
    return list(dict.fromkeys(match[0] for text in texts for match in PHRASE.finditer(text)))


def proposed_words(phrase: str, holiday: Holiday) -> str:
    """Return how a text that said `phrase` would name the holiday, with its year where that had one."""
    words = holiday.words if fold(phrase).startswith(("le ", "tet")) else holiday.name
    year = str(holiday.last_day.year)
    return f"{words} năm {year}" if re.search(r"\d{4}$", phrase) and not words.endswith(year) else words


def reworded(text: str, words: Mapping[str, str]) -> str:
    """Return a text with each phrase in other words."""
    return PHRASE.sub(lambda match: words.get(match[0], match[0]), text)
