"""What a file would do to the directory, row by row, before anything is done."""

import hashlib
import json
from dataclasses import dataclass, field

NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


class DirectoryUnreadable(Exception):
    """A file cannot become the directory; the message, in the reader's language, says what to do."""

    def __init__(self, message, **values):
        super().__init__(message)
        self.message, self.values = message, values

    def __str__(self):
        return str(self.message) % self.values


@dataclass(frozen=True)
class Remark:
    """A sentence about one row of the file; the first row of values is 2, as spreadsheet programs count."""

    row: int
    message: str
    values: dict = field(default_factory=dict)

    def __str__(self):
        return str(self.message) % self.values


@dataclass(frozen=True)
class Change:
    """One value that becomes another, as shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """What becomes of one row."""

    row: int
    title: str
    status: str
    changes: tuple[Change, ...] = ()


@dataclass
class Plan:
    """All that a file would do; with a problem in it nothing is done."""

    lines: list[Line] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    absent: int = 0

    def add(self, row: int, title: str, *, is_new: bool, changes: list[Change]) -> None:
        """Note what becomes of a row."""
        status = NEW if is_new else CHANGED if changes else UNCHANGED
        self.lines.append(Line(row, title, status, tuple(changes)))

    def refuse(self, row: int, message, /, **values) -> None:
        """Note what must be corrected in a row."""
        self.problems.append(Remark(row, message, values))

    def remark(self, row: int, message, /, **values) -> None:
        """Note what the person should know of a row."""
        self.remarks.append(Remark(row, message, values))

    @property
    def new(self) -> list[Line]:
        """The rows that add something."""
        return [line for line in self.lines if line.status == NEW]

    @property
    def changed(self) -> list[Line]:
        """The rows that change something."""
        return [line for line in self.lines if line.status == CHANGED]

    @property
    def unchanged(self) -> int:
        """How many rows say what the directory says already."""
        return sum(line.status == UNCHANGED for line in self.lines)

    @property
    def digest(self) -> str:
        """A fingerprint of everything that would be done, to be compared when it is confirmed."""
        told = [[line.row, line.status, [[c.before, c.after] for c in line.changes]] for line in self.lines]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()
