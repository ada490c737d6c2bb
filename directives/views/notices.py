"""What a person was told in the app, and their marks of having read it."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from directives.models import Delivery
from directives.reports.told import messages_to, read_messages
from directives.services.reading import mark_all_read, mark_read

MESSAGES_A_PAGE = 30


@require_safe
def notice_list(request):
    """List the person's messages, the latest first."""
    page = Paginator(messages_to(request.user), MESSAGES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "messages_read": read_messages(page.object_list, request.user),
        "unread": Delivery.objects.shown_to(request.user).unread().count(),
    }
    return render(request, "directives/notices.html", context)


@require_POST
def notice_read(request, pk):
    """Mark a message as read and open the report that was asked for, else the list again."""
    message = get_object_or_404(Delivery.objects.shown_to(request.user), pk=pk)
    mark_read(message, actor=request.user)
    about = {str(pk): pk for pk in message.notices.values_list("assignment", flat=True)}
    wanted = about.get(request.POST.get("open", ""))
    return redirect("directives:assignment", wanted) if wanted else redirect("directives:notices")


@require_POST
def notices_read(request):
    """Mark all of the person's messages as read."""
    mark_all_read(actor=request.user)
    return redirect("directives:notices")
