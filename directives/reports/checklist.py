"""The checklist: what an officer sees of one assignment, what is missing, and what comes next."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directives.models import (
    FIGURES,
    OWING,
    WITH_REASON,
    Answer,
    Assignment,
    DirectiveFile,
    Evidence,
    RequiredAction,
    ReviewItem,
    State,
    SubmissionItem,
    Verdict,
)
from directives.templatetags.alertdesk import vn_date

from .roll_up import agency_group, roll_up
from .row_tables import RowTable, row_tables
from .standing import (
    Standing,
    days_overdue,
    evidence_of,
    standings,
    with_evidence,
    with_standing,
)

Kind = RequiredAction.Kind


class NextStep(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("Acknowledge receipt")
    COMPLETE = "complete", _("Complete what the desk asks for")
    ANSWER = "answer", _("Answer the required actions")
    CHECK = "check", _("Check the answers and send")
    APPROVE = "approve", _("The head approves and sends")
    WAIT = "wait", _("Wait for the desk's review")
    NOTHING = "nothing", _("Nothing more to do")


@dataclass(frozen=True)
class Figure:
    """One count of an answer under the label its kind gives it; `value` None has not been filled in."""

    field: str
    label: str
    value: int | str | None


@dataclass(frozen=True)
class Item:
    """One required action of the checklist; `cell` is what the board shows for it."""

    action_id: int
    position: int
    title: str
    text: str
    kind: str
    evidence_required: bool
    files: tuple[DirectiveFile, ...]
    status: str
    note: str
    figures: tuple[Figure, ...]
    tables: tuple[RowTable, ...]
    evidence: tuple[Evidence, ...]
    missing: str
    verdict: str
    reason: str
    cell: str
    due_at: datetime
    has_own_deadline: bool
    late: bool
    days_late: int
    answer: Answer | None
    added_at: datetime | None
    is_verified: bool

    @property
    def mark(self) -> str:
        """What a list says below the state: that the answer carries figures, or that they were verified."""
        if self.is_verified:
            return gettext("figures verified")
        return gettext("with figures") if self.figures and self.figures[0].value is not None else ""

    @property
    def why_not(self) -> str:
        """The reason for “nothing arose” and “not applicable”, nothing for the other results."""
        return self.note if self.status in WITH_REASON else ""

    @property
    def hint(self) -> str:
        """What a list says beside the title: since when it is asked in addition, and what is missing."""
        added = gettext("Added on %(day)s.") % {"day": vn_date(self.added_at)} if self.added_at else ""
        return " ".join(part for part in (added, self.missing) if part)

    @property
    def needs_more(self) -> bool:
        """Whether the desk asks for more about this action."""
        return self.verdict == Verdict.MORE

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing from the answer."""
        return not self.missing


@dataclass(frozen=True)
class Missing:
    """What one action still lacks before the report can be sent."""

    action_id: int
    position: int
    title: str
    text: str


@dataclass(frozen=True)
class Checklist:
    """An assignment as its officer works on it; `files` belong to the whole directive."""

    assignment: Assignment
    now: datetime
    items: tuple[Item, ...]
    files: tuple[DirectiveFile, ...]
    missing: tuple[Missing, ...]
    complete: int
    total: int
    next_step: NextStep
    review_note: str
    late: bool
    days_late: int

    @property
    def next_label(self) -> str:
        """What comes next, in words."""
        return self.next_step.label

    @property
    def asked_for(self) -> tuple[Item, ...]:
        """The items that the desk wants more about, shown first."""
        return tuple(item for item in self.items if item.needs_more)

    @property
    def added_open(self) -> tuple[Item, ...]:
        """The actions that an amendment added and that still lack an answer, while one is owed."""
        owed = self.assignment.owes_answer
        return tuple(item for item in self.items if owed and item.added_at and item.missing)

    @property
    def is_amended(self) -> bool:
        """Whether the report was opened again by an amendment, without the desk finding anything insufficient."""
        return self.assignment.state == State.RETURNED and not self.asked_for


def checklist(assignment: Assignment, *, now: datetime) -> Checklist:
    """Read one assignment's checklist: the answers while it may still be worked on, else what was sent."""
    rows = with_evidence(with_standing(Assignment.objects.filter(pk=assignment.pk)))
    loaded = rows.select_related("directive").prefetch_related("children").get()
    actions = list(loaded.directive.actions.select_related("amendment"))
    files = _files_by_action(loaded.directive)
    answers = {answer.action_id: answer for answer in loaded.answers.all()}
    items = tuple(
        _item(loaded, standing, answers.get(standing.action.pk), files)
        for standing in standings(loaded, actions, now=now)
    )
    late = loaded.is_overdue(actions, now)
    return Checklist(
        assignment=loaded,
        now=now,
        items=items,
        files=tuple(files[None]),
        missing=tuple(Missing(i.action_id, i.position, i.title, i.missing) for i in items if i.missing),
        complete=sum(item.is_complete for item in items),
        total=len(items),
        next_step=next_step(loaded.state, is_complete=all(item.is_complete for item in items)),
        review_note=_review_note(loaded),
        late=late,
        days_late=days_overdue(loaded, actions, now),
    )


def next_step(state: str, *, is_complete: bool) -> NextStep:
    """Return what an assignment in `state` waits for."""
    if state == State.RETURNED:
        return NextStep.COMPLETE
    if state in (State.ACKNOWLEDGED, State.IN_PROGRESS):
        return NextStep.CHECK if is_complete else NextStep.ANSWER
    steps = {
        State.SENT: NextStep.ACKNOWLEDGE,
        State.AWAITING_APPROVAL: NextStep.APPROVE,
        State.SUBMITTED: NextStep.WAIT,
    }
    return steps.get(State(state), NextStep.NOTHING)


def figures(kind: str, said: Answer | SubmissionItem | None) -> tuple[Figure, ...]:
    """Return the counts that an action's kind asks for, with what was said of each."""
    labels = FIGURES[RequiredAction.Kind(kind)]
    asked = ((field, getattr(labels, field)) for field in ("total", "done", "extra", "reference"))
    return tuple(Figure(field, str(label), _value(said, field)) for field, label in asked if label)


def _figures(assignment, action, said) -> tuple[Figure, ...]:
    """Return the figures as they are now: while the report is owed its units may go on reporting."""
    read = figures(action.kind, said)
    children = assignment.children.all() if assignment.owes_answer and action.kind == Kind.CASCADE else ()
    if not children:
        return read
    counts = roll_up(agency_group(said, children))
    now = {"total": counts.units, "done": counts.sent, "extra": counts.reported}
    return tuple(replace(figure, value=now.get(figure.field, figure.value)) for figure in read)


def _value(said, field) -> int | str | None:
    value = getattr(said, field, None)
    return None if value == "" else value


def _item(assignment, standing: Standing, answer: Answer | None, files) -> Item:
    action, owed = standing.action, assignment.state in OWING
    said = (answer or Answer(assignment=assignment, action=action)) if owed else standing.said
    verdict: ReviewItem | None = standing.verdict
    return Item(
        action_id=action.pk,
        position=action.position,
        title=action.title,
        text=action.text,
        kind=action.kind,
        evidence_required=action.evidence_rule == RequiredAction.EvidenceRule.REQUIRED,
        files=tuple(files[action.pk]),
        status=str(said.status) if said else standing.status,
        note=said.note if said else "",
        figures=_figures(assignment, action, said),
        tables=row_tables(said.rows) if said else (),
        evidence=evidence_of(said),
        missing=str(_missing(said, action)) if owed else "",
        verdict=verdict.verdict if verdict else "",
        reason=verdict.reason if verdict else "",
        cell=standing.cell,
        due_at=standing.due_at,
        has_own_deadline=action.due_at is not None,
        late=standing.late,
        days_late=standing.days_late,
        answer=answer,
        added_at=action.amendment.made_at if action.amendment else None,
        is_verified=standing.is_verified,
    )


def _missing(answer: Answer, action: RequiredAction) -> str:
    answer.action = action  # the loaded row knows only its id; saves a query per answer
    return answer.missing()


def _files_by_action(directive) -> dict[int | None, list[DirectiveFile]]:
    found = defaultdict(list)
    for file in directive.files.all():
        found[file.action_id].append(file)
    return found


def _review_note(assignment: Assignment) -> str:
    """Return the note of the last decided review, or nothing."""
    review = getattr(assignment.submission, "review", None)
    return review.note if review and review.decided_at else ""
