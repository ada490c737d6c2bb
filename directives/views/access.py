"""Who can sign in: invitations and the printed notes."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.services.invitations import make_link
from alertdesk.lib.text import sort_key
from directives.reports.access import access_of
from directives.services.inviting import invite_recipients

from .desk import directive_kept


@require_safe
def access_list(request, pk):
    """Show who of the recipients has signed in, who only has an account, and who has neither."""
    directive = directive_kept(request, pk)
    rows = sorted(access_of(directive), key=_most_needed_first)
    counts = {state: sum(row.state == state for row in rows) for state in ("in", "invited", "mailbox", "none")}
    return render(request, "directives/access.html", {"directive": directive, "rows": rows, "counts": counts})


@require_POST
def access_invite(request, pk):
    """Invite all recipients that have a mailbox and have not signed in yet."""
    directive = directive_kept(request, pk)
    invited, without_mailbox = invite_recipients(directive, actor=request.user)
    count = len(invited)
    messages.success(
        request,
        ngettext("%(count)d agency is invited.", "%(count)d agencies are invited.", count) % {"count": count},
    )
    if without_mailbox:
        names = ", ".join(row.agency_name for row in without_mailbox)
        messages.warning(request, _("Without an official mailbox: %(names)s.") % {"names": names})
    return redirect("directives:access", pk)


@require_safe
def access_notes(request, pk):
    """Print one note per agency that has not signed in yet: address, one-time link, hotline."""
    directive = directive_kept(request, pk)
    waiting = [(row.assignment.agency_name, row.mailbox_user) for row in access_of(directive) if row.state == "invited"]
    notes = [{"agency": name, "user": user, "link": make_link(user)} for name, user in waiting]
    context = {"directive": directive, "notes": notes, "site": settings.SITE_URL, "days": settings.INVITATION_DAYS}
    return render(request, "directives/access_notes.html", context)


def _most_needed_first(row) -> tuple:
    """Put those nobody can reach first, each group in order of names."""
    return ("none", "mailbox", "invited", "in").index(row.state), sort_key(row.assignment.agency_name)
