"""The person of a shift confirms to be there, by the link of that shift alone."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alertdesk.lib import clock
from directives.models import CHECK_IN_MARGIN
from directives.services.check_in_links import read_check_in_token
from directives.services.errors import DomainError
from directives.services.rostering import check_in as confirm

GONE, NOT_FOUND, UNPROCESSABLE = 410, 404, 422


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request, token):
    """Show one shift to whoever holds its link; the button confirms, opening the page changes nothing."""
    shift, refused, status = read_check_in_token(token), "", 200
    if shift is None:
        return render(request, "directives/check_in.html", {}, status=NOT_FOUND)
    if request.method == "POST":
        try:
            shift = confirm(shift)
        except DomainError as refusal:
            refused, status = str(refusal), UNPROCESSABLE
    now = clock.now()
    is_over = now >= shift.ends_at and not shift.checked_in_at
    context = {
        "shift": shift,
        "refused": refused,
        "is_over": is_over,
        "opens_at": shift.starts_at - CHECK_IN_MARGIN,
        "is_early": now < shift.starts_at - CHECK_IN_MARGIN,
    }
    return render(request, "directives/check_in.html", context, status=GONE if is_over else status)
