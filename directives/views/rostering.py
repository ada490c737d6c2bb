"""The duty roster of an agency, and all rosters of a directive for the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alertdesk.lib import calendar_file, clock
from alertdesk.lib.file_kinds import XLSX
from alertdesk.lib.tables import write_xlsx
from directives.forms.rostering import DutyDaysForm, FillRosterForm, RosterSheet
from directives.models import Assignment, Directive, DirectiveState, duty_window
from directives.permissions import can_answer, is_staff_of, may_call
from directives.reports.province_roster import ProvinceRoster, province_roster
from directives.reports.roster import Roster, read_shifts
from directives.reports.roster_chart import roster_chart
from directives.reports.roster_files import province_roster_table, roster_entries, roster_table
from directives.services.check_in_links import check_in_link
from directives.services.errors import DomainError
from directives.services.rostering import NO_LONGER_ASKED, fill_roster, put_roster, seen_roster, set_duty_days

from .desk import directive_kept, directive_seen
from .finding import find_assignment, find_own_assignment
from .refusals import UNPROCESSABLE, add_refusal, refusals_shown_by

GET_AND_POST = ("GET", "HEAD", "POST")


def roster_page(
    request: HttpRequest, assignment: Assignment, *, fill=None, sheet: RosterSheet | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of a roster; a form that was typed in stands there as typed."""
    window, shifts = duty_window(assignment.directive), list(assignment.shifts.all())
    read = _as_allowed(request, assignment, read_shifts(shifts, window, now=clock.now()))
    may_answer = can_answer(request.user, assignment)
    is_asked = assignment.directive.state == DirectiveState.ISSUED and assignment.state not in NO_LONGER_ASKED
    may_write = may_answer and is_asked and window is not None
    open_lines = [line for line in read.lines if not line.checked_in_at and not line.is_over]
    context = {
        "assignment": assignment,
        "directive": assignment.directive,
        "is_desk": is_staff_of(request.user, assignment.directive),
        "may_answer": may_answer,
        "read": read,
        "chart": roster_chart(shifts, window) if window and shifts else None,
        "may_write": may_write,
        "links": {line.shift_id: check_in_link(line.shift_id) for line in open_lines} if may_answer else {},
        "fill": fill or (FillRosterForm.offered(assignment) if may_write and not shifts else None),
        "sheet": sheet or (RosterSheet.shown(assignment) if may_write else None),
        "is_typed": sheet is not None,
    }
    return render(request, "directives/roster.html", context, status=status)


def _as_allowed(request, assignment: Assignment, read: Roster) -> Roster:
    """Return a roster with its telephones for the desk and the agency, without them for everybody else."""
    return read if may_call(request.user, assignment) else read.without_telephones()


def _as_typed(request, pk):
    """Return the page with what was typed beside the roster as it is now; the next save counts from that one."""
    assignment = find_own_assignment(request, pk)
    if request.POST.get("do") == "fill":
        return roster_page(request, assignment, fill=FillRosterForm(request.POST))
    sheet = RosterSheet.as_typed(request.POST)
    sheet.seen = seen_roster(assignment)
    return roster_page(request, assignment, sheet=sheet)


@require_http_methods(GET_AND_POST)
@refusals_shown_by(_as_typed)
def roster(request, pk):
    """Show a roster; the agency writes it: all of it in one step while it is empty, or shift by shift."""
    if request.method != "POST":
        return roster_page(request, find_assignment(request, pk))
    assignment = find_own_assignment(request, pk)
    window = duty_window(assignment.directive)
    if request.POST.get("do") == "fill":
        return _fill(request, assignment)
    if "more" in request.POST and window:
        return roster_page(request, assignment, sheet=RosterSheet.with_another(request.POST, window))
    sheet = RosterSheet.typed(request.POST)
    if not sheet.is_valid():
        return roster_page(request, assignment, sheet=sheet, status=UNPROCESSABLE)
    put_roster(assignment, actor=request.user, seen=sheet.seen, shifts=sheet.shifts)
    messages.success(request, _("The roster is saved."))
    return redirect("directives:roster", pk)


def _fill(request, assignment: Assignment) -> HttpResponse:
    form = FillRosterForm(request.POST)
    if not form.is_valid():
        return roster_page(request, assignment, fill=form, status=UNPROCESSABLE)
    fill_roster(assignment, actor=request.user, **form.cleaned_data)
    messages.success(request, _("The roster is saved. Look it through and change single shifts where needed."))
    return redirect("directives:roster", assignment.pk)


@require_safe
def roster_xlsx(request, pk):
    """Hand out a roster as a workbook."""
    _assignment, read = _read(request, pk)
    return _workbook(roster_table(read), _("Duty roster"), "lich-truc")


@require_safe
def roster_ics(request, pk):
    """Hand out a roster as a file for calendars."""
    assignment, read = _read(request, pk)
    title = f"{_('Duty roster')} – {assignment.agency_short_name}"
    entries = roster_entries(read, agency=assignment.agency_name)
    data = calendar_file.write_calendar(entries, name=title, stamped_at=clock.now())
    return _file(data, calendar_file.CONTENT_TYPE, f"lich-truc-{clock.today():%Y-%m-%d}.ics")


def _read(request, pk: int) -> tuple[Assignment, Roster]:
    assignment = find_assignment(request, pk)
    read = read_shifts(assignment.shifts.all(), duty_window(assignment.directive), now=clock.now())
    return assignment, _as_allowed(request, assignment, read)


@require_http_methods(GET_AND_POST)
def province_roster_page(request, pk):
    """Show who is on duty in all agencies; the desk sets the days of duty."""
    if request.method != "POST":
        return _province_page(request, directive_seen(request, pk))
    directive, form = directive_kept(request, pk), DutyDaysForm(request.POST)
    if not form.is_valid():
        return _province_page(request, directive, form, UNPROCESSABLE)
    try:
        set_duty_days(directive, actor=request.user, **form.cleaned_data)
    except DomainError as refusal:
        return _province_page(request, directive, form, add_refusal(form, refusal))
    messages.success(request, _("The days of duty are set."))
    return redirect("directives:province_roster", pk)


def _province_page(request, directive: Directive, form: DutyDaysForm | None = None, status: int = 200):
    initial = {"first": directive.duty_from, "last": directive.duty_to}
    context = {
        "directive": directive,
        "is_desk": is_staff_of(request.user, directive),
        "read": _province_read(request, directive),
        "form": form or DutyDaysForm(initial=initial),
        "now": clock.now(),
    }
    return render(request, "directives/province_roster.html", context, status=status)


def _province_read(request, directive: Directive) -> ProvinceRoster:
    read = province_roster(directive, now=clock.now())
    return read if is_staff_of(request.user, directive) else read.without_telephones()


@require_safe
def province_roster_xlsx(request, pk):
    """Hand out who covers what as a workbook."""
    read = _province_read(request, directive_seen(request, pk))
    return _workbook(province_roster_table(read), _("Duty in the province"), "truc-toan-tinh")


def _workbook(rows: list[list[str]], title: str, name: str) -> HttpResponse:
    return _file(write_xlsx(rows, title=title), XLSX, f"{name}-{clock.today():%Y-%m-%d}.xlsx")


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type, headers={"Content-Disposition": content_disposition_header(True, name)})
