"""Appendices: tables behind a paper, each with its label, its title and its own page numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .wording import long_date, roman

TEXT, MARK, FIGURE = "text", "mark", ""
# Room to write a number or a day: blanks at which no line ends.
ROOM = "\u00a0" * 6


@dataclass(frozen=True)
class Column:
    """A column: its head, its width in millimetres (blank: what is left), and how its cells are set."""

    head: str
    width: str = ""
    css: str = TEXT


@dataclass(frozen=True)
class Table:
    """A table with numbered rows; `total` is its last line, cell by cell, where it has one."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    heading: str = ""

    @property
    def lines(self) -> list[list[tuple[Column, str]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, str]]:
        """The last line, each cell with its column."""
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


@dataclass(frozen=True)
class Appendix:
    """One appendix; `position` is the action whose answer it belongs to, `label` is given by `labelled`."""

    title: str
    tables: tuple[Table, ...]
    position: int = 0
    label: str = ""


def labelled(appendices: Iterable[Appendix]) -> list[Appendix]:
    """Return appendices with their labels: one alone is "Phụ lục", several are numbered in Roman figures."""
    told = [appendix for appendix in appendices if any(table.rows for table in appendix.tables)]
    if len(told) == 1:
        return [replace(told[0], label="Phụ lục")]
    return [replace(appendix, label=f"Phụ lục {roman(n)}") for n, appendix in enumerate(told, 1)]


def with_paper(kind: str, symbol: str, month: int, year: int, author: str) -> str:
    """Return the line under an appendix's title: the paper that it goes with, its number and day left to be written.

    A paper that is no numbered document has no symbol.
    """
    named = f"{kind} số{ROOM}/{symbol}" if symbol else kind
    return f"Kèm theo {named} {long_date(None, month, year, blank=ROOM)} của {author}"
