"""What happens to a directive as a whole after issue: number, end, opening again, recall."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directives.forms.directives import NumberDirectiveForm, ReopenDirectiveForm
from directives.models import OWING, Paper
from directives.services.closing import close_directive, reopen_directive
from directives.services.issuing import give_number
from directives.services.releasing import recall_directive

from .asking import GET_AND_POST, confirmed, form_asked
from .desk import directive_kept, posted
from .numbering import warn_of_same_number


@require_http_methods(GET_AND_POST)
def directive_number(request, pk):
    """Record the number and date that the clerk gave."""
    directive = directive_kept(request, pk)
    form = NumberDirectiveForm(posted(request), initial={"number": directive.number})

    def act(given):
        day = given["signed_on"]
        give_number(directive, actor=request.user, number=given["number"], day=day.day, month=day.month, year=day.year)
        warn_of_same_number(request, Paper(kind=Paper.Kind.DIRECTIVE, directive=directive))
        return _("Number and date are recorded.")

    return form_asked(request, directive, form, act, title=_("Number and date"), button=_("Record number and date"))


@require_http_methods(GET_AND_POST)
def directive_reopen(request, pk):
    """Open a closed directive again, with a reason."""
    directive = directive_kept(request, pk)

    def act(given):
        count = reopen_directive(directive, actor=request.user, reason=given["reason"])
        return _counted(
            ngettext(
                "The directive is open again; %(count)s report is awaited again.",
                "The directive is open again; %(count)s reports are awaited again.",
                count,
            ),
            count,
        )

    form = ReopenDirectiveForm(posted(request))
    return form_asked(request, directive, form, act, title=_("Open the directive again"), button=_("Open it again"))


@require_http_methods(GET_AND_POST)
def directive_close(request, pk):
    """Confirm and end a directive."""
    directive = directive_kept(request, pk)
    owing = directive.assignments.on_board().filter(state__in=OWING).count()
    text = ngettext(
        "%(count)s agency has not reported. It will be shown as “ended without a report”.",
        "%(count)s agencies have not reported. They will be shown as “ended without a report”.",
        owing,
    )

    def act():
        count = close_directive(directive, actor=request.user)
        return _counted(
            ngettext(
                "Closed; %(count)s agency ended without a report.",
                "Closed; %(count)s agencies ended without a report.",
                count,
            ),
            count,
        )

    words = {"title": _("Close the directive?"), "button": _("Close the directive")}
    return confirmed(request, directive, act, text=_counted(text, owing), **words)


@require_http_methods(GET_AND_POST)
def directive_recall(request, pk):
    """Confirm and take a directive back."""
    directive = directive_kept(request, pk)

    def act():
        count = recall_directive(directive, actor=request.user)
        return _counted(
            ngettext("Recalled; %(count)s agency is released.", "Recalled; %(count)s agencies are released.", count),
            count,
        )

    text = _("No agency has to answer any more; each is told so and all reminders stop. What was written is kept.")
    words = {"title": _("Recall the directive?"), "text": text, "button": _("Recall the directive")}
    return confirmed(request, directive, act, danger=True, **words)


def _counted(sentence: str, count: int) -> str:
    return sentence % {"count": localize(count)}
