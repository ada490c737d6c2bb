"""The board and the lists the desk calls by."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alertdesk.lib import clock
from directives.forms.board import BoardFilterForm, removable
from directives.models import Delivery, Directive
from directives.permissions import is_staff_of
from directives.reminders.addresses import without_address
from directives.reports import board as read
from directives.reports.board_filters import Filters
from directives.reports.chasing import chase_text, groups
from directives.reports.mail_today import LISTS, notices_in
from directives.services.errors import Overtaken
from directives.services.resending import resend

from .desk import directive_kept, directive_seen

ROWS_A_PAGE = 200
DELIVERIES_A_PAGE = 100


@require_safe
def board(request, pk):
    """Show agencies × actions with filters from the URL; the desk also gets its acts on every row."""
    directive = directive_seen(request, pk)
    seen = read.board(directive, now=clock.now(), filters=Filters.from_query(request.GET))
    context = {
        "directive": directive,
        "board": seen,
        "page": Paginator(seen.rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "form": BoardFilterForm(seen),
        "removable": removable(seen),
        "is_desk": is_staff_of(request.user, directive),
    }
    return render(request, "directives/board.html", context)


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
    """Show the owing agencies as plain text to paste into a chat."""
    directive = directive_kept(request, pk)
    seen = read.board(directive, now=clock.now())
    context = {"directive": directive, "text": chase_text(seen), "groups": groups(seen)}
    return render(request, "directives/chase_list.html", context)


@require_safe
def reminder_list(request, pk):
    """Show who was told what about a directive and when, refused messages first, and who has no address."""
    directive = directive_kept(request, pk)
    chosen = request.GET.get("state", "")
    rows = notices_in(chosen, directive, now=clock.now())
    context = {
        "directive": directive,
        "page": Paginator(rows, DELIVERIES_A_PAGE).get_page(request.GET.get("page")),
        "dead": Delivery.objects.filter(state=Delivery.State.DEAD, notices__assignment__directive=directive).distinct(),
        "unreachable": without_address(clock.today(), directive=directive),
        "lists": LISTS,
        "chosen": chosen,
    }
    return render(request, "directives/reminders.html", context)


@require_POST
def reminder_requeue(request, pk):
    """Give a refused message a fresh start."""
    own = Directive.objects.visible_to(request.user).values("pk")
    delivery = get_object_or_404(Delivery.objects.filter(notices__assignment__directive__in=own).distinct(), pk=pk)
    directive = directive_kept(
        request, delivery.notices.filter(assignment__directive__in=own).first().assignment.directive_id
    )
    try:
        resend(delivery, directive, actor=request.user)
        messages.success(request, _("The message is sent again with the next run."))
    except Overtaken as refusal:
        messages.warning(request, str(refusal))
    return redirect("directives:reminders", directive.pk)
