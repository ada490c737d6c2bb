"""The pages to look at: every name of the policy table that answers GET, as each role sees it, in each state."""

from dataclasses import dataclass

from agencies.models import Role
from alertdesk.policy import POLICY, POST_ONLY, Scope
from directives.models import State

VISITOR = "visitor"
# Opened by GET, but no page: papers, files, and what machines ask. test_page_list holds this list to the answers.
NOT_PAGES = {
    "healthz",
    "readyz",
    "agencies:export",
    "agencies:register_export",
    "directives:roster_xlsx",
    "directives:roster_ics",
    "directives:roster_paper",
    "directives:province_roster_paper",
    "directives:province_roster_xlsx",
    "directives:reminders_xlsx",
    "directives:assignment_reminders_xlsx",
    "directives:summary",
    "directives:summary_docx",
    "directives:summary_xlsx",
    "directives:quick_report",
    "directives:quick_report_docx",
    "directives:paper",
    "directives:paper_docx",
    "directives:reply",
    "directives:reply_docx",
    "directives:forwarding",
    "directives:forwarding_docx",
    "directives:commitment",
    "directives:incident_first",
    "directives:incident_first_docx",
    "directives:incident_closing",
    "directives:incident_closing_docx",
    "directives:file_download",
    "directives:submission_file",
    "directives:paper_copy",
    "directives:evidence",
}
LEADS_ON = {"directives:cell", "agencies:sign_in_again", "directives:paper_file"}  # to another page of the list
PAGES = [name for name in POLICY if name not in POST_ONLY | NOT_PAGES | LEADS_ON]

# The state of the assignment behind a page, where the usual one would not do.
STATE = {
    (Role.OFFICER, "directives:opening"): State.ACKNOWLEDGED,  # where nothing has been written yet
    (Role.HEAD, "directives:extension_decide"): State.IN_PROGRESS,  # of a unit, whose reports nobody approves
    "directives:reopen": State.LAPSED,
    "directives:reopen_accepted": State.ACCEPTED,
    "directives:submission": State.ACCEPTED,
    "directives:paper_job": State.ACCEPTED,
    (Role.STAFF, "directives:agency_paper_issued"): State.ACCEPTED,  # what is still written is the agency's alone
    (Role.LEADER, "directives:agency_paper_issued"): State.ACCEPTED,
    "directives:submission_file": State.ACCEPTED,
    "directives:review": State.SUBMITTED,
}
USUAL = {Role.HEAD: State.AWAITING_APPROVAL}
# Pages that look different in other states are seen in these as well.
MORE_STATES = {
    (Role.OFFICER, "directives:assignment"): [state for state in State if state != State.IN_PROGRESS],
    (Role.OFFICER, "directives:check"): [State.SENT, State.RETURNED, State.ACCEPTED],
    (Role.OFFICER, "directives:answer"): [State.RETURNED, State.SUBMITTED],
    (Role.OFFICER, "directives:submission"): [State.SUBMITTED],
    (Role.OFFICER, "directives:roster"): [State.ACKNOWLEDGED],
    (Role.STAFF, "directives:assignment"): [State.SUBMITTED],
    (Role.STAFF, "directives:detail"): [State.LAPSED],
    (Role.STAFF, "directives:board"): [State.LAPSED],
    (Role.STAFF, "directives:review"): [State.ACCEPTED],
}
POSITION = {"directives:vulnerabilities": 2, "directives:scan_import": 2}  # the action of that kind
ANSWER_FORMS = range(2, 6)  # each kind of required action has a form of its own; the first is seen anyway
WITHOUT_OBJECT = ("home", "list", "import", "reviews", "incidents", "incident_report", "notices")


@dataclass(frozen=True)
class Case:
    """One page as one role sees it."""

    role: str
    name: str
    state: str = State.IN_PROGRESS
    position: int = 1

    def __str__(self) -> str:
        position = f"-{self.position}" if self.position > 1 else ""
        return f"{self.role}-{self.name}-{self.state}{position}"


def roles_of(name: str) -> list[str]:
    """Return the roles that a page is looked at with; what is alike for everybody once."""
    rule = POLICY[name]
    if rule.scope is Scope.PUBLIC:
        return [VISITOR]
    if name == "directives:home":
        return list(Role)
    return sorted(rule.roles) or [Role.OFFICER]


def _cases():
    for name in PAGES:
        for role in roles_of(name):
            state = STATE.get((role, name)) or STATE.get(name, USUAL.get(role, State.IN_PROGRESS))
            yield Case(role, name, state, POSITION.get(name, 1))
            for other in MORE_STATES.get((role, name), ()):
                yield Case(role, name, other)
    for position in ANSWER_FORMS:
        yield Case(Role.OFFICER, "directives:answer", position=position)


CASES = list(_cases())
EMPTY_CASES = [
    Case(role, f"directives:{page}", "empty") for page in WITHOUT_OBJECT for role in roles_of(f"directives:{page}")
]
EMPTY_CASES += [Case(role, "agencies:directory", "empty") for role in roles_of("agencies:directory")]
