"""The weaknesses that an action of a draft names, by file: a preview first, then all of it or nothing."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.forms.vulnerabilities import VulnerabilityFileForm, remarks, sealed, unsealed
from directives.services.vulnerabilities import clear_vulnerabilities, save_vulnerabilities

from .desk import draft_kept
from .refusals import refusals_shown_by


def _page(request, action, form, *, table=None, status=200):
    problems = remarks(table.problems) if table else []
    context = {
        "directive": action.directive,
        "action": action,
        "vulnerabilities": action.vulnerabilities.all(),
        "form": form,
        "table": table,
        "problems": problems,
        "remarks": remarks(table.remarks) if table else [],
        "sealed": sealed(table, action) if table and table.rows and not problems else "",
    }
    return render(request, "directives/vulnerabilities.html", context, status=status)


def _start(request, pk, position):
    return _page(request, _action(request, pk, position), VulnerabilityFileForm())


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown_by(_start)
def vulnerability_list(request, pk, position):
    """Show an action's weaknesses; take a file, show what it holds, and save it once it is confirmed."""
    action = _action(request, pk, position)
    if request.method != "POST":
        return _page(request, action, VulnerabilityFileForm())
    act = request.POST.get("do", "read")
    if act == "save":
        return _saved(request, action)
    if act == "clear":
        clear_vulnerabilities(action, actor=request.user)
        messages.success(request, _("The list has been emptied."))
        return redirect("directives:vulnerabilities", pk, position)
    form = VulnerabilityFileForm(request.POST, request.FILES)
    table = form.read() if form.is_valid() else None
    return _page(request, action, form, table=table, status=422 if not table or table.problems else 200)


def _action(request, pk, position):
    return get_object_or_404(draft_kept(request, pk).actions, position=position)


def _saved(request, action):
    """Save what was previewed; a preview that is not ours or too old is asked for again."""
    table = unsealed(request.POST.get("sealed", ""), action)
    if table is None:
        messages.error(request, _("The preview is no longer valid. Choose the file again."))
        return _page(request, action, VulnerabilityFileForm(), status=422)
    added, changed = save_vulnerabilities(action, table.rows, actor=request.user)
    messages.success(request, _("Saved: %(added)d new, %(changed)d changed.") % {"added": added, "changed": changed})
    return redirect("directives:vulnerabilities", action.directive_id, action.position)
