"""Break names, titles and subjects into as few lines as fit, of even length, and by meaning."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from .fonts import text_width

# What a break costs beside uneven lines, whose cost is a few hundreds at most; one line more costs as much as _LINE.
_TORN, _SPLIT, _AFTER_AND, _APART, _LINE = 1500, 700, 400, 100, 250
# Before these words a name may be broken without tearing what belongs together.
_SEAMS = ("và", "tỉnh", "huyện", "quận", "xã", "phường", "thị xã", "thành phố", "khu kinh", "đoàn đbqh")
# These two syllables are read as one word.
_WORDS = frozenset(
    re.findall(
        r"\w+ \w+",
        """
    công văn, công điện, kế hoạch, chỉ thị, báo cáo, kết quả, thực hiện, triển khai, tăng cường, an toàn,
    thông tin, bảo đảm, công tác, hệ thống, nghỉ lễ, ủy ban, nhân dân, hội đồng, đại biểu, quốc hội, chỉ đạo,
    ban chỉ, quản lý, dự án, đầu tư, xây dựng, công trình, nông nghiệp, phát triển, nông thôn, lao động,
    thương binh, xã hội, truyền thông, tài nguyên, môi trường, giáo dục, đào tạo, văn hóa, thể thao, du lịch,
    khoa học, công nghệ, tài chính, kinh tế, giao thông, vận tải, công thương, công nghiệp, thanh tra,
    văn phòng, nhà nước, chi nhánh, ngân hàng, bảo hiểm, kho bạc, tội phạm, tệ nạn, phong trào, phòng chống,
    trung tâm, bưu chính, viễn thông, chuyển đổi
    """,
    )
)


def break_name(name: str, face: str, size: float, room: float) -> list[str]:
    """Break a name into lines of at most `room` points: "SỞ THÔNG TIN / VÀ TRUYỀN THÔNG"."""
    return _broken(name, face, size, room, _tears_name)


def break_prose(text: str, face: str, size: float, room: float) -> list[str]:
    """Break a title or a subject into lines of at most `room` points; numbers and symbols stay whole."""
    return _broken(text, face, size, room, _tears_prose)


def _broken(text: str, face: str, size: float, room: float, tears: Callable[[str, str, str], int]) -> list[str]:
    words = [part for word in text.split() for part in _pieces(word, face, size, room)]
    widths = [text_width(word, face, size) for word in words]
    cuts = _cheapest(words, _Measure(widths, text_width(" ", face, size), room), tears)
    return [" ".join(words[start:end]) for start, end in pairwise(cuts)]


def _pieces(word: str, face: str, size: float, room: float) -> list[str]:
    """Return a word, in pieces where it alone is longer than a line."""
    pieces = [""]
    for char in word:
        if pieces[-1] and text_width(pieces[-1] + char, face, size) > room:
            pieces.append("")
        pieces[-1] += char
    return pieces


class _Measure:
    """How long lines of certain words are, against the room of a line."""

    def __init__(self, widths: Sequence[float], blank: float, room: float):
        self._ends, self._blank, self._room = [0.0, *accumulate(widths)], blank, room
        self.words = len(widths)

    def width(self, start: int, end: int) -> float:
        """Return how long the words from `start` up to `end` are on one line."""
        return self._ends[end] - self._ends[start] + self._blank * (end - start - 1)

    def fits(self, start: int, end: int) -> bool:
        """Whether they have room; one word always has."""
        return end - start == 1 or self.width(start, end) <= self._room

    def fewest(self) -> int:
        """Return how many lines there are when each is filled."""
        count, start = 0, 0
        while start < self.words:
            end = start + 1
            while end < self.words and self.fits(start, end + 1):
                end += 1
            count, start = count + 1, end
        return count


def _cheapest(words: list[str], measure: _Measure, tears: Callable[[str, str, str], int]) -> list[int]:
    """Return where the lines begin and end: few, even, and little torn."""
    fewest = measure.fewest()
    ways = [_even(words, measure, tears, count) for count in (fewest, fewest + 1) if count <= max(len(words), fewest)]
    return min((cost + _LINE * more, cuts) for more, (cost, cuts) in enumerate(ways))[1]


def _even(
    words: list[str], measure: _Measure, tears: Callable[[str, str, str], int], count: int
) -> tuple[float, list[int]]:
    """Return the cost of the best way to set words in so many lines, and where these begin and end."""
    ideal = measure.width(0, len(words)) / max(count, 1)
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}
    for _line in range(count):
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            if start == len(words):
                continue
            torn = tears(words[start - 1], words[start], " ".join(words[start : start + 2])) if start else 0
            for end in range(start + 1, len(words) + 1):
                if not measure.fits(start, end):
                    break
                total = cost + torn + (measure.width(start, end) - ideal) ** 2 / max(ideal, 1)
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, [*cuts, end])
        best = longer
    return best[len(words)]


def _tears_name(before: str, after: str, pair: str) -> int:
    """Weigh a break in a name: within a word is worst, after "và" bad."""
    before, after, pair = before.lower(), after.lower(), pair.lower()
    if after == "-" or (before, after) == ("thị", "xã") or f"{before} {after}" in _WORDS:
        return _TORN
    if before.endswith((",", "-", ";")) or after in _SEAMS or pair in _SEAMS:
        return 0
    return _AFTER_AND if before == "và" else _SPLIT


def _tears_prose(before: str, after: str, _pair: str) -> int:
    """Weigh a break in running words: within a word, after "và", before or after what a number is counted by."""
    before, after = before.lower(), after.lower()
    if f"{before} {after}" in _WORDS or before in ("và", "số", "ngày", "tháng", "năm"):
        return _AFTER_AND
    return _APART if after == "số" else 0
