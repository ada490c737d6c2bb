"""The demo's clock and the mail it would have sent; both exist in a demo database only."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import localize
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from directives.demo import rosters, story
from directives.demo.clock import is_demo, standing_clock
from directives.models import Delivery
from directives.reminders.sweep import sweep


def _demo_only() -> None:
    if not is_demo():
        raise Http404


@require_POST
def demo_clock(request):
    """Move the demo's clock to one of its moments; people on duty confirm until then, and reminders go out."""
    _demo_only()
    try:
        moment = story.move_clock(datetime.fromisoformat(request.POST.get("to", "")))
    except ValueError:
        raise BadRequest from None
    rosters.check_in_until(moment)
    with standing_clock():
        counts = sweep()
    messages.success(
        request,
        ngettext(
            "The clock was moved; %(count)s message went out.",
            "The clock was moved; %(count)s messages went out.",
            counts["sent"],
        )
        % {"count": localize(counts["sent"])},
    )
    back = request.POST.get("next", "")
    is_path = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_path else "directives:home")


@login_not_required
@require_safe
def demo_mail(request):
    """List the messages of the demo, newest first; `q` narrows to an address."""
    _demo_only()
    wanted = request.GET.get("q", "").strip()
    mails = Delivery.objects.filter(channel=Delivery.Channel.EMAIL, state=Delivery.State.SENT)
    sent = mails.filter(address__icontains=wanted).order_by("-sent_at", "-id")
    page = Paginator(sent, 50).get_page(request.GET.get("page"))
    return render(request, "directives/demo_mail.html", {"page": page, "q": wanted})


@login_not_required
@require_safe
def demo_mail_detail(request, pk):
    """Show one message of the demo as its receiver would read it."""
    _demo_only()
    return render(request, "directives/demo_mail_detail.html", {"mail": get_object_or_404(Delivery, pk=pk)})
