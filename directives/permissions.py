"""Who may do what to which directive or assignment; questions of state are the transition table's."""

from collections.abc import Callable

from agencies.models import Agency, Role, User

from .models import Assignment, Directive, Submission


def is_staff_of(user: User, directive: Directive) -> bool:
    """Whether the person works at the desk of the directive's issuer, or of the body that took its work over."""
    return _is_among(Agency.objects.inherited_by, user.agencies_as(Role.STAFF), directive.issuer_id)


def _acts_for(user: User, assignment: Assignment, *roles: str) -> bool:
    return _is_among(Agency.objects.reached_by, user.agencies_as(*roles), assignment.responsible_agency_id)


def _is_among(reach: Callable, own: list[Agency], pk: int) -> bool:
    """Whether an agency is one of the person's own or within their reach; the common case asks no database."""
    return pk in {agency.pk for agency in own} or (bool(own) and reach(own).filter(pk=pk).exists())


def can_answer(user: User, assignment: Assignment) -> bool:
    """Whether the person writes for the agency that is responsible now."""
    return _acts_for(user, assignment, Role.OFFICER, Role.HEAD)


def can_approve(user: User, assignment: Assignment) -> bool:
    """Whether the person approves and sends for the agency."""
    return _acts_for(user, assignment, Role.HEAD)


def needs_approval(user: User, assignment: Assignment) -> bool:
    """Whether the person's sending has to wait for the head of the agency."""
    return assignment.responsible_agency.needs_approval and not can_approve(user, assignment)


def can_review(user: User, submission: Submission) -> bool:
    """Whether the person may decide on a submission: staff of the issuer who did not send or record it."""
    return is_staff_of(user, submission.assignment.directive) and submission.submitted_by_id != user.pk
