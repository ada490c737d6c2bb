"""Words that only the desk's lists need."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alertdesk.lib import clock
from directives.templatetags.alertdesk import chip

register = template.Library()
DIRECTIONS = {"name": "ascending", "progress": "ascending"}


@register.simple_tag
def late_words(late, days):
    """Say how many calendar days something is late; within the day of its deadline that it has just passed."""
    if not late:
        return ""
    if not days:
        return _("just past the deadline")
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


@register.filter
def last_login_of(users):
    """Return the latest sign-in of several accounts, None where nobody has signed in yet."""
    return max((user.last_login for user in users if user.last_login), default=None)


@register.filter
def of(found, key):
    """Return what a report found about one row, None where it found nothing."""
    return found.get(key) if found else None


@register.simple_tag
def board_cells(board, row):
    """Draw the cells of one row; each opens what the agency says about that action."""
    url = reverse("directives:assignment", args=[row.assignment_id])
    return format_html_join(
        "",
        '<td role="cell" class="c-it">{}</td>',
        ((_cell(cell, head.title, url),) for head, cell in zip(board.heads, row.cells, strict=True)),
    )


def _cell(cell, title, url):
    href = f"{url}{cell.position}/"
    late = late_words(cell.late, cell.days_late)
    return chip(cell.code, short=True, late=late, href=href, number=cell.position, title=title, mark=_figure_sign(cell))


def _figure_sign(cell):
    """Return a sign for figures, another once they are verified; its title says it in words.

    Where units are asked about it is how many of them have reported.
    """
    if cell.units.units:
        words = _("%(reported)s of %(units)s units reported") % vars(cell.units)
        sign = f"{cell.units.reported}/{cell.units.units}"
        return _sign(sign, words)
    if not cell.has_figures:
        return ""
    sign, words = ("∑✓", _("figures verified")) if cell.is_verified else ("∑", _("with figures"))
    return _sign(sign, words)


def _sign(sign, words):
    """Return a sign whose title is also its name for screen readers: 150 rows must stay small."""
    return format_html('<span role="img" title="{}">{}</span>', words, sign)


@register.inclusion_tag("directives/_sort_head.html")
def sort_head(board, sort, label, css):
    """Open a column head whose label sorts the board; the caller adds what else stands in it and closes it."""
    return {
        "sort": sort,
        "label": label,
        "css": css,
        "query": board.filters.with_changes(sort=sort),
        "direction": DIRECTIONS.get(sort, "other") if board.filters.sort == sort else "",
    }


@register.filter
def exploited(vulnerabilities) -> list:
    """Return those of some vulnerabilities that are known to be exploited today."""
    return [flaw for flaw in vulnerabilities if flaw.exploited_since and flaw.exploited_since <= clock.today()]
