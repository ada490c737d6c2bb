"""Two desks that must never see each other: every kind of object once on each side."""

from dataclasses import dataclass
from datetime import time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Agency, Role
from alertdesk.lib import clock
from directives.models import Delivery, DirectiveFile, Notice, PaperFile, PaperJob
from directives.papers.keeping import paper_of
from directives.services.answering import add_evidence
from directives.services.drafting import add_directive_file
from directives.services.extending import ask_extension
from directives.services.incidents import report_incident
from directives.services.issuing import issue_directive
from directives.services.rostering import fill_roster
from directives.services.submitting import submit_report
from tests.agencies.registers.rows import make_row
from tests.cast import DEADLINE, ISSUED_AT, Cast, answer_everything, make_agency, make_cast, make_directive, make_user
from tests.directives.incidents import make_values

PAPER = b"%PDF-1.7\ncanh gac\n%%EOF\n"
SCAN = b"\xff\xd8\xff\xe0 canh gac"


DRAFT_ONLY = {"directives:edit", "directives:issue", "directives:delete", "directives:vulnerabilities"}

# What an address names besides its object.
REST = {"position": 1, "register": "systems", "kind": "reply"}
# Pages that only actions of one kind have.
REST_OF = {
    "directives:scan_import": {"position": 2},
    "directives:desk_paper_issued": {"kind": "summary"},
    "directives:incident_paper_issued": {"kind": "incident_first"},
}


@dataclass
class Side:
    """The objects of one desk, by the first part of the URL that shows them."""

    ids: dict[str, int]
    draft: int
    desk: Agency

    def id_for(self, url_name: str, kind: str) -> int:
        """Return the id a page takes; what only a draft allows gets the draft."""
        return self.draft if url_name in DRAFT_ONLY else self.ids[kind]


def make_side(desk: Agency, staff, agency: Agency, officer) -> Side:
    """Issue a directive from a desk to one agency and take it as far as a sent report with evidence."""
    with clock.frozen(ISSUED_AT):
        draft = make_directive(desk)
        kept = add_directive_file(
            draft, SimpleUploadedFile("goc.pdf", PAPER), actor=staff, kind=DirectiveFile.Kind.SIGNED_ORIGINAL
        )
        (assignment,) = issue_directive(draft, actor=staff, agencies=[agency], deadline=DEADLINE)
        extension = ask_extension(
            assignment, actor=officer, until=DEADLINE + timedelta(days=6), reason="Chờ số liệu của các đơn vị."
        )
        incident = report_incident(agency, actor=officer, assignment=assignment, values=make_values())
        _put_on_duty(assignment, officer)
        answer = assignment.answers.first()
        evidence = add_evidence(answer, SimpleUploadedFile("minh-chung.pdf", PAPER), actor=officer)
        answer_everything(assignment, officer)
        assignment.refresh_from_db()
        submission = submit_report(assignment, actor=officer, signed_reply=SimpleUploadedFile("ky.jpg", SCAN))
        delivery, message = _remind(assignment, officer, "email"), _remind(assignment, officer, "in_app")
    ids = {
        **dict.fromkeys(("agencies", "registers", "letterheads"), agency.pk),
        "register-rows": make_row("systems", agency, officer).pk,
        "directives": draft.pk,
        "directive-files": kept.pk,
        "assignments": assignment.pk,
        "paper-jobs": _print(assignment, officer).pk,
        "extensions": extension.pk,
        "incidents": incident.pk,
        "answers": answer.pk,
        "evidence": evidence.pk,
        "submissions": submission.pk,
        "submission-files": submission.files.get().pk,
        "paper-copies": PaperFile.objects.get(sha256=submission.files.get().sha256, paper__assignment=assignment).pk,
        "deliveries": delivery.pk,
        "messages": message.pk,
        "demo": delivery.pk,
    }
    return Side(ids, make_directive(desk).pk, desk)


def _print(assignment, officer) -> PaperJob:
    """Let somebody wait for the agency's reply."""
    return PaperJob.objects.create(paper=paper_of("reply", assignment), key="x", asked_by=officer)


def _put_on_duty(assignment, officer) -> None:
    """Let two people of the agency take turns over the holiday."""
    people = [(f"Người trực {assignment.pk}", "0256.3800001"), ("Trần Thị Bình", "0256.3800002")]
    fill_roster(assignment, actor=officer, people=people, post="Trực", hours=12, change_at=time(7))


def _remind(assignment, officer, channel: str) -> Delivery:
    """Send the officer a reminder by a channel, as the sweep would."""
    delivery = Delivery.objects.create(
        address=officer.email,
        channel=channel,
        message_id=f"<{assignment.pk}-{channel}@x>",
        planned_at=clock.now(),
        state=Delivery.State.SENT,
        sent_at=clock.now(),
    )
    Notice.objects.create(
        assignment=assignment,
        cycle=1,
        kind=Notice.Kind.DUE,
        occasion=clock.today(),
        address=officer.email,
        channel=channel,
        planned_at=clock.now(),
        delivery=delivery,
    )
    return delivery


def make_world() -> tuple[Cast, Side, Side]:
    """Return the cast, its own side, and the side of a desk in another province."""
    cast = make_cast()
    own = make_side(cast.desk, cast.staff, cast.health, cast.officer)
    province = make_agency("Ủy ban nhân dân tỉnh Phú Yên", kind=Agency.Kind.PROVINCE)
    desk = make_agency("Sở TT&TT Phú Yên", parent=province)
    agency = make_agency("Sở Y tế Phú Yên", parent=province, mailbox="syt@phuyen.example")
    staff = make_user("canbo@phuyen.example", Role.STAFF, desk)
    officer = make_user("syt@phuyen.example", Role.OFFICER, agency)
    return cast, own, make_side(desk, staff, agency, officer)
