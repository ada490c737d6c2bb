"""The directory by file: out as it is, in with a preview first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.forms.directory import ImportDirectoryForm
from agencies.services.directory.exporting import agency_table, people_table
from agencies.services.directory.importing import (
    PEOPLE,
    PlanChanged,
    import_directory,
    preview_again,
    preview_file,
)
from agencies.services.directory.plans import DirectoryUnreadable
from alertdesk.lib import clock
from alertdesk.lib.file_kinds import XLSX
from alertdesk.lib.tables import write_csv, write_xlsx

SHOWN_LINES = 300


@require_safe
def directory_export(request):
    """Download agencies, or `what=people`, as a workbook, or as CSV by `as=csv`."""
    of_people = request.GET.get("what") == PEOPLE
    rows = people_table(request.user) if of_people else agency_table(request.user)
    is_csv = request.GET.get("as") == "csv"
    title = _("People") if of_people else _("Agencies")
    data = write_csv(rows) if is_csv else write_xlsx(rows, title=title)
    response = HttpResponse(data, content_type="text/csv; charset=utf-8" if is_csv else XLSX)
    name = f"{'nguoi-dung' if of_people else 'co-quan'}-{clock.today():%Y-%m-%d}.{'csv' if is_csv else 'xlsx'}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def directory_import(request):
    """Take a file: show what it would change, then, confirmed, change all of it."""
    if request.method == "POST" and "ticket" in request.POST:
        return _confirmed(request)
    form = ImportDirectoryForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        data, what = form.cleaned_data["upload"].read(), form.cleaned_data["what"]
        preview = preview_file(data, what=what, actor=request.user)
    except DirectoryUnreadable as error:
        form.add_error("upload", str(error))
        return _page(request, form, status=422)
    return _page(request, form, preview=preview, status=422 if preview.plan.problems else 200)


def _confirmed(request):
    """Carry out what was previewed; where the directory has changed since, show the preview anew."""
    ticket = request.POST["ticket"]
    try:
        plan = import_directory(ticket, actor=request.user)
    except PlanChanged:
        messages.warning(request, _("The directory has changed since the preview. Nothing was written; look again."))
        return _page(request, ImportDirectoryForm(), preview=preview_again(ticket, actor=request.user), status=409)
    except DirectoryUnreadable as error:
        messages.error(request, str(error))
        return _page(request, ImportDirectoryForm(), status=422)
    counts = {"new": len(plan.new), "changed": len(plan.changed)}
    messages.success(request, _("Written: %(new)d new rows, %(changed)d changed.") % counts)
    return redirect("agencies:directory")


def _page(request, form, *, preview=None, status=200):
    context = {"form": form, "preview": preview, "shown": SHOWN_LINES, "first": f":{SHOWN_LINES}"}
    return render(request, "agencies/import.html", context, status=status)
