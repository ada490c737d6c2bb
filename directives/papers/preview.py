"""Show a letterhead and its wording as they will print, on the agency's latest reply or on an empty one."""

from dataclasses import replace

from agencies.models import Agency, Letterhead
from alertdesk.lib import clock
from directives.models import Assignment, Directive
from directives.reports.reply import Reply, reply

from .render import content
from .reply import reply_context
from .wording import DOTS


def preview_context(agency: Agency, chosen: Letterhead) -> dict:
    """Return what the template of a reply reads, headed and worded as `chosen`, which need not be saved."""
    latest = Assignment.objects.filter(agency=agency, parent=None).order_by("-pk").first()
    read = reply(latest) if latest else _empty(agency)
    return reply_context(replace(read, letterhead=chosen))


def render_preview(agency: Agency, chosen: Letterhead) -> bytes:
    """Print the same as PDF."""
    return content("reply.html", preview_context(agency, chosen)).print()


def _empty(agency: Agency) -> Reply:
    """Return a reply to a directive that nobody has written: dots for all that is not known."""
    own, above = agency.name_on(clock.today()), agency.parent.name_on(clock.today()) if agency.parent else None
    directive = Directive(doc_type="công văn", subject=DOTS)
    return Reply(
        assignment=Assignment(directive=directive),
        directive=directive,
        issuer_name=DOTS,
        author_name=DOTS,
        agency_name=own.name if own else "",
        agency_kind=agency.kind,
        agency_place=agency.place,
        agency_symbol=own.symbol if own else "",
        parent_name=above.name if above else "",
        parent_short_name=above.short_name if above else "",
        items=(),
        units=(),
        duty=(),
    )
