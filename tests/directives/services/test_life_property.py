"""The life of an assignment driven at random through the services: it never leaves the table, nor loses a revision."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import Event
from alertdesk.lib import clock
from directives.models import TRANSITIONS, AnswerRevision, Assignment, Directive, State, Submission, Verdict
from directives.services import (
    amending,
    answering,
    autosaving,
    closing,
    extending,
    issuing,
    recording,
    releasing,
    reviewing,
    submitting,
)
from directives.services.errors import DomainError
from tests.cast import DEADLINE, ISSUED_AT, answer_everything, make_cast

pytestmark = pytest.mark.django_db
ALLOWED = {(source, rule.to) for rule in TRANSITIONS.values() for source in rule.sources}


class World:
    """One assignment with everybody who may act on it; each act reads what stands there now."""

    def __init__(self):
        self.cast = make_cast()
        self.pk = self.cast.issue(self.cast.town, actions=2)[0].pk

    @property
    def assignment(self):
        return Assignment.objects.get(pk=self.pk)

    @property
    def directive(self):
        return Directive.objects.get()

    def save(self):
        answer = self.assignment.answers.first()
        answering.save_answer(answer, actor=self.cast.town_officer, version=answer.version, status="in_progress")

    def autosave(self):
        answer = self.assignment.answers.last()
        note = f"Lần {answer.version}"
        autosaving.autosave_answer(
            answer, actor=self.cast.town_officer, version=answer.version, status="partly", note=note
        )

    def answer_all(self):
        answer_everything(self.assignment, self.cast.town_officer)

    def acknowledge(self):
        answering.acknowledge(self.assignment, actor=self.cast.head)

    def ask_approval(self):
        submitting.ask_approval(self.assignment, actor=self.cast.town_officer)

    def stop_approval(self):
        submitting.stop_approval(self.assignment, actor=self.cast.head, note="Đề nghị sửa.")

    def submit(self):
        submitting.submit_report(self.assignment, actor=self.cast.head)

    def take_back(self):
        submitting.take_back(self.assignment, actor=self.cast.head)

    def record(self):
        items = [{"action": a, "status": "done", "note": ""} for a in self.directive.actions.all()]
        recording.record_report(
            self.assignment, actor=self.cast.staff, channel="paper", arrived_on=clock.today(), items=items
        )

    def begin_review(self):
        if submission := self.assignment.submission:
            reviewing.save_review(submission, actor=self.cast.second_staff, verdicts={})

    def _finish(self, verdict):
        if submission := self.assignment.submission:
            verdicts = {item.pk: (verdict, "Đề nghị nêu rõ.") for item in submission.items.all()}
            reviewing.finish_review(submission, actor=self.cast.second_staff, verdicts=verdicts)

    def accept(self):
        self._finish(Verdict.OK)

    def ask_for_more(self):
        self._finish(Verdict.MORE)

    def reopen_accepted(self):
        if submission := self.assignment.submission:
            item = submission.items.first()
            reviewing.reopen_accepted(self.assignment, actor=self.cast.staff, item=item, reason="Cần bổ sung.")

    def amend(self):
        added = {
            "title": "Bổ sung",
            "text": "Thực hiện.",
            "kind": "general",
            "evidence_rule": "optional",
            "due_at": None,
        }
        wanted = amending.Wanted(fields={}, actions={}, added=(added,))
        directive = self.directive
        if directive.actions.count() < 6:
            amending.amend_directive(
                directive, actor=self.cast.staff, version=directive.version, wanted=wanted, reason="Bổ sung nội dung."
            )

    def extend(self):
        until = self.assignment.due_at + timedelta(days=1)
        extending.extend_unasked(self.assignment, actor=self.cast.staff, until=until, reason="Mất điện.")

    def close(self):
        closing.close_directive(self.directive, actor=self.cast.staff)

    def reopen(self):
        closing.reopen_directive(self.directive, actor=self.cast.staff, reason="Chưa đủ báo cáo.")

    def release(self):
        releasing.remove_recipient(self.assignment, actor=self.cast.staff)

    def add_again(self):
        issuing.add_recipient(self.directive, self.cast.town, actor=self.cast.staff)


ACTS = sorted(name for name in vars(World) if not name.startswith("_") and name not in ("assignment", "directive"))


@contextmanager
def undone():
    """Take everything back at the end, so that every example starts from nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kept():
    """Return what must never be lost: every revision, every submission's fingerprint."""
    revisions = dict(AnswerRevision.objects.values_list("pk", "answer"))
    return revisions, dict(Submission.objects.values_list("pk", "sha256"))


def check_step(before, state, was):
    """Hold one act to the table: allowed moves only, cycle and version only growing, nothing lost."""
    after = Assignment.objects.get(pk=before.pk)
    revived = before.state == State.LAPSED and after.state == before.lapsed_from
    moves = Event.objects.filter(subject_type="assignment", subject_id=before.pk, pk__gt=state).order_by("pk")
    steps = [(e.data["state_from"], e.data["state_to"]) for e in moves if "state_to" in e.data]
    assert all(step in ALLOWED or revived for step in steps)
    assert (steps[-1][1] if steps else before.state) == after.state
    assert after.version >= before.version
    assert after.cycle >= before.cycle
    revisions, submissions = kept()
    assert was[0].items() <= revisions.items()
    assert was[1].items() <= submissions.items()
    for answer in after.answers.all():
        assert answer.version == 0 or answer.revisions.last().version == answer.version


# Where an example begins: most lives at random would not get past the first report.
BEGINNINGS = [[], ["answer_all", "submit"], ["answer_all", "submit", "accept"], ["save", "close"]]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(ACTS), min_size=3, max_size=15))
def test_life_at_random_never_leaves_the_table_and_never_loses_a_revision(beginning, acts):
    with undone(), clock.frozen(ISSUED_AT):
        world = World()
        assert clock.now() < DEADLINE
        for act in [*beginning, *acts]:
            before, was = world.assignment, kept()
            last = Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0
            try:
                getattr(world, act)()
            except DomainError:
                assert world.assignment.version == before.version
            check_step(before, last, was)
