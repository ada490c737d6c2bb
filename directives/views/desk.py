"""What the desk, and an agency towards its units, may take in hand: everything starts at what the person sees."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from directives.models import Assignment, Directive, ExtensionRequest, Submission
from directives.permissions import is_staff_of, keeps_report


def directive_seen(request, pk: int) -> Directive:
    """Return a directive that the person sees, else 404."""
    return get_object_or_404(Directive.objects.visible_to(request.user).select_related("issuer"), pk=pk)


def directive_kept(request, pk: int) -> Directive:
    """Return a directive of the person's own desk: not seen is 404, seen as a leader only is 403."""
    directive = directive_seen(request, pk)
    _require_desk(request, directive)
    return directive


def draft_kept(request, pk: int) -> Directive:
    """Return a draft of the person's own desk; one already issued is no longer found here."""
    directive = directive_kept(request, pk)
    if not directive.is_draft:
        raise Http404
    return directive


def assignment_kept(request, pk: int) -> Assignment:
    """Return an assignment whose report is the person's to review."""
    rows = Assignment.objects.visible_to(request.user).select_related("directive", "responsible_agency", "parent")
    return _kept(request, get_object_or_404(rows, pk=pk))


def submission_kept(request, pk: int) -> Submission:
    """Return a submission of a report that is the person's to review."""
    rows = Submission.objects.filter(assignment__in=Assignment.objects.visible_to(request.user))
    rows = rows.select_related(*_about(), "submitted_by")
    submission = get_object_or_404(rows, pk=pk)
    _kept(request, submission.assignment)
    return submission


def extension_kept(request, pk: int) -> ExtensionRequest:
    """Return a request for more time for a report that is the person's to review."""
    rows = ExtensionRequest.objects.filter(assignment__in=Assignment.objects.visible_to(request.user))
    rows = rows.select_related(*_about(), "asked_by", "decided_by")
    extension = get_object_or_404(rows, pk=pk)
    _kept(request, extension.assignment)
    return extension


def _about() -> tuple[str, ...]:
    return "assignment__directive", "assignment__responsible_agency", "assignment__parent"


def _kept(request, assignment: Assignment) -> Assignment:
    if not keeps_report(request.user, assignment):
        raise PermissionDenied
    return assignment


def ticked(directive: Directive, data) -> list[Assignment]:
    """Return the board's rows of a directive that were ticked, in the board's order."""
    ids = [int(pk) for pk in data.getlist("a") if pk.isascii() and pk.isdecimal() and len(pk) < 19]
    return list(rows_of(directive, ids))


def rows_of(directive: Directive, ids: Iterable[int]):
    """Return the board's rows of a directive with these ids."""
    return directive.assignments.on_board().filter(pk__in=ids).select_related("directive", "responsible_agency")


def _require_desk(request, directive: Directive) -> None:
    if not is_staff_of(request.user, directive):
        raise PermissionDenied


def posted(request):
    """Return what was sent, even when it is empty, and nothing for a page that is only asked for."""
    return request.POST if request.method == "POST" else None
