"""The registers of an agency: how they stand, one register, one row, and "still right"."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.forms.registers import form_for
from agencies.models import REGISTERS, Agency, Register, RegisterRow
from agencies.permissions import can_keep_registers, registers_read_by
from agencies.reports.registers import rows_of, standing_of
from agencies.services.registers import (
    NotKeeper,
    RegisterChanged,
    add_row,
    change_row,
    confirm_register,
    remove_row,
)
from alertdesk.lib import clock
from alertdesk.lib.text import sort_key


@require_safe
def own_registers(request):
    """List the agencies whose registers the person reads; one alone is shown at once."""
    today = clock.today()
    agencies = registers_read_by(request.user).in_force_on(today).prefetch_related("names")
    named = sorted(((agency, agency.name_on(today)) for agency in agencies), key=lambda pair: sort_key(pair[1].name))
    if len(named) == 1:
        return redirect("agencies:registers", named[0][0].pk)
    standing = standing_of(agency for agency, _name in named)
    rows = [{"agency": agency, "name": name, "standing": standing[agency.pk]} for agency, name in named]
    return render(request, "agencies/registers_all.html", {"rows": rows, "registers": list(Register)})


@require_safe
def registers(request, pk):
    """Show an agency's five registers: how many rows, and when it last said that they are right."""
    return _cards(request, found_agency(request, pk))


def _cards(request, agency, *, status=200):
    context = {
        "agency": agency,
        "standing": standing_of([agency])[agency.pk],
        "may_keep": can_keep_registers(request.user, agency),
    }
    return render(request, "agencies/registers.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request, pk, register):
    """Show one register, and add a row to it."""
    agency, model = found_agency(request, pk), found_model(register)
    form = form_for(model(agency=agency), request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _register_page(request, form)
    require_keeper(request, agency)
    if not form.is_valid():
        return _register_page(request, form, status=422)
    try:
        row = add_row(register, agency=agency, actor=request.user, values=form.values)
    except RegisterChanged:
        form.add_error(None, _("Someone else has added the same meanwhile. Look at the register."))
        return _register_page(request, form, status=409)
    messages.success(request, _("“%(row)s” has been added.") % {"row": row})
    return redirect("agencies:register", agency.pk, register)


def _register_page(request, form, *, status=200):
    agency, name = form.instance.agency, Register(form.instance.register)
    context = {
        "agency": agency,
        "register": name,
        "rows": rows_of(agency, name),
        "standing": next(standing for standing in standing_of([agency])[agency.pk] if standing.register == name),
        "may_keep": can_keep_registers(request.user, agency),
        "form": form,
    }
    return render(request, "agencies/register.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def register_row(request, register, pk):
    """Change a row, or take it out of the register."""
    row = _found_row(request, register, pk)
    form = form_for(row, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _row_page(request, form)
    if not form.is_valid():
        return _row_page(request, form, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        change_row(row, actor=request.user, version=version, values=form.values)
    except RegisterChanged:
        form.add_error(None, _("Someone else has changed this row meanwhile. Open the register and compare."))
        return _row_page(request, form, status=409)
    messages.success(request, _("“%(row)s” has been saved.") % {"row": row})
    return redirect("agencies:register", row.agency_id, register)


def _row_page(request, form, *, status=200):
    row = form.instance
    context = {"form": form, "row": row, "agency": row.agency, "register": Register(row.register)}
    return render(request, "agencies/register_row.html", context, status=status)


@require_POST
def register_remove(request, register, pk):
    """Take a row out of its register."""
    row = _found_row(request, register, pk)
    try:
        remove_row(row, actor=request.user, version=seen_version(request))
    except RegisterChanged:
        messages.warning(request, _("Someone else has changed this row meanwhile. Look at it again."))
        return _row_page(request, form_for(row), status=409)
    messages.success(request, _("“%(row)s” is no longer in the register.") % {"row": row})
    return redirect("agencies:register", row.agency_id, register)


@require_POST
def register_confirm(request, pk, register):
    """Note that a register is still right as it was seen."""
    agency = found_agency(request, pk)
    found_model(register)
    try:
        confirm_register(agency, register, actor=request.user, seen=request.POST.get("seen", ""))
    except NotKeeper as error:
        raise PermissionDenied(_("You are not allowed to do this.")) from error
    except RegisterChanged:
        messages.warning(request, _("The register has changed meanwhile. Look at it before you confirm it."))
        return _cards(request, agency, status=409)
    messages.success(request, _("Noted: the register is still right."))
    return redirect("agencies:registers", agency.pk)


def found_agency(request, pk: int) -> Agency:
    """Return an agency whose registers the person reads, or answer 404."""
    return get_object_or_404(registers_read_by(request.user).prefetch_related("names"), pk=pk)


def found_model(register: str) -> type[RegisterRow]:
    """Return the model of a register's rows, or answer 404."""
    if register not in REGISTERS:
        raise Http404
    return REGISTERS[register]


def require_keeper(request, agency: Agency) -> None:
    """Answer 403 to a person who reads the registers of an agency but does not keep them."""
    if not can_keep_registers(request.user, agency):
        raise PermissionDenied(_("You are not allowed to do this."))


def seen_version(request) -> int:
    """Return the version of the row that was seen; 0, which no row has, for anything else."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


def _found_row(request, register: str, pk: int) -> RegisterRow:
    """Return a row to be changed; one that is gone is 404, but a form for it is answered by the service."""
    rows = found_model(register).objects.filter(agency__in=registers_read_by(request.user)).select_related("agency")
    row = get_object_or_404(rows if request.method == "POST" else rows.kept(), pk=pk)
    require_keeper(request, row.agency)
    return row
