"""Three opening questions answer for an agency what others run for it; nothing already begun is touched."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agencies.models import User
from directives.models import Answer, AnswerRevision, AnswerStatus, Assignment, RequiredAction, State
from directives.permissions import can_answer

from .answering import editable, keep_revision, whole, write_answer
from .errors import DomainError, NotAllowed
from .transitions import locked

Kind = RequiredAction.Kind
OPEN_STATES = (State.SENT, State.ACKNOWLEDGED, State.IN_PROGRESS)


class Portal(models.TextChoices):
    """Who runs the agency's portal or website."""

    OWN = "own", _("The agency itself")
    OTHER = "other", _("Another body")
    NONE = "none", _("There is none")


@dataclass(frozen=True)
class Opening:
    """What an agency says before it begins; a name is that of the body which runs the thing."""

    runs_systems: bool
    systems_operator: str
    portal: str
    portal_operator: str
    has_units: bool

    def reasons(self) -> dict[str, str]:
        """Return, by kind of action, why it does not apply to this agency.

        The four layers and the duty are left out only where a name says who runs the systems; weak
        products stand on every desk, so that action is always answered. The words go into the official
        reply and are Vietnamese whatever language the person reads.
        """
        with override(settings.LANGUAGE_CODE):
            return {kind: str(reason) for kind, reason in self._reasons() if reason}

    def _reasons(self):
        if not self.runs_systems:
            yield Kind.SYSTEMS, run_by(self.systems_operator) or _("Not applicable – the agency runs no system.")
            yield Kind.LAYERS_AND_DUTY, run_by(self.systems_operator)
        if self.portal == Portal.OTHER:
            yield Kind.PORTALS, run_by(self.portal_operator)
        if self.portal == Portal.NONE:
            yield Kind.PORTALS, _("Not applicable – the agency has no portal or website.")
        if not self.has_units:
            yield Kind.CASCADE, _("Not applicable – the agency has no subordinate units.")


def run_by(name: str) -> str:
    """Say that another body runs it, or nothing without its name."""
    return _("Not applicable – run by %(name)s.") % {"name": name} if name else ""


@transaction.atomic
def preset_answers(assignment: Assignment, *, actor: User, opening: Opening) -> list[Answer]:
    """Answer “not applicable” with its reason where the opening says so; return the answers set.

    An answer that someone has begun, by words or by a file, is left alone, also when that happens in the
    same moment: all saves of one assignment wait for each other. An earlier preset that the opening no
    longer supports is opened again.
    """
    assignment = locked(assignment)
    if not can_answer(actor, assignment):
        raise NotAllowed
    if assignment.state not in OPEN_STATES or assignment.submission_id:
        raise DomainError(_("The opening questions are over: the report has been sent or is being completed."))
    reasons, chosen = opening.reasons(), []
    for answer in _not_begun(assignment):
        reason = reasons.get(answer.action.kind, "")
        status = AnswerStatus.NOT_APPLICABLE if reason else AnswerStatus.NOT_STARTED
        if (answer.status, answer.note) != (status, reason):
            _preset(answer, actor, {"status": status, "note": reason})
        if reason:
            chosen.append(answer)
    return chosen


def _preset(answer: Answer, actor: User, said: dict) -> None:
    assignment, values = editable(answer.assignment, actor), whole(said, answer=answer)
    write_answer(answer, actor=actor, version=answer.version, values=values)
    keep_revision(answer, assignment, values, origin=AnswerRevision.Origin.PRESET)


def _not_begun(assignment: Assignment) -> list[Answer]:
    """Return the answers that hold nothing of the agency's own yet."""
    set_by_us = _preset_ids(assignment)
    answers = assignment.answers.select_related("action").prefetch_related("evidence")
    return [a for a in answers if (a.version == 0 or a.pk in set_by_us) and not a.kept_evidence]


def _preset_ids(assignment: Assignment) -> set[int]:
    newest = AnswerRevision.objects.filter(
        answer__assignment=assignment, version=F("answer__version"), origin=AnswerRevision.Origin.PRESET
    )
    return set(newest.values_list("answer_id", flat=True))


def preset_actions(assignment: Assignment) -> frozenset[int]:
    """Return the ids of the actions that the opening questions answered and nobody has changed since."""
    still = assignment.answers.filter(pk__in=_preset_ids(assignment), status=AnswerStatus.NOT_APPLICABLE)
    return frozenset(still.values_list("action_id", flat=True))


def opening_is_open(assignment: Assignment) -> bool:
    """Whether the opening questions can be asked: nothing has been written or sent but what they set."""
    if assignment.state not in OPEN_STATES or assignment.submission_id:
        return False
    return len(_not_begun(assignment)) == assignment.answers.count()
