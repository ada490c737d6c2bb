"""The directory of agencies."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.models import Agency
from alertdesk.lib import clock
from alertdesk.lib.text import fold


@require_safe
def directory(request):
    """List the agencies in force today with their mailbox, telephone and people; `q` searches without accents."""
    today = clock.today()
    agencies = Agency.objects.in_force_on(today).prefetch_related("names", "memberships__user").order_by("pk")
    wanted = fold(request.GET.get("q", ""))
    rows = [
        {"agency": agency, "name": agency.name_on(today), "people": agency.memberships.all()}
        for agency in agencies
        if wanted in fold(f"{agency.name_on(today).name} {agency.name_on(today).short_name}")
    ]
    return render(request, "agencies/directory.html", {"rows": rows, "q": request.GET.get("q", "")})
