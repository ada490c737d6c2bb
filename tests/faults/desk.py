"""What the desk does in a fault run; each function is an order that `launch desk` carries out."""

from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from agencies.models import Agency, AgencyName
from alertdesk.lib import clock
from directives.models import Answer, Assignment, Delivery, Verdict
from directives.reminders.outbox import requeue
from directives.reminders.sweep import sweep as sweep_once
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report
from tests.cast import answer_everything, make_cast

WINDOW = timedelta(days=60)
STORY: list = []  # the cast of `build_story`; copies of that database hold the same people


def use(url: str, port: int = 1) -> None:
    """Work on another database of the same kind, and send to another port, from now on."""
    settings.EMAIL_PORT = port
    connection.close()
    connection.settings_dict["NAME"] = url.rpartition("/")[2] if connection.vendor == "postgresql" else url


def build(agencies: int) -> None:
    """Make the tables and a directive issued now to so many agencies; each has a mailbox and no person."""
    _make_tables()
    cast, now = make_cast(), clock.now()
    first, *others = _agencies(agencies)
    (model,) = cast.issue(first, at=now, deadline=clock.end_of_day((now + WINDOW).date()))
    rows = Assignment.objects.bulk_create(_like(model, agency, number) for number, agency in enumerate(others, 2))
    actions = list(model.directive.actions.all())
    Answer.objects.bulk_create((Answer(assignment=row, action=a) for row in rows for a in actions), batch_size=2000)


def _make_tables() -> None:
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)


def _agencies(count: int) -> list[Agency]:
    made = Agency.objects.bulk_create(
        Agency(kind=Agency.Kind.DEPARTMENT, place="Bình Định", mailbox=f"so{n}@binhdinh.example") for n in range(count)
    )
    names = (AgencyName(agency=a, name=f"Sở {a.pk}", short_name=f"Sở {a.pk}", symbol=f"S{a.pk}") for a in made)
    AgencyName.objects.bulk_create(names)
    return made


def _like(model: Assignment, agency: Agency, position: int) -> Assignment:
    return Assignment(
        directive=model.directive,
        agency=agency,
        responsible_agency=agency,
        position=position,
        agency_name=f"Sở {agency.pk}",
        agency_short_name=f"Sở {agency.pk}",
        search_text=f"so {agency.pk}",
        state_since=model.state_since,
        due_at=model.due_at,
    )


def sweep(at: str | None = None, days: float = 0) -> dict[str, int]:
    """Sweep once, at a moment or now, with the clock so many days wrong."""
    moment = datetime.fromisoformat(at) if at else clock.now()
    with clock.frozen(moment + timedelta(days=days)):
        return sweep_once()


def build_story() -> None:
    """Make the tables, the cast and its directive of 2023, whose moments are fixed."""
    _make_tables()
    cast = make_cast()
    cast.issue()
    STORY.append(cast)


def report(at: str) -> None:
    """Let the health department send its report."""
    (cast,) = STORY
    with clock.frozen(datetime.fromisoformat(at)):
        assignment = _of_health()
        answer_everything(assignment, cast.officer)
        submit_report(assignment, actor=cast.officer)


def ask_for_more(at: str) -> None:
    """Send the report back for its first answer."""
    (cast,) = STORY
    with clock.frozen(datetime.fromisoformat(at)):
        submission = _of_health().submission
        items = list(submission.items.order_by("pk"))
        verdicts = {item.pk: (Verdict.OK, "") for item in items} | {items[0].pk: (Verdict.MORE, "Đề nghị nêu rõ.")}
        finish_review(submission, actor=cast.staff, verdicts=verdicts)


def _of_health() -> Assignment:
    return Assignment.objects.get(agency=STORY[0].health)


def requeue_dead() -> int:
    """Give every refused message a fresh start, as the desk's button does."""
    return sum(requeue(dead) for dead in Delivery.objects.filter(state=Delivery.State.DEAD))
