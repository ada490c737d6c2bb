"""Who may do what to which directive or assignment; questions of state are the transition table's."""

from collections.abc import Callable

from django.db.models import Case, QuerySet, When

from agencies.models import Agency, Role, User
from agencies.permissions import province_of

from .models import Assignment, Directive, Incident, Paper, Submission


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


def keeps_report(user: User, assignment: Assignment) -> bool:
    """Whether the person works where the report is reviewed: the desk, or for a unit's the agency that passed it on."""
    if assignment.parent is None:
        return is_staff_of(user, assignment.directive)
    return can_answer(user, assignment.parent)


def can_discuss(user: User, assignment: Assignment) -> bool:
    """Whether the person reads what the agency and the desk write to each other: leaders do not."""
    return is_staff_of(user, assignment.directive) or can_answer(user, assignment)


def may_call(user: User, subject: Directive | Assignment) -> bool:
    """Whether the person has the telephones of those on duty: the desk, and of its own people the agency."""
    return is_staff_of(user, subject) if isinstance(subject, Directive) else can_discuss(user, subject)


def can_approve(user: User, assignment: Assignment) -> bool:
    """Whether the person approves and sends for the agency."""
    return _acts_for(user, assignment, Role.HEAD)


def needs_approval(user: User, assignment: Assignment) -> bool:
    """Whether the person's sending has to wait for the head of the agency."""
    return assignment.responsible_agency.needs_approval and not can_approve(user, assignment)


def can_review(user: User, submission: Submission) -> bool:
    """Whether the person may decide on a submission: one who keeps the report and did not send or record it."""
    return keeps_report(user, submission.assignment) and submission.submitted_by_id != user.pk


def can_write_incident(user: User, agency: Agency) -> bool:
    """Whether the person reports and closes incidents of an agency: its officers and heads."""
    return _is_among(Agency.objects.reached_by, user.agencies_as(Role.OFFICER, Role.HEAD), agency.pk)


def keeps_incident(user: User, incident: Incident) -> bool:
    """Whether the person works at the desk that answers for an incident: the directive's, else the province's."""
    if incident.assignment:
        return is_staff_of(user, incident.assignment.directive)
    return province_of(user).filter(pk=incident.agency_id).exists()


def can_handle_incident(user: User, incident: Incident) -> bool:
    """Whether the person writes in the log of an incident: its agency and its desk."""
    return can_write_incident(user, incident.agency) or keeps_incident(user, incident)


def can_issue_paper(user: User, paper: Paper) -> bool:
    """Whether the person keeps a paper's number and signed copies: the agency that signs it, or the desk."""
    if paper.incident:
        return can_write_incident(user, paper.incident.agency)
    return can_answer(user, paper.assignment) if paper.assignment else is_staff_of(user, paper.directive)


def agencies_written_by(user: User) -> QuerySet[Agency]:
    """The agencies for which the person reports incidents; their own come first."""
    own = [agency.pk for agency in user.agencies_as(Role.OFFICER, Role.HEAD)]
    reached = Agency.objects.reached_by(user.agencies_as(Role.OFFICER, Role.HEAD))
    return reached.order_by(Case(When(pk__in=own, then=0), default=1), "pk")
