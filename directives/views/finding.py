"""Find the row a URL names among those the person may see: 404 for the rest, 403 where only reading is theirs."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from directives.models import Answer, Assignment, Evidence, ExtensionRequest, Incident, Submission, SubmissionFile
from directives.permissions import can_answer, can_write_incident, keeps_incident
from directives.services.errors import NotAllowed


def find_assignment(request, pk: int) -> Assignment:
    """Return an assignment the person may see."""
    visible = Assignment.objects.visible_to(request.user)
    related = ("directive__issuer", "agency", "responsible_agency", "submission__recorded", "submission__review")
    return get_object_or_404(visible.select_related(*related).prefetch_related("directive__issuer__names"), pk=pk)


def find_own_assignment(request, pk: int) -> Assignment:
    """Return an assignment the person writes for."""
    assignment = find_assignment(request, pk)
    _require_writer(request, assignment)
    return assignment


def find_own_answer(request, **lookup) -> Answer:
    """Return an answer the person may write."""
    answers = Answer.objects.select_related(
        "action", "saved_by", "assignment__directive", "assignment__responsible_agency"
    )
    answer = get_object_or_404(answers, assignment__in=Assignment.objects.visible_to(request.user), **lookup)
    _require_writer(request, answer.assignment)
    return answer


def find_evidence(request, pk: int) -> Evidence:
    """Return a file behind a visible answer; before it was ever sent only the agency's own people have it."""
    files = Evidence.objects.filter(answer__assignment__in=Assignment.objects.visible_to(request.user))
    evidence = get_object_or_404(files.select_related("answer__assignment__responsible_agency"), pk=pk)
    is_draft = evidence.is_kept and can_answer(request.user, evidence.answer.assignment)
    if not is_draft and not evidence.submission_items.exists():
        raise Http404
    return evidence


def find_reported_assignment(request, pk: int) -> Assignment:
    """Return an assignment whose answers the person may read: what is still being written is the agency's alone."""
    assignment = find_assignment(request, pk)
    if assignment.owes_answer and not can_answer(request.user, assignment):
        raise Http404
    return assignment


def find_own_evidence(request, pk: int) -> Evidence:
    """Return a file, removed or not, behind an answer the person may write."""
    files = Evidence.objects.filter(answer__assignment__in=Assignment.objects.visible_to(request.user))
    evidence = get_object_or_404(files.select_related("answer__assignment__responsible_agency"), pk=pk)
    _require_writer(request, evidence.answer.assignment)
    return evidence


def find_own_extension(request, pk: int) -> ExtensionRequest:
    """Return a request for more time of an assignment the person writes for."""
    requests = ExtensionRequest.objects.filter(assignment__in=Assignment.objects.visible_to(request.user))
    extension = get_object_or_404(requests.select_related("assignment__responsible_agency"), pk=pk)
    _require_writer(request, extension.assignment)
    return extension


def find_submission(request, pk: int) -> Submission:
    """Return a submission of a visible assignment."""
    visible = Assignment.objects.visible_to(request.user)
    related = ("assignment__directive__issuer", "assignment__responsible_agency", "submitted_by", "recorded", "review")
    rows = Submission.objects.select_related(*related).prefetch_related("assignment__directive__issuer__names")
    return get_object_or_404(rows, pk=pk, assignment__in=visible)


def find_submission_file(request, pk: int) -> SubmissionFile:
    """Return a paper that came with a visible submission."""
    visible = Assignment.objects.visible_to(request.user)
    return get_object_or_404(SubmissionFile, pk=pk, submission__assignment__in=visible)


def find_incident(request, pk: int) -> Incident:
    """Return an incident whose detail the person reads."""
    visible = Incident.objects.visible_to(request.user)
    related = ("agency", "assignment__directive__issuer", "system", "reported_by", "acknowledged_by", "closed_by")
    return get_object_or_404(visible.select_related(*related).prefetch_related("notices", "agency__names"), pk=pk)


def find_own_incident(request, pk: int) -> Incident:
    """Return an incident of an agency that the person writes for."""
    incident = find_incident(request, pk)
    if not can_write_incident(request.user, incident.agency):
        raise PermissionDenied(str(NotAllowed()))
    return incident


def find_kept_incident(request, pk: int) -> Incident:
    """Return an incident of the person's own desk."""
    incident = find_incident(request, pk)
    if not keeps_incident(request.user, incident):
        raise PermissionDenied(str(NotAllowed()))
    return incident


def _require_writer(request, assignment: Assignment) -> None:
    if not can_answer(request.user, assignment):
        raise PermissionDenied(str(NotAllowed()))
