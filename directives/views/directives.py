"""The desk's list of directives, intake, the draft page and issuing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from alertdesk.lib import clock
from directives.forms.directives import DirectiveFileForm, ImportDirectiveForm
from directives.forms.draft_sheet import SAVING, DraftSheet
from directives.forms.moments import advise
from directives.forms.recipients import Recipients
from directives.models import Directive
from directives.permissions import is_staff_of
from directives.reports.amendments import amendments_of, reopened_in
from directives.reports.extensions import requests_about
from directives.reports.following import follows
from directives.reports.numbers import numbers, numbers_of
from directives.reports.source_view import source_view
from directives.services.drafting import (
    add_directive_file,
    create_draft,
    delete_draft,
    remove_directive_file,
    update_draft,
)
from directives.services.errors import DomainError, FileRefused, Overtaken
from directives.services.issuing import issue_directive

from .desk import directive_kept, directive_seen, draft_kept, posted
from .recipient_lists import use_list
from .refusals import add_refusal, refusals_shown_by, show_refusal

DIRECTIVES_A_PAGE = 25


@require_safe
def directive_list(request):
    """List the directives that the person sees, newest first."""
    rows = Directive.objects.visible_to(request.user).defer("source_text", "source_marks", "preamble", "closing")
    page = Paginator(rows, DIRECTIVES_A_PAGE).get_page(request.GET.get("page"))
    counted = numbers_of([directive.pk for directive in page], now=clock.now())
    lines = [(directive, counted.get(directive.pk)) for directive in page]
    return render(request, "directives/directive_list.html", {"page": page, "lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def directive_import(request):
    """Make a draft from a file, a pasted or a typed text; what cannot be read is said, and nothing saved."""
    form = ImportDirectiveForm(posted(request), request.FILES or None)
    draft = form.read() if request.method == "POST" and form.is_valid() else None
    if draft is None:
        return render(request, "directives/directive_import.html", {"form": form}, status=422 if form.errors else 200)
    directive = create_draft(draft, actor=request.user)
    messages.success(request, _("The text has been read. Check what was found, then issue it."))
    return redirect("directives:edit", directive.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def directive_edit(request, pk):
    """Show and save the draft page; buttons that only rearrange keep everything typed and save nothing."""
    directive = directive_kept(request, pk)
    act = request.POST.get("do", "save")
    if request.method != "POST":
        return _saved_page(request, directive)
    if act.partition("-")[0] not in SAVING:
        sheet = DraftSheet.rearranged(directive, request.POST, act, request.user)
        use_list(request, sheet, act)
        return _sheet_page(request, sheet, unsaved=True)
    sheet = DraftSheet.typed(directive, request.POST, request.user)
    if not sheet.is_valid():
        return _sheet_page(request, sheet, status=422)
    try:
        update_draft(
            directive,
            actor=request.user,
            version=sheet.version,
            fields=sheet.fields,
            actions=sheet.action_values,
        )
    except DomainError as refusal:
        return _refused_sheet(request, sheet, refusal)
    return _after_saving(request, directive, act)


def _saved_page(request, directive):
    """Show a draft as it is saved."""
    if not directive.is_draft:
        return _issued_already(request, directive.pk)
    return _sheet_page(request, DraftSheet.saved(directive, request.user))


def _issued_already(request, pk):
    """Lead from a draft's page to the directive it has become, after a second click say."""
    messages.warning(request, _("This directive has been issued already."))
    return redirect("directives:detail", pk)


def _refused_sheet(request, sheet, refusal):
    """Show the page as typed; where someone else saved meanwhile, with their text beside it."""
    status = add_refusal(sheet.document, refusal)
    if isinstance(refusal, Overtaken):
        sheet.compare(Directive.objects.get(pk=sheet.directive.pk))
    return _sheet_page(request, sheet, status=status)


def _after_saving(request, directive, act):
    """Do what the button asked beside saving, and go where it leads."""
    verb, _dash, number = act.partition("-")
    try:
        if verb == "attach":
            _attach(request, directive)
        elif verb == "detach" and (kept := directive.files.filter(pk=number if number.isdecimal() else 0).first()):
            remove_directive_file(kept, actor=request.user)
    except FileRefused as refusal:
        show_refusal(request, refusal)
    if verb == "issue":
        return redirect("directives:issue", directive.pk)
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{clock.now():%H:%M}"})
    return redirect("directives:edit", directive.pk)


def _attach(request, directive):
    form = DirectiveFileForm(request.POST, request.FILES, directive=directive)
    if form.is_valid():
        kind, action = form.cleaned_data["file_kind"], form.cleaned_data["file_action"]
        add_directive_file(directive, form.cleaned_data["upload"], actor=request.user, kind=kind, action=action)
        return
    for problem in form.errors.get("upload", [_("Choose what the file is.")]):
        messages.error(request, problem)


def _sheet_page(request, sheet, *, status=200, unsaved=False):
    files = sheet.directive.files.select_related("action")
    file_form = DirectiveFileForm(directive=sheet.directive)
    context = {
        "sheet": sheet,
        "directive": sheet.directive,
        "files": files,
        "file_form": file_form,
        "unsaved": unsaved,
        "source": source_view(sheet.directive),
    }
    return render(request, "directives/directive_draft.html", context, status=status)


def _issue_page(request, pk):
    """Show what issuing will do: recipients, deadline, first reminders, and what is missing."""
    directive = directive_kept(request, pk)
    context = {
        "directive": directive,
        "recipients": Recipients.of(directive),
        "actions": directive.actions.all(),
        "files": directive.files.select_related("action"),
        "advice": advise(directive.deadline),
    }
    return render(request, "directives/directive_issue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown_by(_issue_page)
def directive_issue(request, pk):
    """Confirm and issue a draft."""
    directive = directive_kept(request, pk)
    if not directive.is_draft:
        return _issued_already(request, pk)
    if request.method != "POST":
        return _issue_page(request, pk)
    version = request.POST.get("version", "")
    assignments = issue_directive(
        directive,
        actor=request.user,
        agencies=Recipients.of(directive).chosen,
        deadline=directive.deadline,
        version=int(version) if version.isdecimal() else directive.version,
    )
    messages.success(
        request,
        ngettext("Issued to %(count)s agency.", "Issued to %(count)s agencies.", len(assignments))
        % {"count": localize(len(assignments))},
    )
    return redirect("directives:detail", directive.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def directive_delete(request, pk):
    """Confirm and throw a draft away."""
    directive = draft_kept(request, pk)
    if request.method != "POST":
        return render(request, "directives/directive_delete.html", {"directive": directive})
    delete_draft(directive, actor=request.user)
    messages.success(request, _("The draft has been deleted."))
    return redirect("directives:list")


@require_safe
def directive_detail(request, pk):
    """Show a directive: the document, its actions and files, who received it, and what may be done."""
    directive = directive_seen(request, pk)
    context = {
        "directive": directive,
        "is_desk": is_staff_of(request.user, directive),
        "numbers": numbers(directive, now=clock.now()),
        "actions": directive.actions.prefetch_related("vulnerabilities"),
        "files": directive.files.select_related("action", "uploaded_by"),
        "assignments": directive.assignments.on_board(),
        "file_form": DirectiveFileForm(directive=directive),
        "follows": follows(directive, user=request.user, now=clock.now()),
        "extensions": requests_about(directive),
        "amendments": amendments_of(directive),
        "reopened": reopened_in(directive),
    }
    return render(request, "directives/directive.html", context)
