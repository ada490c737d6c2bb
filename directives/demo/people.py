"""The people of the demo: the desk, leaders, and an account for every agency's mailbox."""

from functools import cache

from django.contrib.auth.hashers import make_password

from agencies.models import Agency, Membership, Role, User
from alertdesk.lib.text import fold

from . import story


def mailbox(name) -> str:
    """Return an invented address for an agency's name; it ends in .example so that it can never be reached."""
    words = fold(name.short_name).replace("ubnd", "").replace("&", "").replace(".", " ").replace("-", "").split()
    words = words[1:] if words and words[0] in {"tp", "tx", "h"} else words
    return f"{'.'.join(words) if name.symbol == 'UBND' else fold(name.symbol).replace('&', '')}@binhdinh.example"


@cache
def _password() -> str:
    """Return the demo's password hashed once: slow hashing for forty accounts would make the start slow."""
    return make_password(story.PASSWORD)


def _person(email: str, role: str, agency: Agency, **fields) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, **fields)
    User.objects.filter(pk=user.pk).update(password=_password())
    Membership.objects.get_or_create(user=user, agency=agency, role=role)
    return user


def open_desk(desk: Agency) -> tuple[User, User]:
    """Make the desk's two staff, its leader and the administrator; return the staff."""
    leader = {"full_name": "Lãnh đạo Sở", "title": "Phó Giám đốc", "wants_quick_report": True}
    _person(story.LEADER, Role.LEADER, desk, **leader)
    _person(story.LEADER, Role.LEADER, desk.parent)
    _person(story.ADMIN, Role.ADMIN, desk, full_name="Quản trị hệ thống", is_staff=True, is_superuser=False)
    first = _person(
        story.STAFF, Role.STAFF, desk, full_name="Chuyên viên A", title="Chuyên viên", telephone="0256.2210517"
    )
    second = _person(story.SECOND_STAFF, Role.STAFF, desk, full_name="Chuyên viên B", title="Chuyên viên")
    return first, second


def open_agencies() -> None:
    """Give every agency a mailbox, a telephone and an officer; districts also a head who approves."""
    for agency in Agency.objects.prefetch_related("names").order_by("pk"):
        open_agency(agency)


def open_agency(agency: Agency) -> None:
    """Give an agency a mailbox where it exists at the story's time, a telephone and an officer."""
    name = agency.current_name
    agency.mailbox = mailbox(name) if name.valid_from is None else ""
    agency.telephone = f"0256.38{agency.pk:02d}{(agency.pk * 37) % 1000:03d}"
    agency.contact_name = "Văn thư"
    agency.needs_approval = agency.kind == Agency.Kind.DISTRICT and agency.pk % 2 == 0
    agency.save(update_fields=["mailbox", "telephone", "contact_name", "needs_approval"])
    if agency.mailbox:
        _person(agency.mailbox, Role.OFFICER, agency, full_name=f"Cán bộ {name.short_name}", telephone=agency.telephone)


def officer_of(agency: Agency) -> User:
    """Return the account of an agency's mailbox."""
    return User.objects.get(email=agency.mailbox)


def open_head(agency: Agency) -> User:
    """Make the head of the agency whose approval the demo shows."""
    agency.needs_approval = True
    agency.save(update_fields=["needs_approval"])
    return _person(story.HEAD, Role.HEAD, agency, full_name="Lãnh đạo UBND thành phố Quy Nhơn", title="Phó Chủ tịch")
