"""What the frame around every page shows: navigation by role, hotlines, the demo's clock."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Role

from .demo.story import frame as demo_frame
from .models import Assignment, Delivery, Directive, DirectiveState, State


@dataclass(frozen=True)
class NavEntry:
    """One link of the main navigation; `count` is what waits behind it."""

    url: str
    label: str
    current: bool
    count: int = 0


def frame(request) -> dict:
    """Return navigation, hotlines, the site's name and the demo's clock for the page frame."""
    if not hasattr(request, "user"):
        return {}  # refused before sessions were read, such as a wrong Host header: 400.html needs none of it
    latest = Directive.objects.exclude(state=DirectiveState.DRAFT).first()
    return {
        "nav": _navigation(request) if request.user.is_authenticated else [],
        "hotlines": _hotlines(latest),
        # not site_name: Django's own sign-in view puts the host name there
        "desk_name": settings.SITE_NAME or (latest.issuer.name_on(latest.reference_day).name if latest else ""),
        "demo": demo_frame(),
    }


def _hotlines(directive: Directive | None) -> list[dict]:
    contacts = directive.contacts if directive else []
    return [{"name": contact["name"], "phone": contact["phones"][0]} for contact in contacts if contact.get("phones")]


def _navigation(request) -> list[NavEntry]:
    roles = request.user.roles
    entries = [(_("My work"), "directives:home", 0)]
    if roles & {Role.OFFICER, Role.HEAD}:
        unread = Delivery.objects.shown_to(request.user).unread().count()
        entries.append((_("Notices"), "directives:notices", unread))
    if roles & {Role.STAFF, Role.LEADER}:
        entries.append((_("Directives"), "directives:list", 0))
    if Role.STAFF in roles:
        entries.append((_("Review"), "directives:reviews", _waiting(request.user)))
    if roles - {Role.ADMIN}:
        entries.append((_("Incidents"), "directives:incidents", 0))
    if roles & {Role.OFFICER, Role.HEAD}:
        entries.append((_("Registers"), "agencies:own_registers", 0))
    if roles & {Role.STAFF, Role.ADMIN}:
        entries.append((_("Agencies"), "agencies:directory", 0))
    return [_entry(request, *entry) for entry in entries]


def _entry(request, label: str, url_name: str, count: int) -> NavEntry:
    url = reverse(url_name)
    here = request.path == url if url == "/" else request.path.startswith(url)
    return NavEntry(url, label, here, count)


def _waiting(user) -> int:
    """Count the reports that wait for a review by the person's desk."""
    return Assignment.objects.reviewed_by(user).filter(state=State.SUBMITTED).count()
