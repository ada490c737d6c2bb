"""What a first visit to each main page costs: bytes, requests, and the time to the largest paint, cold."""

from collections.abc import Iterator
from statistics import median

from django.urls import reverse

from .browser import ROOT, Visit, chromium, first_visit, serving
from .figures import Figure
from .world import World, session_of

VISITS = 3


def measure(world: World) -> Iterator[Figure]:
    """Visit every page with an empty cache a few times; bytes are of the largest visit, the paint is the median."""
    sessions = {name: session_of(getattr(world, name)) for name in ("staff", "leader", "officer")} | {"nobody": ""}
    with serving() as site, chromium() as browser:
        for case, who, path in _cases(world):
            first_visit(browser, site, path, sessions[who])  # the server's own first time is not the browser's
            yield from _figures(case, [first_visit(browser, site, path, sessions[who]) for _n in range(VISITS)])
    yield Figure("pages", "all", "css_bytes", _size("css", "*.css"), "bytes")
    yield Figure("pages", "all", "own_js_bytes", _size("js", "*.js"), "bytes")


def _cases(world: World) -> list[tuple[str, str, str]]:
    """Return each page with the person who opens it."""
    directive, assignment = [world.directive.pk], [world.open.pk]
    return [
        ("board", "staff", reverse("directives:board", args=directive)),
        ("board_leader", "leader", reverse("directives:board", args=directive)),
        ("home_staff", "staff", reverse("directives:home")),
        ("home_leader", "leader", reverse("directives:home")),
        ("home_officer", "officer", reverse("directives:home")),
        ("charts", "leader", reverse("directives:charts", args=directive)),
        ("directive", "staff", reverse("directives:detail", args=directive)),
        ("remind", "staff", reverse("directives:remind", args=directive)),
        ("reviews", "staff", reverse("directives:reviews")),
        ("assignment", "officer", reverse("directives:assignment", args=assignment)),
        ("answer", "officer", reverse("directives:answer", args=[world.open.pk, 1])),
        ("check", "officer", reverse("directives:check", args=assignment)),
        ("login", "nobody", reverse("agencies:login")),
    ]


def _figures(case: str, visits: list[Visit]) -> Iterator[Figure]:
    yield Figure("pages", case, "html_gz_bytes", max(visit.html for visit in visits), "bytes")
    yield Figure("pages", case, "requests", max(visit.requests for visit in visits), "count")
    yield Figure("pages", case, "total_bytes", max(visit.total for visit in visits), "bytes")
    yield Figure("pages", case, "lcp_ms", median(visit.lcp_ms for visit in visits), "ms")


def _size(folder: str, pattern: str) -> int:
    """Return the bytes of our own files of a kind, as they lie in the repository."""
    return sum(path.stat().st_size for path in (ROOT / "static" / folder).glob(pattern))
