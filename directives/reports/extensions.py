"""Requests for more time: those that wait for the desk, and how it stands with one assignment."""

from django.db.models import QuerySet

from directives.models import Assignment, Directive, ExtensionRequest


def requests_to(user) -> QuerySet[ExtensionRequest]:
    """Return the requests that the person's desk has to answer, and those of units, oldest first."""
    waiting = ExtensionRequest.objects.waiting().filter(assignment__in=Assignment.objects.reviewed_by(user))
    return waiting.select_related("assignment__directive")


def requests_about(directive: Directive) -> QuerySet[ExtensionRequest]:
    """Return the requests about one directive that wait for an answer, oldest first."""
    waiting = ExtensionRequest.objects.waiting().filter(assignment__directive=directive, assignment__parent=None)
    return waiting.select_related("assignment")


def latest_extension(assignment: Assignment) -> ExtensionRequest | None:
    """Return the last request or decision about an assignment's deadline, None where there is none."""
    found = assignment.extensions.select_related("assignment__directive", "asked_by", "decided_by")
    return found.order_by("id").last()
