"""The whole job on the real directive of 2023: from its text to the two official papers.

Once with the reminders swept by the command, once by a real Celery worker on Redis.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date, timedelta

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from agencies.models import Agency, Role
from alertdesk.celery import app
from alertdesk.lib import clock
from directives.intake import read_directive
from directives.models import Assignment, DemoClock, Heartbeat, Notice, RecordedReport, State, Verdict
from directives.reminders.poke import poke
from directives.services import answering, drafting, issuing, recipients, recording, reviewing, submitting
from tests.cast import DEADLINE, DIRECTIVE_FILE, make_directory, make_user
from tests.servers import own_database_url

pytestmark = pytest.mark.django_db(transaction=True)
ISSUED_AT = clock.local(2023, 4, 26, 14)


@contextmanager
def at(moment):
    """Stand at a moment, in this process and in every worker that reads the database."""
    DemoClock.objects.all().delete()
    DemoClock.objects.create(now=moment)
    with clock.frozen(moment):
        yield


def sweep_by_command():
    """Sweep as an administrator would from the shell."""
    call_command("sweep_reminders", verbosity=0)


def wait_until_idle(worker):
    """Wait until the worker has nothing waiting, held or under way; one busy with a task does not even answer."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert worker.poll() is None, "the worker ended"
        asked = app.control.inspect(timeout=1)
        answers = (asked.active(), asked.reserved())
        if all(answers) and not any(tasks for found in answers for tasks in found.values()) and not waiting():
            return
    pytest.fail("the worker is never idle")


def waiting():
    """Return how many tasks stand in the broker's queue."""
    with app.connection_for_read() as connection:
        return connection.default_channel.client.llen("celery")


@contextmanager
def celery_worker():
    """Run a real worker on the test's database and broker; give a function that pokes it and waits."""
    environment = os.environ | {"DATABASE_URL": own_database_url(), "DEMO": "1"}
    command = [sys.executable, "-m", "celery", "-A", "alertdesk", "worker", "--pool=solo", "--loglevel=WARNING"]
    worker = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)

    def sweep():
        # The heartbeat is on the database's clock, so only its change tells that this poke was heard; those of
        # the acts before must have been heard, or one of theirs would be taken for it.
        wait_until_idle(worker)
        before = Heartbeat.objects.values_list("swept_at", flat=True).first()
        poke()
        deadline = time.monotonic() + 60
        while Heartbeat.objects.values_list("swept_at", flat=True).first() == before:
            assert worker.poll() is None, "the worker ended"
            assert time.monotonic() < deadline, "the worker did not sweep"
            time.sleep(0.1)

    try:
        yield sweep
    finally:
        worker.terminate()
        worker.wait(30)


@pytest.fixture(params=["command", pytest.param("celery", marks=pytest.mark.server)])
def sweep(request):
    """How the reminders of a moment are made to go out."""
    if request.param == "command":
        yield sweep_by_command
        return
    with celery_worker() as sweep_by_worker:
        yield sweep_by_worker


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def told(assignment, kind):
    """Return the addresses whose notice of that kind was sent."""
    notices = Notice.objects.filter(assignment=assignment, kind=kind, delivery__state="sent")
    return {notice.address for notice in notices}


class Job:
    """The people of the job and the steps they take, in order."""

    def __init__(self):
        self.desk = make_directory()
        self.staff = make_user("canbo@stttt.example", Role.STAFF, self.desk)
        self.second = make_user("canbo2@stttt.example", Role.STAFF, self.desk)
        self.leader = make_user("lanhdao@stttt.example", Role.LEADER, self.desk)
        self.health = Agency.objects.get(names__name="Sở Y tế")
        self.officer = make_user("syt@binhdinh.example", Role.OFFICER, self.health)
        Agency.objects.filter(names__name="Sở Nội vụ").update(mailbox="snv@binhdinh.example")

    def issue(self):
        """Read the text, name its recipients, issue it; return the 32 assignments."""
        draft = drafting.create_draft(read_directive(DIRECTIVE_FILE.read_bytes()), actor=self.staff)
        found = recipients.match_recipients(draft.addressees, issuer=draft.issuer, day=draft.reference_day)
        agencies = [agency for match in found for agency in match.agencies]
        return issuing.issue_directive(draft, actor=self.staff, agencies=agencies, deadline=DEADLINE)

    def answer(self, assignment):
        """Acknowledge, answer the five actions with figures and a file."""
        answering.acknowledge(assignment, actor=self.officer, incoming_number="415", incoming_on=date(2023, 4, 26))
        for number, answer in enumerate(assignment.answers.select_related("action"), 1):
            answering.save_answer(
                answer,
                actor=self.officer,
                version=0,
                status="done",
                note=f"Đã thực hiện nội dung {number}.",
                total=120 + number,
                done=110 + number,
            )
        paper = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.7\nbien ban\n%%EOF\n")
        answering.add_evidence(assignment.answers.first(), paper, actor=self.officer)

    def review(self, assignment, *, more=None):
        """Decide on every item, asking for more on one."""
        submission = current(assignment).submission
        verdicts = {
            item.pk: (Verdict.MORE, "Đề nghị ghi rõ số máy.") if item.action.position == more else (Verdict.OK, "")
            for item in submission.items.all()
        }
        return reviewing.finish_review(submission, actor=self.staff, verdicts=verdicts)

    def record(self, assignment):
        """Enter a report that came by telephone."""
        items = [{"action": action, "status": "done"} for action in assignment.directive.actions.all()]
        return recording.record_report(
            current(assignment),
            actor=self.staff,
            channel=RecordedReport.Channel.TELEPHONE,
            arrived_on=date(2023, 5, 4),
            items=items,
        )


def current(assignment):
    return Assignment.objects.get(pk=assignment.pk)


def send_ask_and_send_again(job, assignment):
    """Submit, be asked for more on item 2, mend it, submit again, be acknowledged."""
    submitting.submit_report(current(assignment), actor=job.officer)
    assert job.review(assignment, more=2).state == State.RETURNED
    answer = assignment.answers.get(action__position=2)
    answering.save_answer(
        answer, actor=job.officer, version=answer.version, status="done", note="Còn 06 máy.", total=122, done=116
    )
    submitting.submit_report(current(assignment), actor=job.officer)
    assert job.review(assignment).state == State.ACCEPTED


def reminders_across_the_deadline(job, done, silent, sweep):
    """Only who still owes is reminded, from the day before until long after the deadline, each occasion once."""
    for day, hour in ((27, 14), (28, 8), (28, 15), (28, 15)):
        with at(clock.local(2023, 4, day, hour)):
            sweep()
    assert told(silent, Notice.Kind.DUE) == {"snv@binhdinh.example"}
    assert not told(done, Notice.Kind.DUE)
    with at(clock.local(2023, 4, 30, 9)):
        sweep()
    assert not told(silent, Notice.Kind.OVERDUE)
    with at(clock.local(2023, 5, 4, 9)):
        sweep()
        sweep()
    assert told(silent, Notice.Kind.OVERDUE) == {"snv@binhdinh.example"}
    with at(clock.local(2023, 5, 4, 10)):
        job.record(silent)
    before = Notice.objects.filter(assignment=silent).count()
    with at(clock.local(2023, 5, 5, 9)):
        sweep()
    assert Notice.objects.filter(assignment=silent).count() == before


def test_the_whole_job_from_the_text_to_the_papers(client, sweep):
    job = Job()
    with at(ISSUED_AT):
        assignments = {assignment.agency_name: assignment for assignment in job.issue()}
        assert len(assignments) == 32
        done, silent = assignments["Sở Y tế"], assignments["Sở Nội vụ"]
        sweep()
        assert told(done, Notice.Kind.ARRIVAL) == {"syt@binhdinh.example"}
        assert told(silent, Notice.Kind.ARRIVAL) == {"snv@binhdinh.example"}
    with at(ISSUED_AT + timedelta(hours=2)):
        job.answer(done)
        send_ask_and_send_again(job, done)
    reminders_across_the_deadline(job, done, silent, sweep)
    with at(clock.local(2023, 5, 5, 10)):
        assert_papers_say_what_happened(client, job, done)


def assert_papers_say_what_happened(client, job, done):
    """Read both papers back as the officer and the leader download them."""
    client.force_login(job.officer)
    reply = text_of(client.get(reverse("directives:reply", args=[done.pk])).content)
    assert "SỞ Y TẾ" in reply
    assert "Sở Thông tin và Truyền thông" in reply
    assert all(word in reply for word in ("Còn 06 máy.", "122", "116", "Nơi nhận:"))
    client.force_login(job.leader)
    summary = text_of(client.get(reverse("directives:summary", args=[done.directive_id])).content)
    assert all(word in summary for word in ("BÁO CÁO", "2/32", "Sở Tư pháp", "chưa"))
    board = client.get(reverse("directives:board", args=[done.directive_id])).content.decode()
    assert "Sở ghi nhận" in board
