"""The directory: the list of agencies, one agency, and what may be changed about it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.forms.directory import AgencyForm
from agencies.models import Membership, Role
from agencies.permissions import directory_of, registers_read_by
from agencies.services.keeping import FIELDS, AgencyChanged, update_agency
from alertdesk.lib import clock, electronic_code
from alertdesk.lib.text import fold, sort_key


@require_safe
def directory(request):
    """List the agencies in force today in order of their names; `q` searches names and aliases without accents."""
    today = clock.today()
    agencies = directory_of(request.user).in_force_on(today).prefetch_related("names").order_by("pk")
    people: dict[int, list[Membership]] = {}
    for membership in Membership.objects.current_on(today).filter(agency__in=agencies).select_related("user"):
        people.setdefault(membership.agency_id, []).append(membership)
    wanted = fold(request.GET.get("q", ""))
    named = _in_order((agency, agency.name_on(today)) for agency in agencies)
    rows = [
        {"agency": agency, "name": name, "people": people.get(agency.pk, [])}
        for agency, name in named
        if wanted in fold(" ".join([name.name, name.short_name, *name.aliases]))
    ]
    context = {"rows": rows, "q": request.GET.get("q", ""), "may_read_registers": Role.STAFF in request.user.roles}
    return render(request, "agencies/directory.html", context)


@require_safe
def agency_detail(request, pk):
    """Show an agency: its names over time, how it is reached, its people, what it followed and what followed it."""
    agency = get_object_or_404(directory_of(request.user).prefetch_related("names").select_related("parent"), pk=pk)
    today = clock.today()
    below = directory_of(request.user).in_force_on(today).filter(parent=agency).prefetch_related("names").order_by("pk")
    context = {
        "agency": agency,
        "today": today,
        "name": agency.current_name,
        "in_force": any(name.covers(today) for name in agency.names.all()),
        "names": agency.names.order_by("-valid_from"),
        "people": agency.memberships.select_related("user").order_by("valid_to", "role", "pk"),
        "current": {membership.pk for membership in agency.memberships.current_on(today)},
        "successions": agency.successions.select_related("successor").order_by("happened_on", "pk"),
        "predecessions": agency.predecessions.exclude(predecessor=agency).select_related("predecessor").order_by("pk"),
        "below": _in_order((unit, unit.name_on(today)) for unit in below),
        "may_read_registers": registers_read_by(request.user).filter(pk=pk).exists(),
        "older_code": _older_form(agency.code),
    }
    return render(request, "agencies/agency.html", context)


def _in_order(named) -> list:
    """Sort pairs of agency and name by the Vietnamese alphabet."""
    return sorted(named, key=lambda pair: sort_key(pair[1].name))


@require_http_methods(["GET", "HEAD", "POST"])
def agency_edit(request, pk):
    """Change how an agency is reached and recognised."""
    agency = get_object_or_404(directory_of(request.user), pk=pk)
    form = AgencyForm(request.POST if request.method == "POST" else None, instance=agency)
    if request.method != "POST":
        return _edit_page(request, form)
    if not form.is_valid():
        return _edit_page(request, form, status=422)
    typed = form.cleaned_data
    values = {field: typed[field] for field in FIELDS}
    try:
        update_agency(agency, actor=request.user, seen=typed["seen"], values=values, aliases=typed["aliases"])
    except AgencyChanged:
        form.add_error(None, _("Someone else has changed this agency meanwhile. Open it again and compare."))
        return _edit_page(request, form, status=409)
    messages.success(request, _("The details of %(agency)s are saved.") % {"agency": agency})
    return redirect("agencies:agency", pk)


def _edit_page(request, form, *, status=200):
    return render(request, "agencies/agency_edit.html", {"form": form, "agency": form.instance}, status=status)


def _older_form(code: str) -> str:
    """Return the other spelling of a code, where it has one."""
    try:
        parsed = electronic_code.parse(code)
    except electronic_code.NotACode:
        return ""
    return parsed.key if parsed.form == electronic_code.REVERSED else parsed.older
