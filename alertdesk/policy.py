"""One table: which URL is open to which roles, and how far the objects behind it reach.

`allows` is asked by the middleware for every request; a URL name without a rule is refused. The
scope says which rows a view may show, and each view keeps to it by starting from `visible_to`;
the tests walk the URLconf against this table and try foreign objects on every row.
"""

from dataclasses import dataclass
from enum import StrEnum

from agencies.models import Role


class Scope(StrEnum):
    """How far the objects behind a URL reach."""

    PUBLIC = "public"  # anyone, signed in or not
    SELF = "self"  # the person's own account
    OWN = "own"  # assignments of the person's agency, its units and predecessors
    ISSUER = "issuer"  # directives of the body where the person is staff or leader
    READ = "read"  # what OWN or ISSUER lets the person see
    SITE = "site"  # the directory: all of it for administrators, their province for staff


@dataclass(frozen=True)
class Rule:
    """Who may ask for a URL; no roles means every signed-in person."""

    scope: Scope
    roles: frozenset[str] = frozenset()


def _rule(scope: Scope, *roles: str) -> Rule:
    return Rule(scope, frozenset(roles))


PUBLIC = _rule(Scope.PUBLIC)
ANYONE_SIGNED_IN = _rule(Scope.SELF)
TOLD = _rule(Scope.SELF, Role.OFFICER, Role.HEAD)
AGENCY = _rule(Scope.OWN, Role.OFFICER, Role.HEAD)
HEAD = _rule(Scope.OWN, Role.HEAD)
DESK = _rule(Scope.ISSUER, Role.STAFF)
# What the desk does with its agencies' reports, and an agency with those of the units it passed a directive on to.
KEEPERS = _rule(Scope.ISSUER, Role.STAFF, Role.OFFICER, Role.HEAD)
DESK_AND_LEADERS = _rule(Scope.ISSUER, Role.STAFF, Role.LEADER)
DISCUSSING = _rule(Scope.READ, Role.OFFICER, Role.HEAD, Role.STAFF)
READERS = _rule(Scope.READ, Role.OFFICER, Role.HEAD, Role.STAFF, Role.LEADER)
LETTERHEAD_KEEPERS = _rule(Scope.OWN, Role.OFFICER, Role.HEAD, Role.STAFF)
INCIDENT_READERS = _rule(Scope.READ, Role.OFFICER, Role.HEAD, Role.STAFF)
REGISTER_READERS = _rule(Scope.READ, Role.OFFICER, Role.HEAD, Role.STAFF)
DIRECTORY = _rule(Scope.SITE, Role.STAFF, Role.ADMIN)
ADMINS = _rule(Scope.SITE, Role.ADMIN)

POLICY: dict[str, Rule] = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "set_language": PUBLIC,
    "admin_login": PUBLIC,
    "agencies:login": PUBLIC,
    "agencies:sign_in_again": PUBLIC,
    "agencies:welcome": PUBLIC,
    "agencies:password_reset": PUBLIC,
    "agencies:password_reset_done": PUBLIC,
    "agencies:password_reset_confirm": PUBLIC,
    "agencies:password_reset_complete": PUBLIC,
    "agencies:logout": ANYONE_SIGNED_IN,
    "agencies:profile": ANYONE_SIGNED_IN,
    "agencies:password_change": ANYONE_SIGNED_IN,
    "agencies:password_change_done": ANYONE_SIGNED_IN,
    "agencies:directory": DIRECTORY,
    "agencies:export": DIRECTORY,
    "agencies:import": DIRECTORY,
    "agencies:agency": DIRECTORY,
    "agencies:edit": DIRECTORY,
    "agencies:own_registers": REGISTER_READERS,
    "agencies:registers": REGISTER_READERS,
    "agencies:register": REGISTER_READERS,
    "agencies:register_export": REGISTER_READERS,
    "agencies:register_import": AGENCY,
    "agencies:register_confirm": AGENCY,
    "agencies:register_row": AGENCY,
    "agencies:register_remove": AGENCY,
    "directives:succession": DIRECTORY,
    "directives:home": ANYONE_SIGNED_IN,
    "directives:list": DESK_AND_LEADERS,
    "directives:import": DESK,
    "directives:edit": DESK,
    "directives:vulnerabilities": DESK,
    "directives:issue": DESK,
    "directives:delete": DESK,
    "directives:detail": DESK_AND_LEADERS,
    "directives:file_add": DESK,
    "directives:file_remove": DESK,
    "directives:file_download": READERS,
    "directives:number": DESK,
    "directives:amend": DESK,
    "directives:close": DESK,
    "directives:reopen": DESK,
    "directives:recall": DESK,
    "directives:clone": DESK,
    "directives:replace": DESK,
    "directives:recipient_add": DESK,
    "directives:recipient_remove": DESK,
    "directives:board": DESK_AND_LEADERS,
    "directives:remind": DESK,
    "directives:reminded": DESK,
    "directives:escalation": DESK,
    "directives:charts": DESK_AND_LEADERS,
    "directives:call_sheet": DESK,
    "directives:chase_list": DESK,
    "directives:plan": DESK,
    "directives:reminders": DESK,
    "directives:reminders_xlsx": DESK,
    "directives:requeue": DESK,
    "directives:requeue_many": DESK,
    "directives:delivery": DESK,
    "directives:assignment_reminders": DISCUSSING,
    "directives:assignment_reminders_xlsx": DISCUSSING,
    "directives:summary": DESK_AND_LEADERS,
    "directives:summary_docx": DESK_AND_LEADERS,
    "directives:summary_xlsx": DESK_AND_LEADERS,
    "directives:quick_report": DESK_AND_LEADERS,
    "directives:quick_report_docx": DESK_AND_LEADERS,
    "directives:paper": DESK_AND_LEADERS,
    "directives:paper_docx": DESK_AND_LEADERS,
    "directives:reply": READERS,
    "directives:reply_docx": READERS,
    "directives:commitment": AGENCY,
    "directives:forwarding": AGENCY,
    "directives:forwarding_docx": AGENCY,
    "directives:paper_job": READERS,
    "directives:paper_file": READERS,
    "directives:paper_again": READERS,
    "directives:agency_paper_issued": READERS,
    "directives:desk_paper_issued": DESK_AND_LEADERS,
    "directives:incident_paper_issued": INCIDENT_READERS,
    "directives:paper_copy": READERS,
    "directives:file_check": DESK,
    "directives:own_letterheads": LETTERHEAD_KEEPERS,
    "directives:letterhead": LETTERHEAD_KEEPERS,
    "directives:reviews": KEEPERS,
    "directives:review": KEEPERS,
    "directives:reopen_accepted": KEEPERS,
    "directives:record": DESK,
    "directives:calls": DESK,
    "directives:extension_ask": AGENCY,
    "directives:extension_withdraw": AGENCY,
    "directives:extension_decide": KEEPERS,
    "directives:extension_give": DESK,
    "directives:notices": TOLD,
    "directives:notices_read": TOLD,
    "directives:notice_read": TOLD,
    "directives:questions": DESK,
    "directives:thread": DISCUSSING,
    "directives:incidents": READERS,
    "directives:incident_report": AGENCY,
    "directives:incident": INCIDENT_READERS,
    "directives:incident_first": INCIDENT_READERS,
    "directives:incident_first_docx": INCIDENT_READERS,
    "directives:incident_closing": INCIDENT_READERS,
    "directives:incident_closing_docx": INCIDENT_READERS,
    "directives:incident_edit": AGENCY,
    "directives:incident_entry": INCIDENT_READERS,
    "directives:incident_acknowledge": DESK,
    "directives:incident_notice": AGENCY,
    "directives:incident_close": AGENCY,
    "directives:incident_reopen": INCIDENT_READERS,
    "directives:no_incident": AGENCY,
    "directives:access": DESK,
    "directives:invite": DESK,
    "directives:access_notes": DESK,
    "directives:roster": READERS,
    "directives:roster_xlsx": READERS,
    "directives:roster_ics": READERS,
    "directives:roster_paper": READERS,
    "directives:province_roster": DESK_AND_LEADERS,
    "directives:province_roster_xlsx": DESK_AND_LEADERS,
    "directives:province_roster_paper": DESK_AND_LEADERS,
    "directives:check_in": PUBLIC,
    "directives:assignment": READERS,
    "directives:cell": READERS,
    "directives:acknowledge": AGENCY,
    "directives:opening": AGENCY,
    "directives:units": READERS,
    "directives:unit_let_go": AGENCY,
    "directives:check": AGENCY,
    "directives:submit": AGENCY,
    "directives:take_back": AGENCY,
    "directives:ask_approval": AGENCY,
    "directives:stop_approval": AGENCY,
    "directives:submission": READERS,
    "directives:signed_reply": AGENCY,
    "directives:submission_file": READERS,
    "directives:answer": AGENCY,
    "directives:answer_autosave": AGENCY,
    "directives:answer_history": AGENCY,
    "directives:answer_from_last": AGENCY,
    "directives:scan_import": AGENCY,
    "directives:evidence_upload": AGENCY,
    "directives:evidence_add": AGENCY,
    "directives:evidence_remove": AGENCY,
    "directives:evidence": READERS,
    "directives:gallery": ADMINS,
    "directives:demo_clock": ANYONE_SIGNED_IN,
    "directives:demo_mail": PUBLIC,
    "directives:demo_mail_detail": PUBLIC,
}

# Addresses that only take a form: the rest of the table can be opened. The tests hold it to the views.
POST_ONLY: frozenset[str] = frozenset(
    {
        "set_language",
        "agencies:logout",
        "agencies:register_confirm",
        "agencies:register_remove",
        "directives:acknowledge",
        "directives:answer_autosave",
        "directives:answer_from_last",
        "directives:ask_approval",
        "directives:demo_clock",
        "directives:evidence_add",
        "directives:evidence_remove",
        "directives:evidence_upload",
        "directives:extension_withdraw",
        "directives:file_add",
        "directives:file_remove",
        "directives:incident_acknowledge",
        "directives:incident_close",
        "directives:incident_entry",
        "directives:incident_notice",
        "directives:incident_reopen",
        "directives:invite",
        "directives:no_incident",
        "directives:paper_again",
        "directives:notice_read",
        "directives:notices_read",
        "directives:requeue",
        "directives:requeue_many",
        "directives:signed_reply",
        "directives:stop_approval",
        "directives:submit",
        "directives:take_back",
        "directives:unit_let_go",
    }
)


def allows(url_name: str, user) -> bool:
    """Whether the policy opens the named URL to the person; the admin site keeps its own door."""
    if url_name.startswith("admin:"):
        return True
    rule = POLICY.get(url_name)
    if rule is None:
        return False
    if rule.scope is Scope.PUBLIC:
        return True
    return user.is_authenticated and (not rule.roles or bool(rule.roles & user.roles))
