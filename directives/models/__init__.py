"""What is asked, what was answered, and who was told: one aggregate a file."""

from .answer import FIGURES, Answer, AnswerRevision, Evidence, FigureLabels
from .assignment import Assignment
from .calendar import CalendarOverride
from .calling import CallLog
from .demo_clock import DemoClock
from .directive import Directive, DirectiveFile, RequiredAction, Vulnerability
from .notice import Delivery, Heartbeat, Notice
from .recipient_list import RecipientList
from .states import (
    COMPLETE,
    EDITABLE,
    OWING,
    REPORTED,
    TRANSITIONS,
    WITH_REASON,
    AnswerStatus,
    DirectiveState,
    State,
    Verdict,
    board_cell,
)
from .submission import RecordedReport, Review, ReviewItem, Submission, SubmissionFile, SubmissionItem

__all__ = [
    "COMPLETE",
    "EDITABLE",
    "FIGURES",
    "OWING",
    "REPORTED",
    "TRANSITIONS",
    "WITH_REASON",
    "Answer",
    "AnswerRevision",
    "AnswerStatus",
    "Assignment",
    "CalendarOverride",
    "CallLog",
    "Delivery",
    "DemoClock",
    "Directive",
    "DirectiveFile",
    "DirectiveState",
    "Evidence",
    "FigureLabels",
    "Heartbeat",
    "Notice",
    "RecipientList",
    "RecordedReport",
    "RequiredAction",
    "Review",
    "ReviewItem",
    "State",
    "Submission",
    "SubmissionFile",
    "SubmissionItem",
    "Verdict",
    "Vulnerability",
    "board_cell",
]
