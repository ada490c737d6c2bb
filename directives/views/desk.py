"""What the desk's views may take in hand: everything starts at what the person sees."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from directives.models import Assignment, Directive, ExtensionRequest, Submission
from directives.permissions import is_staff_of


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
    """Return an assignment of a directive of the person's own desk."""
    own = Directive.objects.visible_to(request.user)
    rows = Assignment.objects.filter(directive__in=own.values("pk")).select_related("directive", "responsible_agency")
    assignment = get_object_or_404(rows, pk=pk)
    _require_desk(request, assignment.directive)
    return assignment


def submission_kept(request, pk: int) -> Submission:
    """Return a submission on a directive of the person's own desk."""
    own = Directive.objects.visible_to(request.user)
    rows = Submission.objects.filter(assignment__directive__in=own.values("pk"))
    rows = rows.select_related("assignment__directive", "assignment__responsible_agency", "submitted_by")
    submission = get_object_or_404(rows, pk=pk)
    _require_desk(request, submission.assignment.directive)
    return submission


def extension_kept(request, pk: int) -> ExtensionRequest:
    """Return a request for more time about a directive of the person's own desk."""
    own = Directive.objects.visible_to(request.user)
    rows = ExtensionRequest.objects.filter(assignment__directive__in=own.values("pk"))
    rows = rows.select_related("assignment__directive", "assignment__responsible_agency", "asked_by", "decided_by")
    extension = get_object_or_404(rows, pk=pk)
    _require_desk(request, extension.assignment.directive)
    return extension


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
