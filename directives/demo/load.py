"""Tell the demo story through the same services that people use, each act at its own moment."""

from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Agency, User
from agencies.services.directory import load_directory
from alertdesk.lib import clock
from directives.intake import read_directive
from directives.intake.vulnerability_rows import read_vulnerabilities
from directives.models import DemoClock, Directive, DirectiveFile, RequiredAction
from directives.reminders.sweep import sweep
from directives.services.drafting import add_directive_file, create_draft
from directives.services.issuing import issue_directive
from directives.services.recipients import match_recipients
from directives.services.vulnerabilities import save_vulnerabilities

from . import incidents, people, registers, rosters, story, texts, units
from .acts import tell

ROOT = Path(__file__).resolve().parent.parent
DIRECTORY = ROOT.parent / "agencies/data/agencies-binh-dinh.csv"
TEXT = ROOT / "data/directive-binh-dinh-2023.txt"
WEAKNESSES = ROOT / "data/microsoft-2023-01-04.csv"
ISSUED_AT = clock.local(2023, 4, 26, 14)
DEADLINE = clock.local(2023, 4, 28, 17)
SWEEPS = (
    clock.local(2023, 4, 26, 14, 5),
    clock.local(2023, 4, 26, 15, 5),
    clock.local(2023, 4, 27, 8),
    clock.local(2023, 4, 27, 16),
    clock.local(2023, 4, 28, 8),
    story.START,
)


class NotEmpty(Exception):
    """The database holds something else than the demo; loading it there could mix invented data with real."""


def load() -> bool:
    """Load the story into an empty database; return False when it is there already, raise NotEmpty otherwise."""
    if DemoClock.objects.exists():
        return False
    if Agency.objects.exists() or User.objects.exists() or Directive.objects.exists():
        raise NotEmpty
    DemoClock.objects.create(now=story.START)
    with clock.frozen(ISSUED_AT - timedelta(hours=4)):
        load_directory(DIRECTORY)
        desk = Agency.objects.get(names__symbol="STTTT")
        staff = people.open_desk(desk)
        people.open_agencies()
        registers.fill_registers(desk)
        units.open_units()
        people.open_head(Agency.objects.get(names__name="UBND thành phố Quy Nhơn"))
        directive = _draft(staff[0])
    with clock.frozen(ISSUED_AT):
        assignments = _issue(directive, staff[0])
    _play(assignments, staff)
    return True


def _draft(actor: User) -> Directive:
    """Read the real text; number, day and deadline are illustrative, the real ones are blank."""
    directive = create_draft(read_directive(TEXT.read_bytes(), name=TEXT.name), actor=actor)
    Directive.objects.filter(pk=directive.pk).update(number="512", day=26, deadline=DEADLINE)
    directive.refresh_from_db()
    weak = directive.actions.get(kind=RequiredAction.Kind.VULNERABILITIES)
    save_vulnerabilities(weak, read_vulnerabilities(WEAKNESSES.read_bytes()).rows, actor=actor)
    papers = (
        ("ban-goc-minh-hoa.txt", texts.ORIGINAL, DirectiveFile.Kind.SIGNED_ORIGINAL, None),
        ("1520-BTTTT-CATTT-minh-hoa.txt", texts.LETTER, DirectiveFile.Kind.BASE_LETTER, None),
        ("huong-dan-khac-phuc-minh-hoa.txt", texts.GUIDANCE, DirectiveFile.Kind.GUIDANCE, weak),
    )
    for name, text, kind, action in papers:
        add_directive_file(directive, SimpleUploadedFile(name, text.encode()), actor=actor, kind=kind, action=action)
    return directive


def _issue(directive: Directive, actor: User) -> list:
    matches = match_recipients(directive.addressees, issuer=directive.issuer, day=directive.reference_day)
    agencies = [agency for match in matches for agency in match.agencies]
    return issue_directive(directive, actor=actor, agencies=agencies, deadline=DEADLINE)


def _play(assignments: list, staff: tuple[User, User]) -> None:
    """Let the agencies act and the sweep run in the order of their moments."""
    acts: list[tuple[datetime, object]] = [(at, sweep) for at in SWEEPS]
    acts += tell(assignments, staff)
    acts += rosters.tell(assignments)
    acts += incidents.tell(assignments, staff)
    acts += units.tell(assignments)
    for at, act in sorted(acts, key=lambda entry: entry[0]):
        with clock.frozen(at):
            act()
