"""The fixed cast of the tests: one province, its desk, two agencies and the people in them."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from agencies.models import Agency, AgencyName, Membership, Role, User
from agencies.services.directory import load_directory
from alertdesk.lib import clock
from directives.models import Assignment, Directive, RequiredAction
from directives.services.answering import save_answer
from directives.services.issuing import issue_directive

PASSWORD = "mot-mat-khau-dai-2023"
ISSUED_AT = clock.local(2023, 4, 26, 9)
DEADLINE = clock.local(2023, 4, 28, 17)
DATA = Path(settings.BASE_DIR)
DIRECTIVE_FILE = DATA / "directives/data/directive-binh-dinh-2023.txt"
DIRECTORY_FILE = DATA / "agencies/data/agencies-binh-dinh.csv"
KINDS = list(RequiredAction.Kind)


def make_agency(name: str, *, kind: str = Agency.Kind.DEPARTMENT, parent: Agency | None = None, **fields) -> Agency:
    """Make an agency with one name that has always been valid."""
    symbol = fields.pop("symbol", "".join(word[0] for word in name.split()).upper())
    agency = Agency.objects.create(kind=kind, parent=parent, place=fields.pop("place", "Bình Định"), **fields)
    AgencyName.objects.create(agency=agency, name=name, short_name=name, symbol=symbol)
    return agency


def make_user(email: str, role: str | None = None, agency: Agency | None = None, **fields) -> User:
    """Make a person who can sign in with PASSWORD, perhaps with a role in an agency."""
    user = User.objects.create_user(email, PASSWORD, full_name=fields.pop("full_name", email.split("@")[0]), **fields)
    if role:
        Membership.objects.create(user=user, agency=agency, role=role)
    return user


def make_directive(issuer: Agency, *, actions: int = 5, **fields) -> Directive:
    """Make a draft with that many actions of different kinds."""
    values = {
        "issuer_name": issuer.current_name.name.upper(),
        "symbol": "STTTT-BCVT&CNTT",
        "place": "Bình Định",
        "month": 4,
        "year": 2023,
        "subject": "tăng cường bảo đảm an toàn thông tin mạng dịp nghỉ lễ 30/4 và 01/5",
        "contacts": [
            {"name": "Phòng Bưu chính, Viễn thông và Công nghệ thông tin", "phones": ["0256.2210517"], "emails": []}
        ],
        "copies": [{"name": "Như trên", "note": None}, {"name": "Lưu", "note": "VT, BCVT&CNTT"}],
        "signer_authority": "KT. GIÁM ĐỐC",
        "signer_title": "PHÓ GIÁM ĐỐC",
        "signer_name": "Nguyễn Minh Thảo",
    }
    directive = Directive.objects.create(issuer=issuer, **{**values, **fields})
    for number in range(1, actions + 1):
        kind = KINDS[(number - 1) % len(KINDS)]
        RequiredAction.objects.create(
            directive=directive,
            position=number,
            title=f"Nội dung {number}",
            text=f"Thực hiện nội dung {number}.",
            kind=kind,
        )
    return directive


@dataclass
class Cast:
    """A province with its desk (two staff), a leader, two agencies with officers, one of them with a head."""

    province: Agency
    desk: Agency
    health: Agency
    town: Agency
    staff: User
    second_staff: User
    leader: User
    officer: User
    head: User
    town_officer: User
    admin: User

    def issue(
        self, *agencies: Agency, at: datetime = ISSUED_AT, deadline: datetime = DEADLINE, actions: int = 5, **fields
    ) -> list[Assignment]:
        """Issue a fresh directive to the agencies (default: health and town) and return the assignments."""
        directive = make_directive(self.desk, actions=actions, **fields)
        with clock.frozen(at):
            return issue_directive(
                directive, actor=self.staff, agencies=list(agencies or (self.health, self.town)), deadline=deadline
            )


def make_cast() -> Cast:
    """Make the whole cast; the town's reports wait for its head's approval."""
    province = make_agency("Ủy ban nhân dân tỉnh Bình Định", kind=Agency.Kind.PROVINCE, symbol="UBND")
    desk = make_agency("Sở Thông tin và Truyền thông", parent=province, symbol="STTTT", telephone="0256.2210517")
    health = make_agency(
        "Sở Y tế", parent=province, symbol="SYT", mailbox="syt@binhdinh.example", telephone="0256.3800001"
    )
    town = make_agency(
        "UBND thành phố Quy Nhơn",
        kind=Agency.Kind.DISTRICT,
        parent=province,
        symbol="UBND",
        mailbox="quynhon@binhdinh.example",
        needs_approval=True,
        place="Quy Nhơn",
    )
    return Cast(
        province=province,
        desk=desk,
        health=health,
        town=town,
        staff=make_user("canbo@stttt.example", Role.STAFF, desk),
        second_staff=make_user("canbo2@stttt.example", Role.STAFF, desk),
        leader=make_user("lanhdao@stttt.example", Role.LEADER, desk),
        officer=make_user("vanthu@syt.example", Role.OFFICER, health),
        head=make_user("chutich@quynhon.example", Role.HEAD, town),
        town_officer=make_user("vanthu@quynhon.example", Role.OFFICER, town),
        admin=make_user("quantri@binhdinh.example", Role.ADMIN, province),
    )


def make_directory() -> Agency:
    """Load the 2023 directory and return the issuing department."""
    load_directory(DIRECTORY_FILE)
    return Agency.objects.get(names__name="Sở Thông tin và Truyền thông")


def answer_everything(assignment: Assignment, actor: User) -> None:
    """Write a complete answer to every action of an assignment."""

    for answer in assignment.answers.all():
        save_answer(answer, actor=actor, version=answer.version, status="done", note="Đã thực hiện.", total=4, done=4)
