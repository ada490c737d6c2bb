"""The summary as an Excel workbook: the same figures as its PDF, a sheet for each of its tables."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from alertdesk.lib import clock
from alertdesk.lib.xlsx import write_sheets
from directives.models import Directive
from directives.reports.summary import AgencyLine, Summary, summary

from .conclusions import conclusions
from .summary import STATUS_CELLS, standing_words
from .wording import GROUP_WORDS, cite, moment

Row = list[str | int]


@dataclass(frozen=True)
class Workbook:
    """Titled tables on their way into a workbook."""

    sheets: tuple[tuple[str, list[Row]], ...]

    @cached_property
    def key(self) -> str:
        """The fingerprint of the cells: the file itself also holds the moment of its writing."""
        return hashlib.sha256(json.dumps(self.sheets, ensure_ascii=False).encode()).hexdigest()

    def print(self) -> bytes:
        """Return the workbook; a text in it is never taken for a formula."""
        return write_sheets(self.sheets)


def summary_workbook(directive: Directive) -> Workbook:
    """Return the summary of a directive as tables, as it stands at the domain's current moment."""
    read = summary(directive, now=clock.now())
    return Workbook(
        (
            ("Kết luận", _conclusions(read)),
            ("Theo nội dung", _actions(read)),
            ("Theo nhóm", _groups(read)),
            ("Cơ quan", _agencies(read, read.agencies)),
            ("Chưa báo cáo", _agencies(read, (*read.owing, *read.supplementing))),
        )
    )


def _conclusions(read: Summary) -> list[Row]:
    numbers, said, cited = read.numbers, conclusions(read), cite(read.directive)
    compared = said["comparison"]
    rows: list[Row] = [
        ["Chỉ tiêu", "Giá trị"],
        ["Văn bản", f"{cited.kind} số {cited.number} {cited.date}"],
        ["Về việc", read.directive.subject],
        ["Thời hạn báo cáo", moment(read.directive.deadline) if read.directive.deadline else ""],
        ["Số liệu tính đến", moment(read.as_of)],
        ["Cơ quan, đơn vị được yêu cầu báo cáo", numbers.agencies],
        ["Đã báo cáo", numbers.reported],
        ["Tỷ lệ đã báo cáo (%)", numbers.percent],
        ["Đã ghi nhận", numbers.accepted],
        ["Đang được xem xét", numbers.to_review],
        ["Đang bổ sung theo đề nghị", len(read.supplementing)],
        ["Chưa có báo cáo", len(read.owing)],
        ["Quá thời hạn", numbers.overdue],
        ["Chưa tiếp nhận", numbers.not_acknowledged],
    ]
    rows += [[name, count] for name, count in said["incident_rows"]]
    if compared:
        rows += [[f"{name} (dịp trước)", last] for name, last, _now in compared["rows"]]
    return rows + [[f"Kiến nghị {number}", line] for number, line in enumerate(said["proposals"], 1)]


def _actions(read: Summary) -> list[Row]:
    head = ["TT", "Nội dung", "Đã hoàn thành", "Một phần", "Không phát sinh", "Không áp dụng", "Chưa có kết quả"]
    head += ["Có số liệu", "Đã xác minh", "Tổng số", "Đã thực hiện", "Số liệu khác"]
    rows = [
        [
            *(count.position, count.title, count.done, count.partly, count.nil, count.not_applicable),
            *(count.unanswered, count.with_figures, count.verified, count.total, count.total_done, count.extra),
        ]
        for count in read.actions
    ]
    return [head, *rows]


def _groups(read: Summary) -> list[Row]:
    head = ["Nhóm cơ quan", "Số cơ quan, đơn vị", "Đã báo cáo", "Đã ghi nhận", "Quá thời hạn"]
    rows = [[GROUP_WORDS[g.kind], g.agencies, g.reported, g.accepted, g.overdue] for g in read.groups]
    numbers = read.numbers
    return [head, *rows, ["Tổng số", numbers.agencies, numbers.reported, numbers.accepted, numbers.overdue]]


def _agencies(read: Summary, lines: tuple[AgencyLine, ...]) -> list[Row]:
    head = ["TT", "Cơ quan, đơn vị", "Nhóm cơ quan", "Tình hình", "Số ngày quá hạn"]
    head += [f"{count.position}. {count.title}" for count in read.actions]
    rows = [
        [n, line.name, GROUP_WORDS[line.kind], standing_words(line), line.days_late]
        + [STATUS_CELLS[status] for status in line.statuses]
        for n, line in enumerate(lines, 1)
    ]
    return [head, *rows]
