"""The life of an assignment, the statuses of an answer, and what a board cell shows: one place.

Every change of state goes through `services.transitions.move`, which looks up `TRANSITIONS`.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class DirectiveState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ISSUED = "issued", _("Issued")
    CLOSED = "closed", _("Closed")
    RECALLED = "recalled", _("Recalled")
    SUPERSEDED = "superseded", _("Superseded")


class State(models.TextChoices):
    SENT = "sent", _("Not yet received")
    ACKNOWLEDGED = "acknowledged", _("Received")
    IN_PROGRESS = "in_progress", _("In progress")
    AWAITING_APPROVAL = "awaiting_approval", _("Waiting for the head's approval")
    SUBMITTED = "submitted", _("Sent, waiting for review")
    RETURNED = "returned", _("More is asked for")
    ACCEPTED = "accepted", _("Acknowledged by the desk")
    WITHDRAWN = "withdrawn", _("No longer required")
    LAPSED = "lapsed", _("Ended without a report")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Not granted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class AnswerStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("Under way")
    PARTLY = "partly", _("Partly done")
    DONE = "done", _("Done")
    NIL = "nil", _("Nothing arose")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Verdict(models.TextChoices):
    OK = "ok", _("Sufficient")
    MORE = "more", _("More is asked for")


OWING = (State.SENT, State.ACKNOWLEDGED, State.IN_PROGRESS, State.AWAITING_APPROVAL, State.RETURNED)
EDITABLE = (State.SENT, State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED)
REPORTED = (State.SUBMITTED, State.ACCEPTED)
COMPLETE = (AnswerStatus.PARTLY, AnswerStatus.DONE, AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)
WITH_REASON = (AnswerStatus.NIL, AnswerStatus.NOT_APPLICABLE)


@dataclass(frozen=True)
class Transition:
    """From which states a verb may start and where it ends; `to` None means the remembered state."""

    sources: tuple[State, ...]
    to: State | None
    new_cycle: bool = False


TRANSITIONS = {
    "acknowledge": Transition((State.SENT,), State.ACKNOWLEDGED),
    "start": Transition((State.SENT, State.ACKNOWLEDGED, State.RETURNED), State.IN_PROGRESS),
    "ask_approval": Transition((State.IN_PROGRESS,), State.AWAITING_APPROVAL),
    "stop_approval": Transition((State.AWAITING_APPROVAL,), State.IN_PROGRESS),
    "submit": Transition((State.IN_PROGRESS, State.AWAITING_APPROVAL), State.SUBMITTED),
    "record": Transition(OWING, State.SUBMITTED),
    "take_back": Transition((State.SUBMITTED,), State.IN_PROGRESS),
    "return": Transition((State.SUBMITTED,), State.RETURNED, new_cycle=True),
    "accept": Transition((State.SUBMITTED,), State.ACCEPTED),
    "reopen_accepted": Transition((State.ACCEPTED,), State.RETURNED, new_cycle=True),
    "amend": Transition((State.ACCEPTED, State.SUBMITTED), State.RETURNED, new_cycle=True),
    "withdraw": Transition((*OWING, State.SUBMITTED, State.LAPSED), State.WITHDRAWN),
    "lapse": Transition(OWING, State.LAPSED),
    "revive": Transition((State.LAPSED,), None),
    "add_again": Transition((State.WITHDRAWN,), State.SENT, new_cycle=True),
}

# What a directive goes through as a whole, and what becomes of a request for more time: verb → (from, to).
DIRECTIVE_TRANSITIONS = {
    "issue": (DirectiveState.DRAFT, DirectiveState.ISSUED),
    "close": (DirectiveState.ISSUED, DirectiveState.CLOSED),
    "reopen": (DirectiveState.CLOSED, DirectiveState.ISSUED),
    "recall": (DirectiveState.ISSUED, DirectiveState.RECALLED),
    "supersede": (DirectiveState.ISSUED, DirectiveState.SUPERSEDED),
}
EXTENSION_TRANSITIONS = {
    "grant": (ExtensionState.ASKED, ExtensionState.GRANTED),
    "refuse": (ExtensionState.ASKED, ExtensionState.REFUSED),
    "withdraw_request": (ExtensionState.ASKED, ExtensionState.WITHDRAWN),
}

# What a board cell shows; the first matching row wins, None matches anything. docs/states.md shows the same table.
CELLS = (
    # assignment state            answer status                 last verdict   cell
    (State.WITHDRAWN, None, None, "withdrawn"),
    (State.LAPSED, None, None, "lapsed"),
    (State.SENT, None, None, "sent"),
    (State.ACCEPTED, AnswerStatus.PARTLY, None, "accepted_partly"),
    (State.ACCEPTED, AnswerStatus.NIL, None, "nil"),
    (State.ACCEPTED, AnswerStatus.NOT_APPLICABLE, None, "not_applicable"),
    (State.ACCEPTED, None, None, "accepted"),
    (State.SUBMITTED, None, None, "submitted"),
    (None, None, Verdict.MORE, "returned"),
    (None, None, Verdict.OK, "ok"),
    (State.AWAITING_APPROVAL, None, None, "awaiting_approval"),
    (None, AnswerStatus.NOT_STARTED, None, "not_started"),
    (None, AnswerStatus.IN_PROGRESS, None, "in_progress"),
    (None, None, None, "answered"),
)


def board_cell(state: str, status: str, verdict: str | None) -> str:
    """Return the code a board cell shows for an assignment's state, an answer's status and the last verdict on it."""
    seen = (state, status, verdict)
    return next(
        cell for *row, cell in CELLS if all(want is None or want == got for want, got in zip(row, seen, strict=True))
    )
