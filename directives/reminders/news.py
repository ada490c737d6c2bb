"""What a message says of an act that its reader is told at once: a change, more time, a recall, a reply."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from directives.models import Amendment, Assignment, DirectiveState, ExtensionState, Notice
from directives.templatetags.alertdesk import vn_date, vn_datetime

from .discretion import discreet, tells_detail
from .planning import NEWS

Kind = Notice.Kind
PREFETCHED = (
    "assignment__extensions",
    "assignment__remarks__action",
    "assignment__directive__amendments__actions",
    "assignment__directive__superseded_by",
)


def load_news(notices: Iterable[Notice]) -> None:
    """Read what the sentences below need, for the notices that bring news."""
    bringing = [notice for notice in notices if notice.kind in NEWS]
    if bringing:
        prefetch_related_objects(bringing, *PREFETCHED)


def news_of(notice: Notice) -> list[str]:
    """Return the sentences of a notice; nothing where it only reminds."""
    if notice.kind == Kind.AMENDED:
        return _amended(notice)
    if notice.kind == Kind.ESCALATED:
        return _to_the_head(notice)
    tell = {Kind.ARRIVAL: _arrived, Kind.EXTENSION: _extension, Kind.RECALLED: _recalled, Kind.REPLY: _replied}
    return tell[Kind(notice.kind)](notice.assignment) if notice.kind in tell else []


def _to_the_head(notice: Notice) -> list[str]:
    """Ask for what the message is meant for, where it reaches the mailbox instead of the head."""
    if notice.address != notice.assignment.responsible_agency.mailbox.lower():
        return []
    return [_("No head of the agency has an account here; please put this message before the head.")]


def _arrived(assignment: Assignment) -> list[str]:
    """Say which directive a new one replaces, and that what was reported on that one can be taken over."""
    old = assignment.directive.supersedes
    if old is None:
        return []
    replaced = _("It replaces %(document)s.") % {"document": discreet(old.full_number or old.subject)}
    return [
        replaced,
        _("Nothing more has to be sent on that one; what you have reported there is offered as a start."),
    ]


def _amended(notice: Notice) -> list[str]:
    """Name what the change touched that the notice tells of; the words themselves are read behind the login."""
    made = [change for change in notice.assignment.directive.amendments.all() if change.made_at <= notice.planned_at]
    last = max(made, key=lambda amendment: amendment.position, default=None)
    if last is None:
        return []
    reason = _("Reason: %(reason)s") % {"reason": _reason(last.reason)}
    deadlines = [change["after"] for change in last.changes if change["what"] == "deadline"]
    moved = [_("New deadline: %(deadline)s") % {"deadline": vn_datetime(datetime.fromisoformat(d))} for d in deadlines]
    touched = sorted({change["action"] for change in last.changes if change["action"] and change["what"] != "added"})
    changed = [_("Changed: action %(number)s") % {"number": number} for number in touched]
    added = [_("Added: action %(action)s") % {"action": discreet(str(action))} for action in last.actions.all()]
    return [*_by_document(last), reason, *moved, *added, *changed, *_other_parts(last)]


def _by_document(amendment: Amendment) -> list[str]:
    if not amendment.document_number:
        return []
    day = f" ({vn_date(amendment.document_on)})" if amendment.document_on else ""
    return [_("By document No. %(number)s") % {"number": amendment.document_number + day}]


def _other_parts(amendment: Amendment) -> list[str]:
    """Say that texts around the actions have changed, which concern everybody."""
    parts = {"preamble": _("opening"), "closing": _("closing"), "contacts": _("support contacts")}
    touched = [parts[change["what"]] for change in amendment.changes if change["what"] in parts]
    return [_("Changed: %(parts)s") % {"parts": ", ".join(touched)}] if touched else []


def _extension(assignment: Assignment) -> list[str]:
    decided = [extension for extension in assignment.extensions.all() if extension.decided_at]
    if not decided:
        return []
    last = max(decided, key=lambda extension: (extension.decided_at, extension.pk))
    if last.state == ExtensionState.GRANTED:
        said = _("More time is granted, until %(deadline)s.") % {"deadline": vn_datetime(last.granted_until)}
    else:
        said = _("More time is not granted; the deadline stays.")
    why = last.decision_note or ("" if last.asked_by_id else last.reason)
    return [said, *([capfirst(_reason(why))] if why else [])]


def _reason(words: str) -> str:
    """Return a reason as written, or where to read it when it tells a detail that no message carries."""
    return _("read the reason in the report") if tells_detail(words) else words


def _recalled(assignment: Assignment) -> list[str]:
    directive = assignment.directive
    if directive.state == DirectiveState.SUPERSEDED:
        newer = [str(other) for other in directive.superseded_by.all() if other.state == DirectiveState.ISSUED]
        return [_("It is replaced by %(document)s.") % {"document": discreet(document)} for document in newer]
    return []


def _replied(assignment: Assignment) -> list[str]:
    """Name the actions whose thread the desk has written to last."""
    last = {remark.action_id: remark for remark in assignment.remarks.all()}
    answered = sorted((remark.action for remark in last.values() if remark.by_desk), key=lambda a: a.position)
    return [_("Reply about action %(action)s") % {"action": discreet(str(action))} for action in answered]
