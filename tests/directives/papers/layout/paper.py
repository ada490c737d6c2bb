"""A printed paper with what it was made from, and its parts found by where they must stand."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from .measure import MM, Page, Printed, Run

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
ANNEX = re.compile(r"^Phụ lục( [IVX]+)?$")
RED_WORDS = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")


@dataclass(frozen=True)
class Expected:
    """What a paper was made from; a blank number or day is None."""

    issuer: str
    parent: str = ""
    symbol: str = ""
    number: str | None = None
    has_number: bool = True  # a commitment and a roster are no numbered documents
    place: str = "Bình Định"
    date: tuple[int | None, int, int] = (None, 4, 2023)
    subject: str = ""  # of a letter, after V/v
    title: str = ""  # the name of a type
    title_subject: str = ""
    addressees: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer_titles: tuple[str, ...] = ()
    signer: str = ""
    urgency: str = ""
    annexes: tuple[str, ...] = ()
    bases: tuple[str, ...] = field(default=())


def squeezed(text: str) -> str:
    """Return text with single spaces."""
    return " ".join(text.split())


class Paper:
    """One printed case."""

    def __init__(self, content: bytes, expected: Expected):
        self.content, self.expected = content, expected
        self.printed = Printed(content)

    @property
    def pages(self) -> list[Page]:
        """All pages."""
        return self.printed.pages

    @property
    def first(self) -> Page:
        """The first page."""
        return self.pages[0]

    @cached_property
    def annex_starts(self) -> list[int]:
        """The pages on which an appendix begins."""
        return [page.number for page in self.pages if page.runs and ANNEX.match(page.runs[0].text)]

    @property
    def main(self) -> list[Page]:
        """The pages before the first appendix."""
        return self.pages[: self.annex_starts[0]] if self.annex_starts else self.pages

    @property
    def annexes(self) -> list[list[Page]]:
        """The pages of each appendix."""
        cuts = [*self.annex_starts, len(self.pages)]
        return [self.pages[start:end] for start, end in pairwise(cuts)]

    # --- the head ---

    @cached_property
    def nation(self) -> Run:
        """Quốc hiệu."""
        return self._one(self.first, NATION)

    @cached_property
    def motto(self) -> Run:
        """Tiêu ngữ."""
        return self._one(self.first, MOTTO)

    @cached_property
    def number(self) -> Run:
        """The line of number and symbol; where a paper has none, that of place and date."""
        if not self.expected.has_number:
            return self.place
        return next(run for run in self.first.runs if run.text.startswith("Số:") and run.right < self.nation.middle)

    @cached_property
    def place(self) -> Run:
        """The line of place and date."""
        return next(run for run in self.first.runs if ", ngày " in run.text and "Italic" in run.faces)

    @cached_property
    def names(self) -> list[Run]:
        """The lines of the two names, above the number."""
        return [run for run in self.first.runs if run.baseline < self.number.baseline - 3 and run.right < self._split]

    @property
    def parent_lines(self) -> list[Run]:
        """The lines of the body above."""
        return [run for run in self.names if run.faces == {""}]

    @property
    def issuer_lines(self) -> list[Run]:
        """The lines of the issuing body."""
        return [run for run in self.names if run.faces == {"Bold"}]

    @cached_property
    def subject_lines(self) -> list[Run]:
        """The lines of V/v, under the number."""
        below = [
            run
            for run in self.first.runs
            if self.number.baseline + 3 < run.baseline < self._body_top and run.right < self._split + 6
        ]
        return [run for run in below if run.text not in RED_WORDS]

    @property
    def stamp(self) -> Run:
        """The urgency."""
        return self._one(self.first, self.expected.urgency)

    @property
    def _split(self) -> float:
        """Where the right column of the head begins, at the latest."""
        return min(self.nation.left, self.place.left if self.place else self.nation.left)

    @cached_property
    def _body_top(self) -> float:
        """The baseline of what follows the head: a title or Kính gửi, else the first indented line."""
        starts = [run for run in self.first.runs if run.text.startswith("Kính gửi:") or self._is_title(run)]
        return min(run.baseline for run in starts) if starts else self.number.baseline + 4

    def _is_title(self, run: Run) -> bool:
        return bool(self.expected.title) and run.text == self.expected.title and run.faces == {"Bold"}

    # --- title and addressees ---

    @cached_property
    def title_lines(self) -> list[Run]:
        """The name of the type and what it is about."""
        runs = self.first.runs
        start = next(n for n, run in enumerate(runs) if self._is_title(run))
        lines = []
        for run in runs[start:]:
            if run.faces != {"Bold"} or run.text[:2] in ("I.", "1."):
                break
            lines.append(run)
        return lines

    @cached_property
    def addressing(self) -> Run:
        """The line of Kính gửi."""
        return next(run for run in self.first.runs if run.text.startswith("Kính gửi:"))

    # --- the text ---

    @cached_property
    def left(self) -> float:
        """The left edge of the text."""
        return self.copies_label.left

    @cached_property
    def lines(self) -> list[Run]:
        """The lines of the running text: from addressees or title to the signature, tables left out."""
        return [run for page in self.main for run in page.runs if self._is_body(run)]

    def _is_body(self, run: Run) -> bool:
        end = (self.copies_label.page, self.copies_label.baseline - 1)
        if not 11.6 < run.size < 14.1 or (run.page, run.baseline) >= end:
            return False
        if run.page == 0 and run.baseline <= self._head_end:
            return False
        return run.left < self.left + 40 and (run.page == 0 or run.baseline > 20 * MM)

    @cached_property
    def _head_end(self) -> float:
        """The baseline of the last line before the running text on the first page."""
        ends = [self.number.baseline, *(run.baseline for run in self.subject_lines)]
        if self.expected.title:
            ends.append(self.title_lines[-1].baseline)
        if self.expected.addressees:
            ends.append(max(run.baseline for run in self.addressee_lines if run.page == 0))
        if self.expected.urgency:
            ends.append(self.stamp.baseline)
        return max(ends)

    @cached_property
    def addressee_lines(self) -> list[Run]:
        """The lines of Kính gửi and of the names under it."""
        if len(self.expected.addressees) == 1:
            return self._following(self.addressing, f"Kính gửi: {self.expected.addressees[0]}")
        ends = [";"] * (len(self.expected.addressees) - 1) + ["."]
        names = " ".join(f"- {name}{end}" for name, end in zip(self.expected.addressees, ends, strict=True))
        return self._following(self.addressing, f"Kính gửi: {names}")

    def _following(self, first: Run, words: str) -> list[Run]:
        """Return the runs from `first` on that together say `words`; fewer where they say something else."""
        runs = [run for page in self.main for run in page.runs if not (page.number and run.baseline < 20 * MM)]
        wanted, found = squeezed(words).replace(" ", ""), []
        for run in runs[runs.index(first) :]:
            bare = run.text.replace(" ", "")
            if not bare or not wanted.startswith(bare):
                break
            found.append(run)
            wanted = wanted[len(bare) :]
        return found

    # --- the foot ---

    @cached_property
    def copies_label(self) -> Run:
        """The line "Nơi nhận:"."""
        return next(run for page in self.main for run in page.runs if run.text == "Nơi nhận:")

    @property
    def last_page(self) -> Page:
        """The page of the signature."""
        return self.pages[self.copies_label.page]

    @cached_property
    def signature(self) -> list[Run]:
        """What stands right of Nơi nhận: titles and name."""
        return [
            run
            for run in self.last_page.runs
            if run.baseline > self.copies_label.baseline - 1 and run.left > self.last_page.width / 2 - 20
        ]

    @cached_property
    def copy_lines(self) -> list[Run]:
        """The lines under Nơi nhận."""
        below = [
            run
            for run in self.last_page.runs
            if run.baseline > self.copies_label.baseline + 1 and run not in self.signature
        ]
        further = [run for page in self.main[self.copies_label.page + 1 :] for run in page.runs]
        return below + [run for run in further if run.baseline > 20 * MM]

    @staticmethod
    def _one(page: Page, words: str) -> Run:
        found = [run for run in page.runs if squeezed(run.text) == words]
        assert len(found) == 1, f"{words!r} stands {len(found)} times on page {page.number + 1}"
        return found[0]
