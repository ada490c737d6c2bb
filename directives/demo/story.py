"""What the demo shows in the frame of every page, and where its clock may go."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from agencies.models import Role
from alertdesk.lib import clock
from directives.models import DemoClock

PASSWORD = "minh-hoa-2023"  # noqa: S105  every login of the demo, printed at its start
START = clock.local(2023, 4, 28, 9)
MOVES = (START, clock.local(2023, 4, 29, 8), clock.local(2023, 4, 30, 8), clock.local(2023, 5, 4, 8))

STAFF = "chuyenvien@stttt.binhdinh.example"
SECOND_STAFF = "chuyenvien2@stttt.binhdinh.example"
LEADER = "lanhdao@stttt.binhdinh.example"
OFFICER = "snv@binhdinh.example"
HEAD = "lanhdao.quynhon@binhdinh.example"
ADMIN = "quantri@binhdinh.example"
LOGINS = (
    (Role.STAFF, _("Staff of the issuing department"), STAFF),
    (Role.OFFICER, _("Officer of Sở Nội vụ"), OFFICER),
    (Role.HEAD, _("Head of UBND thành phố Quy Nhơn"), HEAD),
    (Role.LEADER, _("Leader"), LEADER),
    (Role.ADMIN, _("Administrator"), ADMIN),
)


@dataclass(frozen=True)
class Move:
    """One moment the demo's clock may be moved to."""

    iso: str
    label: str


def frame() -> dict | None:
    """Return the demo's clock, the moves it offers and its logins; None where there is no demo."""
    row = DemoClock.objects.first()
    if row is None:
        return None
    now = clock.now()
    return {
        "now": now,
        "moves": [Move(m.isoformat(), label(m)) for m in MOVES if m != now],
        "logins": [{"role": text, "email": email, "password": PASSWORD} for _role, text, email in LOGINS],
    }


def label(moment: datetime) -> str:
    """Return how a move is written on its button."""
    return f"{moment:%H:%M %d/%m/%Y}"


def move_clock(moment: datetime) -> datetime:
    """Set the demo's clock to one of its moves; anything else is a ValueError."""
    if moment not in MOVES:
        raise ValueError(moment)
    DemoClock.objects.update(now=moment)
    return moment
