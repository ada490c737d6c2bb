"""What is asked, what was answered, and who was told: one aggregate a file."""

from .action import RequiredAction, Vulnerability
from .amendment import Amendment
from .answer import FIGURES, SAID, Answer, AnswerRevision, Evidence, FigureLabels
from .assignment import Assignment
from .briefing import Briefing
from .calendar import CalendarOverride
from .calling import CallLog
from .demo_clock import DemoClock
from .directive import Directive
from .directive_file import DirectiveFile
from .extension import ExtensionRequest
from .incident import Incident, IncidentEntry, IncidentNotice, IncidentState, NoIncident
from .notice import Delivery, Heartbeat, Notice
from .paper import Paper, PaperFile
from .paper_job import TRIES, PaperJob
from .recipient_list import RecipientList
from .remark import Remark
from .reminder_plan import FURTHEST, ReminderPlan
from .roster import CHECK_IN_MARGIN, TELEPHONES_KEPT, DutyWindow, Shift, duty_window
from .rows import (
    ROW_TYPES,
    ROWS,
    AnswerRow,
    FindingRow,
    LayerRow,
    PortalRow,
    ProductRow,
    ProviderRow,
    SystemRow,
    UnitRow,
    WeaknessRow,
)
from .states import (
    COMPLETE,
    DIRECTIVE_TRANSITIONS,
    EDITABLE,
    EXTENSION_TRANSITIONS,
    OWING,
    REPORTED,
    TRANSITIONS,
    WITH_REASON,
    AnswerStatus,
    DirectiveState,
    ExtensionState,
    State,
    Verdict,
    board_cell,
)
from .submission import RecordedReport, Review, ReviewItem, Submission, SubmissionFile, SubmissionItem
from .units import Unit, units_below

__all__ = [
    "CHECK_IN_MARGIN",
    "COMPLETE",
    "DIRECTIVE_TRANSITIONS",
    "EDITABLE",
    "EXTENSION_TRANSITIONS",
    "FIGURES",
    "FURTHEST",
    "OWING",
    "REPORTED",
    "ROWS",
    "ROW_TYPES",
    "SAID",
    "TELEPHONES_KEPT",
    "TRANSITIONS",
    "TRIES",
    "WITH_REASON",
    "Amendment",
    "Answer",
    "AnswerRevision",
    "AnswerRow",
    "AnswerStatus",
    "Assignment",
    "Briefing",
    "CalendarOverride",
    "CallLog",
    "Delivery",
    "DemoClock",
    "Directive",
    "DirectiveFile",
    "DirectiveState",
    "DutyWindow",
    "Evidence",
    "ExtensionRequest",
    "ExtensionState",
    "FigureLabels",
    "FindingRow",
    "Heartbeat",
    "Incident",
    "IncidentEntry",
    "IncidentNotice",
    "IncidentState",
    "LayerRow",
    "NoIncident",
    "Notice",
    "Paper",
    "PaperFile",
    "PaperJob",
    "PortalRow",
    "ProductRow",
    "ProviderRow",
    "RecipientList",
    "RecordedReport",
    "Remark",
    "ReminderPlan",
    "RequiredAction",
    "Review",
    "ReviewItem",
    "Shift",
    "State",
    "Submission",
    "SubmissionFile",
    "SubmissionItem",
    "SystemRow",
    "Unit",
    "UnitRow",
    "Verdict",
    "Vulnerability",
    "WeaknessRow",
    "board_cell",
    "duty_window",
    "units_below",
]
