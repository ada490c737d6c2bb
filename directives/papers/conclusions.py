"""What the summary concludes: incidents, the holiday before, and proposals; each sentence from a counted fact."""

from directives.models import RequiredAction
from directives.reports.comparison import Comparison, Turnout
from directives.reports.incidents import IncidentFigures
from directives.reports.summary import Summary

from .wording import cite

Kind = RequiredAction.Kind


def conclusions(read: Summary) -> dict:
    """Return the sentences and tables that the template shows."""
    return {
        "incident_words": incident_words(read.incidents),
        "incident_rows": _incident_rows(read.incidents),
        "comparison": _compared(read.comparison) if read.comparison else None,
        "proposals": proposals(read),
    }


def incident_words(counted: IncidentFigures) -> str:
    """Return the sentence about incidents."""
    none = f"{counted.confirmed}/{counted.agencies} cơ quan, đơn vị xác nhận không phát sinh sự cố"
    if not counted.open + counted.closed:
        return f"Chưa ghi nhận sự cố an toàn thông tin; {none}."
    late = f" ({counted.late} sự cố có việc quá thời hạn quy định)" if counted.late else ""
    return (
        f"Ghi nhận {counted.open + counted.closed} sự cố an toàn thông tin, trong đó {counted.open} đang xử lý{late}, "
        f"{counted.closed} đã kết thúc; {none}."
    )


def _incident_rows(counted: IncidentFigures) -> list[tuple[str, int]]:
    return [
        ("Sự cố đang xử lý", counted.open),
        ("Trong đó có việc quá thời hạn thông báo, báo cáo theo quy định", counted.late),
        ("Sự cố đã kết thúc", counted.closed),
        ("Cơ quan, đơn vị xác nhận không phát sinh sự cố", counted.confirmed),
    ]


def _compared(found: Comparison) -> dict:
    last, now, cited = found.last, found.now, cite(found.previous)
    return {
        "cited": cited,
        "subject": found.previous.subject,
        "words": f"So với dịp nghỉ lễ trước: báo cáo {now.share(now.reported)}% "
        f"(dịp trước {last.share(last.reported)}%), đúng thời hạn {now.share(now.on_time)}% "
        f"(dịp trước {last.share(last.on_time)}%).",
        "rows": [
            ("Cơ quan, đơn vị được yêu cầu báo cáo", f"{last.agencies}", f"{now.agencies}"),
            ("Đã báo cáo", _part(last, last.reported), _part(now, now.reported)),
            ("Trong đó báo cáo đúng thời hạn", _part(last, last.on_time), _part(now, now.on_time)),
            ("Đã ghi nhận", _part(last, last.accepted), _part(now, now.accepted)),
        ],
        "again": "; ".join(found.again),
        "again_count": len(found.again),
    }


def _part(turnout: Turnout, count: int) -> str:
    return f"{count} ({turnout.share(count)}%)"


def proposals(read: Summary) -> list[str]:
    """Return what follows from the figures, each where its figure is not nought."""
    numbers, counted = read.numbers, read.incidents
    updating, layers = _sum(read, Kind.VULNERABILITIES), _sum(read, Kind.LAYERS_AND_DUTY)
    again = len(read.comparison.again) if read.comparison else 0
    said = (
        (numbers.overdue, "Chỉ đạo {} cơ quan, đơn vị đã quá thời hạn khẩn trương thực hiện và gửi báo cáo"),
        (again, "Đôn đốc, nhắc nhở {} cơ quan, đơn vị hai dịp liền báo cáo chậm hoặc chưa báo cáo"),
        (numbers.lapsed, "Nhắc nhở {} cơ quan, đơn vị không báo cáo đến khi kết thúc"),
        (len(read.supplementing), "Yêu cầu {} cơ quan, đơn vị đang bổ sung hoàn thiện báo cáo theo đề nghị"),
        (
            updating,
            "Chỉ đạo các cơ quan có {} máy chưa thể cập nhật bản vá áp dụng biện pháp giảm thiểu rủi ro",
        ),
        (
            layers,
            "Chỉ đạo các cơ quan bảo đảm đủ 4 lớp cho {} hệ thống cấp độ 3, hệ thống quan trọng còn thiếu",
        ),
        (counted.open, "Chỉ đạo các cơ quan, đơn vị có {} sự cố đang xử lý khẩn trương khắc phục và báo cáo kết quả"),
        (counted.late, "Yêu cầu thực hiện ngay việc thông báo, báo cáo đối với {} sự cố đã quá thời hạn quy định"),
    )
    return [words.format(f"{count:,}".replace(",", ".")) for count, words in said if count]


def _sum(read: Summary, kind: str) -> int:
    """Return how many things of a kind are still open by the reports that gave figures."""
    counts = [count for count in read.actions if count.kind == kind]
    if kind == Kind.VULNERABILITIES:
        return sum(count.extra for count in counts)
    return sum(max(0, count.total - count.total_done) for count in counts)
