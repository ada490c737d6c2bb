"""The board and the lists the desk calls by."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import push_url

from alertdesk.lib import clock
from directives.forms.board import BoardFilterForm, removable
from directives.permissions import is_staff_of
from directives.reports import board as read
from directives.reports.board_filters import Filters
from directives.reports.chasing import chase_text, groups
from directives.reports.follow_up import follow_ups
from directives.reports.last_time import last_time_by_assignment
from directives.reports.standing import FROM_SUBMISSION

from .desk import directive_kept, directive_seen
from .finding import find_assignment

ROWS_A_PAGE = 200


@require_safe
@vary_on_headers("HX-Request")
def board(request, pk):
    """Show agencies × actions with filters from the URL; the desk also gets its acts on every row.

    htmx gets the rows and what tells of them, and the address that opens the page like this again.
    """
    directive = directive_seen(request, pk)
    seen = read.board(directive, now=clock.now(), filters=Filters.from_query(request.GET))
    context = {
        "directive": directive,
        "board": seen,
        "page": Paginator(seen.rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "last_time": last_time_by_assignment(directive),
        "form": BoardFilterForm(seen),
        "removable": removable(seen),
        "is_desk": is_staff_of(request.user, directive),
    }
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, "directives/board.html", context)
    response = render(request, "directives/_board_swap.html", context)
    return push_url(response, f"{request.path}?{seen.filters.query_string}".rstrip("?"))


@require_safe
def cell_open(request, pk, position):
    """Lead from a cell to what is said about that action: the sending looked at, else the agency's own page."""
    assignment = find_assignment(request, pk)
    get_object_or_404(assignment.directive.actions, position=position)
    if assignment.submission_id and assignment.state in FROM_SUBMISSION:
        page = reverse("directives:submission", args=[assignment.submission_id])
    else:
        page = reverse("directives:assignment", args=[pk])
    return redirect(f"{page}#item-{position}")


@require_safe
def call_sheet(request, pk):
    """Show whom to call, on paper: contact, telephone, state, and room for what was said."""
    directive = directive_kept(request, pk)
    seen = read.board(directive, now=clock.now())
    return render(
        request, "directives/call_sheet.html", {"directive": directive, "board": seen, "groups": groups(seen)}
    )


@require_safe
def chase_list(request, pk):
    """Show what each owing agency was told and what comes next, and all of them as plain text for a chat."""
    directive = directive_kept(request, pk)
    seen = read.board(directive, now=clock.now())
    late = sum(row.late and row.owes for row in seen.rows)
    context = {"directive": directive, "text": chase_text(seen), "groups": follow_ups(seen), "late_count": late}
    return render(request, "directives/chase_list.html", context)
