"""The demo story, and beside it what its open directive cannot have: a draft, a closed one, a lapsed report."""

from urllib.parse import urlsplit

from django.contrib.auth.tokens import default_token_generator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies.models import Role, User
from agencies.services.invitations import make_link
from alertdesk.lib import clock
from directives.demo import load, people, story
from directives.models import (
    Answer,
    Assignment,
    Delivery,
    Directive,
    DirectiveState,
    ExtensionRequest,
    Incident,
    Notice,
    Paper,
    PaperFile,
    PaperJob,
    Shift,
    State,
    SubmissionFile,
    Verdict,
)
from directives.papers.keeping import paper_of
from directives.services.answering import save_answer
from directives.services.check_in_links import check_in_link
from directives.services.closing import close_directive
from directives.services.incidents import report_incident
from directives.services.issuing import issue_directive
from directives.services.reminding import remind_now
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.access.test_policy_matrix import URLS, kind_of, rest_of
from tests.browser.cases import VISITOR, Case
from tests.cast import answer_everything, make_directive
from tests.directives.incidents import DETECTED_AT, make_values

PEOPLE = {Role.STAFF: story.STAFF, Role.LEADER: story.LEADER, Role.HEAD: story.HEAD, Role.ADMIN: story.ADMIN}
DRAFT_ONLY = {"directives:edit", "directives:issue", "directives:delete", "directives:vulnerabilities"}
# What an agency decides about the reports of its units, as the desk does about those of agencies.
OF_UNITS = {"directives:review", "directives:reopen_accepted", "directives:extension_decide"}
OF_TICKED_ROWS = {"directives:extension_give"}
SCAN = b"\xff\xd8\xff\xe0 da ky"
ONCE = clock.local(2023, 1, 17, 9)


def tell_story() -> None:
    """Load the demo; add a closed directive of Tết, which one agency left unanswered, and a draft."""
    load.load()
    issuer = Directive.objects.get().issuer
    with clock.frozen(ONCE):
        earlier = make_directive(issuer, subject="bảo đảm an toàn thông tin dịp Tết Nguyên đán", number="12")
        _carry_out(earlier, *(User.objects.get(email=email) for email in (story.STAFF, story.HEAD)))
    make_directive(issuer, subject="bảo đảm an toàn thông tin dịp Quốc khánh 02/9", previous=earlier)
    with clock.frozen(story.START):
        _begin_another_answer()
        _remind_two()
        _report_an_incident()
    _wait_for_papers()


def _remind_two() -> None:
    """Let the desk remind two agencies by hand; this morning's own reminder to them never went out."""
    silent = Assignment.objects.filter(state=State.SENT).order_by("pk")[:2]
    rows = Assignment.objects.filter(pk__in=[assignment.pk for assignment in silent])
    Notice.objects.filter(assignment__in=rows, planned_at__gte=story.START.replace(hour=0)).delete()
    remind_now(rows, actor=User.objects.get(email=story.STAFF))


def _begin_another_answer() -> None:
    """Let an answer be under way, which the story's agencies never leave one."""
    answer = Answer.objects.filter(assignment__state=State.IN_PROGRESS).latest("pk")
    writer = people.officer_of(answer.assignment.agency)
    save_answer(answer, actor=writer, version=answer.version, status="in_progress", note="Đang rà soát.")


def _report_an_incident() -> None:
    """Let the head's agency have an incident too; the desk has not received it yet."""
    head = User.objects.get(email=story.HEAD)
    own = head.memberships.get().agency
    assignment = own.assignments.earliest("pk")
    report_incident(own, actor=head, assignment=assignment, values=make_values(beyond_capacity_at=DETECTED_AT))


def _wait_for_papers() -> None:
    """Let every accepted reply wait to be printed; printing it before failed in each way there is."""
    for assignment in Assignment.objects.filter(state=State.ACCEPTED):
        paper = paper_of(Paper.Kind.REPLY, assignment)
        for problem in PaperJob.Problem.values:
            failed = {"state": PaperJob.State.FAILED, "problem": problem, "letters": "🎉", "tries": 3}
            PaperJob.objects.create(paper=paper, key=problem, **failed)
        PaperJob.objects.create(paper=paper, key="x")


def _carry_out(directive: Directive, staff: User, head: User) -> None:
    """Issue to two agencies; the head's reports and is acknowledged, the other does nothing until the end."""
    other = Assignment.objects.earliest("pk").agency
    own = head.memberships.get().agency
    reporting, _silent = issue_directive(directive, actor=staff, agencies=[own, other], deadline=ONCE.replace(day=20))
    answer_everything(reporting, head)
    reporting.refresh_from_db()
    submission = submit_report(reporting, actor=head, signed_reply=SimpleUploadedFile("da-ky.jpg", SCAN))
    finish_review(submission, actor=staff, verdicts={item.pk: (Verdict.OK, "") for item in submission.items.all()})
    directive.refresh_from_db()
    close_directive(directive, actor=staff)


def person(case: Case) -> User | None:
    """Return who looks at the page: for an officer the one whose agency is in the state asked for."""
    if case.role == VISITOR:
        return None
    if case.role == Role.OFFICER:
        assignment = assignment_in(case)
        return people.officer_of(assignment.parent.agency if case.name in OF_UNITS else assignment.agency)
    return User.objects.get(email=PEOPLE[case.role])


def assignment_in(case: Case) -> Assignment:
    """Return an assignment in the case's state; a head's is their own agency's, or a unit's that they review."""
    found = Assignment.objects.filter(state=case.state)
    if case.name in OF_UNITS and case.role in (Role.OFFICER, Role.HEAD):
        return found.filter(parent__agency__memberships__user__email=story.HEAD).earliest("pk")
    if case.role == Role.HEAD:
        found = found.filter(agency__memberships__user__email=story.HEAD)
    if case.state == State.SUBMITTED:
        found = found.filter(submission__recorded=None)
    return found.earliest("pk")


def address(case: Case) -> str:
    """Return the address of the case's page."""
    if case.role == VISITOR:
        return _public(case.name)
    route = URLS[case.name][0]
    if "<" not in route:
        return reverse(case.name)
    rest = rest_of(case.name)
    position = {"position": case.position} if "position" in rest else {}
    url = reverse(case.name, kwargs=rest | {"pk": _object(case)} | position)
    return f"{url}?a={assignment_in(case).pk}" if case.name in OF_TICKED_ROWS else url


def _public(name: str) -> str:
    user = User.objects.get(email=story.OFFICER)
    match name:
        case "agencies:welcome":
            return urlsplit(make_link(user)).path
        case "agencies:password_reset_confirm":
            token = default_token_generator.make_token(user)
            return reverse(name, args=[urlsafe_base64_encode(force_bytes(user.pk)), token])
        case "directives:check_in":
            return urlsplit(check_in_link(Shift.objects.earliest("pk").pk)).path
        case "directives:demo_mail_detail":
            return reverse(name, args=[Delivery.objects.earliest("pk").pk])
    return reverse(name)


def _object(case: Case) -> int:
    """Return the id of what the page is about, told by the first part of its address."""
    if case.name in DRAFT_ONLY:
        return Directive.objects.get(state=DirectiveState.DRAFT).pk
    if case.name == "directives:letterhead" and case.role == Role.STAFF:
        return Directive.objects.earliest("pk").issuer_id  # the desk sets its own
    return FINDERS[kind_of(case.name)](assignment_in(case))


def _evidence(assignment: Assignment) -> int:
    return assignment.answers.exclude(evidence=None).first().evidence.first().pk


def _incident(assignment: Assignment) -> int:
    """Return the incident of an assignment; where it has none, the latest of its directive, which the desk may read."""
    own = assignment.incidents.order_by("pk").last()
    return (own or Incident.objects.filter(assignment__directive=assignment.directive).latest("pk")).pk


FINDERS = {
    "agencies": lambda assignment: assignment.agency_id,
    "registers": lambda assignment: assignment.agency_id,
    "letterheads": lambda assignment: assignment.agency_id,
    "register-rows": lambda assignment: assignment.agency.informationsystems.kept().first().pk,
    "directives": lambda assignment: assignment.directive_id,
    "assignments": lambda assignment: assignment.pk,
    "deliveries": lambda assignment: assignment.notices.latest("pk").delivery_id,
    "submissions": lambda assignment: assignment.submission_id,
    "paper-copies": lambda assignment: PaperFile.objects.copies().first().pk,
    "submission-files": lambda assignment: SubmissionFile.objects.first().pk,
    "directive-files": lambda assignment: assignment.directive.files.first().pk,
    "evidence": _evidence,
    "paper-jobs": lambda assignment: PaperJob.objects.get(paper__assignment=assignment, key="x").pk,
    "incidents": _incident,
    "extensions": lambda assignment: ExtensionRequest.objects.filter(assignment__parent=assignment.parent).first().pk,
}
