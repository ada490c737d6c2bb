"""The directory and the registers by file: out as they are, in with a preview first."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.forms.directory import ImportDirectoryForm, ImportFileForm, directory_tables
from agencies.models import Agency, Register
from agencies.services.directory.exporting import (
    agency_table,
    people_table,
    register_directory_table,
    register_table,
)
from agencies.services.directory.importing import (
    AGENCIES,
    PEOPLE,
    PlanChanged,
    import_directory,
    preview_again,
    preview_file,
)
from agencies.services.directory.plans import DirectoryUnreadable
from agencies.services.registers import NotKeeper
from alertdesk.lib import clock
from alertdesk.lib.file_kinds import XLSX
from alertdesk.lib.tables import write_csv, write_xlsx

from .registers import found_agency, found_model, require_keeper

SHOWN_LINES = 300
FILE_NAMES = {
    AGENCIES: "co-quan",
    PEOPLE: "nguoi-dung",
    Register.SYSTEMS: "he-thong-thong-tin",
    Register.MACHINES: "may-tinh",
    Register.PORTALS: "cong-trang-thong-tin",
    Register.PROVIDERS: "nha-cung-cap",
    Register.DUTY: "nguoi-truc",
}


@dataclass(frozen=True)
class Entrance:
    """Where files come in: the page, its form, the page that follows, and whose file of what it is if that is fixed."""

    template: str
    form: Callable
    done: str
    what: str = ""
    agency: Agency | None = None
    context: dict = field(default_factory=dict)


@require_safe
def directory_export(request):
    """Download a table of the directory (`what`, else agencies) as a workbook, or as CSV by `as=csv`."""
    what = request.GET.get("what", AGENCIES)
    tables = dict(directory_tables(request.user))
    if what in Register.values:
        if what not in tables:
            raise PermissionDenied
        return _file(request, register_directory_table(what, request.user), what, tables[what])
    if what == PEOPLE:
        return _file(request, people_table(request.user), PEOPLE, tables[PEOPLE])
    return _file(request, agency_table(request.user), AGENCIES, tables[AGENCIES])


@require_safe
def register_export(request, pk, register):
    """Download one agency's register as a workbook, or as CSV by `as=csv`."""
    agency = found_agency(request, pk)
    found_model(register)
    return _file(request, register_table(register, agency), register, Register(register).label)


def _file(request, rows: list[list[str]], what: str, title: str) -> HttpResponse:
    is_csv = request.GET.get("as") == "csv"
    data = write_csv(rows) if is_csv else write_xlsx(rows, title=str(title))
    response = HttpResponse(data, content_type="text/csv; charset=utf-8" if is_csv else XLSX)
    name = f"{FILE_NAMES[what]}-{clock.today():%Y-%m-%d}.{'csv' if is_csv else 'xlsx'}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def directory_import(request):
    """Take a file of the directory: show what it would change, then, confirmed, change all of it."""
    return _taken(
        request,
        Entrance(
            template="agencies/import.html",
            form=lambda *sent: ImportDirectoryForm(*sent, user=request.user),
            done=reverse("agencies:directory"),
            context={"tables": directory_tables(request.user)},
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def register_import(request, pk, register):
    """Take a file of one agency's register: show what it would change, then, confirmed, change all of it."""
    agency = found_agency(request, pk)
    found_model(register)
    require_keeper(request, agency)
    return _taken(
        request,
        Entrance(
            template="agencies/register_import.html",
            form=ImportFileForm,
            done=reverse("agencies:register", args=[agency.pk, register]),
            what=register,
            agency=agency,
            context={"agency": agency, "register": Register(register)},
        ),
    )


def _taken(request, entrance: Entrance) -> HttpResponse:
    """Show the page, the preview of a file, or what came of a confirmed one."""
    if request.method != "POST":
        return _page(request, entrance, entrance.form())
    if "ticket" in request.POST:
        return _confirmed(request, entrance)
    form = entrance.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, entrance, form, status=422)
    what = entrance.what or form.cleaned_data["what"]
    try:
        data = form.cleaned_data["upload"].read()
        preview = preview_file(data, what=what, actor=request.user, agency=entrance.agency)
    except DirectoryUnreadable as error:
        form.add_error("upload", str(error))
        return _page(request, entrance, form, status=422)
    return _page(request, entrance, form, preview=preview, status=422 if preview.plan.problems else 200)


def _confirmed(request, entrance: Entrance) -> HttpResponse:
    """Carry out what was previewed; where the directory has changed since, show the preview anew."""
    ticket = request.POST["ticket"]
    try:
        plan = import_directory(ticket, actor=request.user)
    except NotKeeper as error:
        raise PermissionDenied from error
    except PlanChanged:
        messages.warning(request, _("The directory has changed since the preview. Nothing was written; look again."))
        return _page(request, entrance, entrance.form(), preview=preview_again(ticket, actor=request.user), status=409)
    except DirectoryUnreadable as error:
        messages.error(request, str(error))
        return _page(request, entrance, entrance.form(), status=422)
    counts = {"new": len(plan.new), "changed": len(plan.changed)}
    messages.success(request, _("Written: %(new)d new rows, %(changed)d changed.") % counts)
    return redirect(entrance.done)


def _page(request, entrance: Entrance, form, *, preview=None, status=200):
    context = {"form": form, "preview": preview, "shown": SHOWN_LINES, "first": f":{SHOWN_LINES}"}
    return render(request, entrance.template, context | entrance.context, status=status)
