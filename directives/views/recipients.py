"""One more agency for an issued directive, or one fewer."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.forms.recipients import AddRecipientForm
from directives.services.issuing import add_recipient
from directives.services.releasing import remove_recipient

from .asking import GET_AND_POST, confirmed, form_asked
from .desk import assignment_kept, directive_kept, posted


@require_http_methods(GET_AND_POST)
def recipient_add(request, pk):
    """Put an issued directive to one more agency, also to one that was released from it."""
    directive = directive_kept(request, pk)
    form = AddRecipientForm(posted(request), directive=directive)

    def act(given):
        assignment = add_recipient(directive, given["name"], actor=request.user)
        return _("%(agency)s has received the directive.") % {"agency": assignment.agency_name}

    return form_asked(request, directive, form, act, title=_("Add a recipient"), button=_("Add and inform"))


@require_http_methods(GET_AND_POST)
def recipient_remove(request, pk):
    """Confirm and release one agency."""
    assignment = assignment_kept(request, pk)
    agency = {"agency": assignment.agency_name}

    def act():
        remove_recipient(assignment, actor=request.user)
        return _("%(agency)s is released.") % agency

    text = _("The agency no longer has to report; it is told so and gets no more reminders. What it wrote is kept.")
    words = {"title": _("Release %(agency)s?") % agency, "text": text, "button": _("Release the agency")}
    return confirmed(request, assignment.directive, act, danger=True, **words)
