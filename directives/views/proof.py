"""The log of reminders of a directive and of one agency: page, workbook, letters, and refused ones sent again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from alertdesk.lib import clock
from alertdesk.lib.file_kinds import XLSX
from alertdesk.lib.tables import write_xlsx
from directives.forms.proof import ProofFilterForm
from directives.models import Delivery, Directive, Notice
from directives.permissions import keeps_report
from directives.reminders.addresses import without_address
from directives.reports.proof import ProofFilters, notices_about, read_lines, refused_messages
from directives.reports.proof_files import proof_table
from directives.services.resending import resend

from .desk import directive_kept
from .finding import find_assignment

LINES_A_PAGE = 100


@require_safe
def reminder_list(request, pk):
    """Show who was told what about a directive and when, refused messages first, and who has no address."""
    directive = directive_kept(request, pk)
    context = {
        "directive": directive,
        "refused": refused_messages(assignment__directive=directive),
        "unreachable": without_address(clock.today(), directive=directive, parent=None),
        **_log(request, assignment__directive=directive),
    }
    return render(request, "directives/reminders.html", context)


@require_safe
def reminder_list_xlsx(request, pk):
    """Hand out the log of a directive as a workbook, narrowed as the page was."""
    return _workbook(request, assignment__directive=directive_kept(request, pk))


@require_safe
def assignment_reminders(request, pk):
    """Show what one agency was told; to its own people and to those who keep its report."""
    assignment = find_assignment(request, pk)
    context = {
        "assignment": assignment,
        "directive": assignment.directive,
        "is_desk": keeps_report(request.user, assignment) and assignment.parent_id is None,
        **_log(request, assignment=assignment),
    }
    return render(request, "directives/assignment_reminders.html", context)


@require_safe
def assignment_reminders_xlsx(request, pk):
    """Hand out one agency's log as a workbook."""
    return _workbook(request, assignment=find_assignment(request, pk))


def _log(request: HttpRequest, **scope) -> dict:
    filters = ProofFilters.from_query(request.GET)
    page = Paginator(notices_about(now=clock.now(), filters=filters, **scope), LINES_A_PAGE)
    page = page.get_page(request.GET.get("page"))
    form = ProofFilterForm(initial=vars(filters), auto_id="f-%s")
    return {"page": page, "lines": read_lines(page), "filters": filters, "form": form}


def _workbook(request: HttpRequest, **scope) -> HttpResponse:
    rows = notices_about(now=clock.now(), filters=ProofFilters.from_query(request.GET), **scope)
    data = write_xlsx(proof_table(read_lines(rows)), title=_("Reminder log"))
    name = f"nhat-ky-nhac-viec-{clock.today():%Y-%m-%d}.xlsx"
    return HttpResponse(data, XLSX, headers={"Content-Disposition": content_disposition_header(True, name)})


@require_safe
def delivery_letter(request, pk):
    """Show one message as it was sent; what also tells of another body's directive keeps its words."""
    delivery, directive = _found(request, pk)
    notices = delivery.notices.select_related("assignment__directive").order_by("assignment__position", "id")
    own = [notice for notice in notices if notice.assignment.directive.issuer_id == directive.issuer_id]
    context = {"delivery": delivery, "directive": directive, "notices": own, "is_shared": len(own) < len(notices)}
    return render(request, "directives/delivery.html", context)


@require_POST
def reminder_requeue(request, pk):
    """Give one refused message a fresh start."""
    delivery, directive = _found(request, pk)
    _tell(request, resend([delivery], directive, actor=request.user))
    return redirect("directives:reminders", directive.pk)


@require_POST
def reminders_requeue(request, pk):
    """Give the ticked refused messages a fresh start."""
    directive = directive_kept(request, pk)
    ids = [int(pk) for pk in request.POST.getlist("d") if pk.isascii() and pk.isdecimal() and len(pk) < 19]
    own = Notice.objects.filter(assignment__directive=directive, delivery__in=ids).values("delivery")
    chosen = list(Delivery.objects.filter(pk__in=own))
    if not chosen:
        messages.warning(request, _("Tick at least one refused message."))
        return redirect("directives:reminders", pk)
    _tell(request, resend(chosen, directive, actor=request.user))
    return redirect("directives:reminders", pk)


def _found(request: HttpRequest, pk: int) -> tuple[Delivery, Directive]:
    """Return a message and the directive of the person's desk that it is about."""
    visible = Directive.objects.visible_to(request.user).values("pk")
    about = Notice.objects.filter(delivery=pk, assignment__directive__in=visible).select_related("delivery")
    notice = get_object_or_404(about.select_related("delivery", "assignment").order_by("id")[:1])
    return notice.delivery, directive_kept(request, notice.assignment.directive_id)


def _tell(request: HttpRequest, count: int) -> None:
    if not count:
        messages.warning(request, _("This message is not among the refused ones any more."))
        return
    said = ngettext(
        "%(count)d message is sent again with the next run.",
        "%(count)d messages are sent again with the next run.",
        count,
    )
    messages.success(request, said % {"count": count})
