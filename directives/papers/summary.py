"""The leadership summary: a báo cáo of the issuing department to the body above it."""

from dataclasses import dataclass

from alertdesk.lib import clock
from directives.models import OWING, Directive, DirectiveState
from directives.reports.charts import PAPER, by_action, by_day, by_group
from directives.reports.summary import ActionCount, AgencyLine, Summary, summary

from .appendices import with_paper
from .conclusions import conclusions
from .desk import desk_of
from .desk_report import desk_report
from .facts import summary_facts
from .render import Content, content
from .reply import figures_in_words
from .word import paper_file
from .wording import GROUP_WORDS, STATE_WORDS, cite, moment

# What the appendix writes for an answer; the key under the table explains it.
MARKS = {
    "done": "HT",
    "partly": "MP",
    "nil": "KPS",
    "not_applicable": "KAD",
    "in_progress": "ĐTH",
    "not_started": "–",
    "more": "BS",
    "": "–",
}


# The same in a workbook, where there is room for the words.
STATUS_CELLS = {
    "done": "Đã hoàn thành",
    "partly": "Một phần",
    "nil": "Không phát sinh",
    "not_applicable": "Không áp dụng",
    "in_progress": "Đang thực hiện",
    "not_started": "",
    "more": "Đề nghị bổ sung",
    "": "",
}


@dataclass(frozen=True)
class ActionLine:
    """One action in the table of the first page."""

    count: ActionCount
    none: int
    figures: str


@dataclass(frozen=True)
class AnnexGroup:
    """The agencies of one kind in the appendix, numbered through."""

    name: str
    lines: list[dict]


def render_summary(directive: Directive) -> bytes:
    """Print the summary of a directive as it stands at the domain's current moment."""
    return summary_content(directive).print()


def summary_content(directive: Directive) -> Content:
    """Return what the summary is printed from."""
    return content("summary.html", _context(summary(directive, now=clock.now())))


def render_summary_docx(directive: Directive) -> bytes:
    """Write the same summary as a Word file; its charts are left out, the tables say their numbers."""
    return paper_file("summary.html", _context(summary(directive, now=clock.now())))


def _context(read: Summary) -> dict:
    cited, desk, today = cite(read.directive), desk_of(read.directive), clock.today()
    return desk_report(
        read.directive,
        desk,
        f"Kết quả thực hiện {cited.kind} số {cited.number} về việc {read.directive.subject}",
        facts=("summary", summary_facts(read)),
        standing=_standing(read.directive),
        with_paper=with_paper("Báo cáo", desk.fixed.report_symbol, today.month, today.year, desk.name),
        **_figures(read),
    )


def _standing(directive: Directive) -> str:
    """Return the sentence on a directive that nobody answers any more; blank while it stands."""
    kind = cite(directive).kind
    if directive.state == DirectiveState.SUPERSEDED and (newer := directive.superseded_by.first()):
        by = cite(newer)
        return f"{kind} này đã được thay thế bằng {by.kind} số {by.number} {by.date}."
    return {
        DirectiveState.CLOSED: f"{kind} này đã kết thúc theo dõi.",
        DirectiveState.RECALLED: f"{kind} này đã được thu hồi.",
        DirectiveState.SUPERSEDED: f"{kind} này đã được thay thế.",
    }.get(DirectiveState(directive.state), "")


def _figures(read: Summary) -> dict:
    """Return the counted parts of the paper."""
    return {
        "as_of": moment(read.as_of),
        "deadline": moment(read.directive.deadline) if read.directive.deadline else "",
        "numbers": read.numbers,
        "missing": len(read.owing),
        "supplementing": len(read.supplementing),
        "actions": [_action_line(count) for count in read.actions],
        "groups": [{"name": GROUP_WORDS[group.kind], "is": group} for group in read.groups],
        "owing": _owing(read),
        "annex": _annex(read),
        **conclusions(read),
        "by_day": by_day(read.progress, PAPER),
        "by_group": by_group(read, GROUP_WORDS, PAPER),
        "by_action": by_action(read, PAPER),
        **_annex_widths(len(read.actions)),
    }


def _annex_widths(count: int) -> dict[str, str]:
    """Return the appendix's column widths in millimetres: a mark needs 10, names what is left."""
    marks = min(10 * count, 80)
    return {"action_width": f"{marks / max(count, 1):.2f}", "state_width": "51" if count <= 5 else "38"}


def _action_line(count: ActionCount) -> ActionLine:
    words = figures_in_words(_Counts(count.kind, count.total, count.total_done, count.extra))
    by = f"{words} (theo số liệu của {count.with_figures} cơ quan, đơn vị)" if count.with_figures else ""
    return ActionLine(count, count.nil + count.not_applicable, by)


SUPPLEMENTING = "Đã báo cáo, đang bổ sung theo đề nghị"


@dataclass(frozen=True)
class OwingGroup:
    """The agencies without a report that stand alike: in words, how many, and which."""

    words: str
    count: int
    names: str


@dataclass(frozen=True)
class _Counts:
    """Sums over agencies in the shape of one answer's counts."""

    kind: str
    total: int
    done: int
    extra: int
    reference: str = ""


def standing_words(line: AgencyLine) -> str:
    """Return how an agency stands, in words for a list, and who entered its report."""
    return f"{_words(line)}{' (Sở ghi nhận)' if line.recorded else ''}"


def _words(line: AgencyLine) -> str:
    """Return how an agency stands, in words for a list."""
    said = STATE_WORDS[line.state]
    if line.extended_until:
        said = f"{said}; gia hạn đến {moment(line.extended_until)}"
    if not line.late:
        return said
    return f"{said}; quá hạn {line.days_late} ngày" if line.days_late else f"{said}; đã quá hạn"


def _owing(read: Summary) -> list[OwingGroup]:
    """Return who has not reported, a group for each way of standing, those the least far first; then who adds to it."""
    groups: dict[str, list[str]] = {STATE_WORDS[state]: [] for state in OWING}
    for line in read.owing:
        groups.setdefault(STATE_WORDS[line.state], []).append(_named(line))
    groups[SUPPLEMENTING] = [_named(line) for line in read.supplementing]
    return [OwingGroup(words, len(names), "; ".join(names)) for words, names in groups.items() if names]


def _named(line: AgencyLine) -> str:
    return f"{line.name} (quá hạn {line.days_late} ngày)" if line.days_late else line.name


def _annex(read: Summary) -> list[AnnexGroup]:
    groups: dict[str, list[dict]] = {}
    for number, line in enumerate(read.agencies, 1):
        row = {"number": number, "name": line.name, "words": _words(line), "recorded": line.recorded}
        row["marks"] = [MARKS[status] for status in line.statuses]
        groups.setdefault(line.kind, []).append(row)
    return [AnnexGroup(GROUP_WORDS[kind], rows) for kind, rows in groups.items()]
