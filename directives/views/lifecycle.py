"""What happens to a directive after issue: each act is said in full on a page before it is done."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directives.forms.directives import NumberDirectiveForm, ReopenDirectiveForm
from directives.forms.recipients import AddRecipientForm
from directives.models import OWING
from directives.services.closing import close_directive, recall_directive, remove_recipient, reopen_directive
from directives.services.errors import DomainError
from directives.services.issuing import add_recipient, give_number

from .desk import assignment_kept, directive_kept, posted
from .refusals import add_refusal, refusals_shown_by

GET_AND_POST = ("GET", "HEAD", "POST")


def _form_page(request, directive, form, *, title, button, status=200, **context):
    """Show one short form about a directive, with what was typed."""
    context |= {"directive": directive, "form": form, "title": title, "button": button}
    return render(request, "directives/directive_form.html", context, status=status)


def _asked(request, directive, form, act, **page):
    """Run `act` when the form is sent and valid and go back to the directive, else show the form again."""
    if request.method != "POST":
        return _form_page(request, directive, form, **page)
    if not form.is_valid():
        return _form_page(request, directive, form, status=422, **page)
    try:
        messages.success(request, act(form.cleaned_data))
    except DomainError as refusal:
        return _form_page(request, directive, form, status=add_refusal(form, refusal), **page)
    return redirect("directives:detail", directive.pk)


@require_http_methods(GET_AND_POST)
def directive_number(request, pk):
    """Record the number and date that the clerk gave."""
    directive = directive_kept(request, pk)
    form = NumberDirectiveForm(posted(request), initial={"number": directive.number})

    def act(given):
        day = given["signed_on"]
        give_number(directive, actor=request.user, number=given["number"], day=day.day, month=day.month, year=day.year)
        return _("Number and date are recorded.")

    return _asked(request, directive, form, act, title=_("Number and date"), button=_("Record number and date"))


@require_http_methods(GET_AND_POST)
def directive_reopen(request, pk):
    """Open a closed directive again, with a reason."""
    directive = directive_kept(request, pk)

    def act(given):
        count = reopen_directive(directive, actor=request.user, reason=given["reason"])
        return ngettext(
            "The directive is open again; %(count)s report is awaited again.",
            "The directive is open again; %(count)s reports are awaited again.",
            count,
        ) % {"count": localize(count)}

    form = ReopenDirectiveForm(posted(request))
    return _asked(request, directive, form, act, title=_("Open the directive again"), button=_("Open it again"))


@require_http_methods(GET_AND_POST)
def recipient_add(request, pk):
    """Put an issued directive to one more agency."""
    directive = directive_kept(request, pk)
    form = AddRecipientForm(posted(request), directive=directive)

    def act(given):
        assignment = add_recipient(directive, given["name"], actor=request.user)
        return _("%(agency)s has received the directive.") % {"agency": assignment.agency_name}

    return _asked(request, directive, form, act, title=_("Add a recipient"), button=_("Add and inform"))


def _confirm_page(request, directive, **words):
    return render(request, "directives/directive_confirm.html", {"directive": directive, **words})


def _close_page(request, pk):
    directive = directive_kept(request, pk)
    owing = directive.assignments.filter(state__in=OWING).count()
    text = ngettext(
        "%(count)s agency has not reported. It will be shown as “ended without a report”.",
        "%(count)s agencies have not reported. They will be shown as “ended without a report”.",
        owing,
    ) % {"count": localize(owing)}
    return _confirm_page(
        request, directive, title=_("Close the directive?"), text=text, button=_("Close the directive")
    )


@require_http_methods(GET_AND_POST)
@refusals_shown_by(_close_page)
def directive_close(request, pk):
    """Confirm and end a directive."""
    if request.method != "POST":
        return _close_page(request, pk)
    count = close_directive(directive_kept(request, pk), actor=request.user)
    messages.success(
        request,
        ngettext(
            "Closed; %(count)s agency ended without a report.",
            "Closed; %(count)s agencies ended without a report.",
            count,
        )
        % {"count": localize(count)},
    )
    return redirect("directives:detail", pk)


def _recall_page(request, pk):
    directive = directive_kept(request, pk)
    text = _("No agency has to answer any more and all reminders stop. What was written is kept.")
    return _confirm_page(
        request, directive, title=_("Recall the directive?"), text=text, button=_("Recall the directive"), danger=True
    )


@require_http_methods(GET_AND_POST)
@refusals_shown_by(_recall_page)
def directive_recall(request, pk):
    """Confirm and take a directive back."""
    if request.method != "POST":
        return _recall_page(request, pk)
    count = recall_directive(directive_kept(request, pk), actor=request.user)
    messages.success(
        request,
        ngettext("Recalled; %(count)s agency is released.", "Recalled; %(count)s agencies are released.", count)
        % {"count": localize(count)},
    )
    return redirect("directives:detail", pk)


def _remove_page(request, pk):
    assignment = assignment_kept(request, pk)
    text = _("The agency no longer has to report and gets no more reminders. What it wrote is kept.")
    title = _("Release %(agency)s?") % {"agency": assignment.agency_name}
    return _confirm_page(
        request, assignment.directive, title=title, text=text, button=_("Release the agency"), danger=True
    )


@require_http_methods(GET_AND_POST)
@refusals_shown_by(_remove_page)
def recipient_remove(request, pk):
    """Confirm and release one agency."""
    if request.method != "POST":
        return _remove_page(request, pk)
    assignment = remove_recipient(assignment_kept(request, pk), actor=request.user)
    messages.success(request, _("%(agency)s is released.") % {"agency": assignment.agency_name})
    return redirect("directives:detail", assignment.directive_id)
