"""A province in the middle of a directive, written through the services: 150 agencies × 5 required actions."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command

from agencies.models import Agency, AgencyName, Membership, Role, User
from agencies.services.directory import load_directory
from alertdesk.lib import clock
from directives.intake import read_directive
from directives.models import Assignment, Directive, RecordedReport, Verdict
from directives.services.answering import acknowledge, save_answer
from directives.services.calling import log_call
from directives.services.drafting import create_draft
from directives.services.issuing import issue_directive
from directives.services.recording import record_report
from directives.services.reviewing import finish_review
from directives.services.submitting import submit_report

ROOT = Path(settings.BASE_DIR)
AGENCIES = 150
# Two syllables make the names of communes as they are there: Cát Hanh, Mỹ Phong, Phước Sơn …
FIRST = ("An", "Bình", "Cát", "Canh", "Hoài", "Mỹ", "Nhơn", "Phước", "Tây", "Vĩnh")
SECOND = ("Hậu", "Hiệp", "Hòa", "Hưng", "Khánh", "Lộc", "Lợi", "Phong", "Phú", "Sơn", "Tân", "Thành", "Thuận", "Trị")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ")
GIVEN = ("Thị Lan", "Văn Hùng", "Minh Châu", "Quốc Bảo", "Thu Hà", "Đức Long", "Ngọc Ánh", "Thanh Tùng", "Hồng Nhung")
PROMISES = ("Sẽ gửi trong ngày", "Gửi chậm nhất 16 giờ", "Đang chờ lãnh đạo ký", "Sẽ gọi lại buổi chiều")


@dataclass(frozen=True)
class World:
    """What the benchmarks ask for: the people and the rows behind the pages."""

    staff: User
    leader: User
    officer: User
    directive: Directive
    open: Assignment
    submitted: Assignment


def open_world() -> World:
    """Make the database of this run and fill it."""
    call_command("migrate", verbosity=0)
    return build(AGENCIES)


def build(agencies: int) -> World:
    """Issue one directive three days ago, its deadline yesterday, and let the agencies come as far as they come."""
    with clock.frozen(clock.now() - timedelta(days=3)):
        desk, recipients = _agencies(agencies)
        staff = [_person(f"canbo{n}@stttt.example", Role.STAFF, desk) for n in (1, 2)]
        leader = _person("lanhdao@stttt.example", Role.LEADER, desk)
        text = (ROOT / "directives/data/directive-binh-dinh-2023.txt").read_bytes()
        draft = create_draft(read_directive(text), actor=staff[0], issuer=desk)
        draft.day = 26  # the day decides which agencies there are
        draft.save(update_fields=["day"])
        rows = issue_directive(draft, actor=staff[0], agencies=recipients, deadline=clock.now() + timedelta(days=2))
    with clock.frozen(clock.now() - timedelta(days=2)):
        for index, row in enumerate(rows):
            COURSES[index % len(COURSES)](row, index, staff)
    fresh = list(Assignment.objects.order_by("pk"))
    officer = User.objects.get(memberships__agency=fresh[3].agency, memberships__role=Role.OFFICER)
    return World(staff[0], leader, officer, draft, fresh[3], fresh[5])


def session_of(user: User) -> str:
    """Return the key of a session in which the person is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def _agencies(count: int) -> tuple[Agency, list[Agency]]:
    """Load the directory of 2023 and add communes until there are enough recipients; returns the desk too."""
    load_directory(ROOT / "agencies/data/agencies-binh-dinh.csv")
    desk = Agency.objects.get(names__name="Sở Thông tin và Truyền thông")
    recipients = list(Agency.objects.exclude(pk=desk.pk).filter(names__valid_from=None).order_by("pk").distinct())
    for name in [f"{first} {second}" for first in FIRST for second in SECOND][: count - len(recipients)]:
        commune = Agency.objects.create(kind=Agency.Kind.COMMUNE, place=name, parent=desk.parent)
        AgencyName.objects.create(agency=commune, name=f"UBND xã {name}", short_name=f"Xã {name}", symbol="UBND")
        recipients.append(commune)
    for index, agency in enumerate(recipients):
        _open(agency, index)
    return desk, recipients[:count]


def _open(agency: Agency, index: int) -> None:
    """Give an agency what a real one has: a mailbox, a telephone, a person who answers."""
    agency.mailbox = f"coquan{index}@binhdinh.example"
    agency.telephone = f"0256.3{800000 + index * 7919 % 99991}"
    agency.contact_name = f"{FAMILY[index % 10]} {GIVEN[index // 10 % 9]}"
    agency.save()
    _person(f"vanthu{index}@binhdinh.example", Role.OFFICER, agency, full_name=agency.contact_name)


def _person(email: str, role: str, agency: Agency, **fields) -> User:
    user = User.objects.create(email=email, full_name=fields.pop("full_name", email.split("@")[0]))
    Membership.objects.create(user=user, agency=agency, role=role)
    return user


# --- how far an agency has come; each takes (assignment, its number, the two people of the desk) ---


def _silent(row: Assignment, index: int, staff: list[User]) -> None:
    pass


def _called(row: Assignment, index: int, staff: list[User]) -> None:
    log_call(row, actor=staff[0], spoke_with=row.agency.contact_name, promised=PROMISES[index % len(PROMISES)])


def _received(row: Assignment, index: int, staff: list[User]) -> None:
    acknowledge(row, actor=_officer(row))


def _answers(row: Assignment, index: int, staff: list[User], count: int = 5) -> None:
    statuses = ("done", "partly", "done", "nil", "not_applicable", "done", "done")
    for n, answer in enumerate(row.answers.all()[:count]):
        status = statuses[(index + n) % len(statuses)]
        figures = {"total": 4 + index % 9, "done": 3} if status in ("done", "partly") else {}
        save_answer(answer, actor=_officer(row), version=answer.version, status=status, note="Đã rà soát.", **figures)


def _sent(row: Assignment, index: int, staff: list[User]) -> None:
    _answers(row, index, staff)
    submit_report(row, actor=_officer(row))


def _reviewed(row: Assignment, index: int, staff: list[User], more: int = 0) -> None:
    _sent(row, index, staff)
    submission = Assignment.objects.get(pk=row.pk).submission
    verdicts = {
        item.pk: (Verdict.MORE, "Đề nghị nêu rõ số máy chưa cập nhật.") if item.action.position == more else ("ok", "")
        for item in submission.items.select_related("action")
    }
    finish_review(submission, actor=staff[1], verdicts=verdicts)


def _recorded(row: Assignment, index: int, staff: list[User]) -> None:
    items = [{"action": action, "status": "done"} for action in row.directive.actions.all()]
    channel = RecordedReport.Channel.E_OFFICE
    record_report(row, actor=staff[0], channel=channel, arrived_on=clock.today(), items=items)


def _officer(row: Assignment) -> User:
    return User.objects.get(memberships__agency=row.agency_id, memberships__role=Role.OFFICER)


COURSES = (
    _silent, _called, _received, partial(_answers, count=3), _sent,
    _sent, _reviewed, partial(_reviewed, more=2), _recorded, _reviewed,
)  # fmt: skip
