"""The saved lists on the draft page: three of its buttons, which save nothing of the draft itself."""

from django.contrib import messages
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.services.errors import DomainError
from directives.services.recipient_lists import drop_list, keep_list, list_on, lists_of

from .refusals import show_refusal


def use_list(request, sheet, act):
    """Carry out the button `act` on the page as typed, if it is one of those of the lists."""
    acts = {"list_keep": _keep, "list_apply": _apply, "list_drop": _drop}
    if act in acts:
        try:
            acts[act](request, sheet)
        except DomainError as refusal:
            show_refusal(request, refusal)


def _keep(request, sheet):
    agencies = sheet.recipients.chosen
    kept = keep_list(sheet.directive, actor=request.user, name=request.POST.get("list_name", ""), agencies=agencies)
    messages.success(
        request,
        ngettext(
            "The list “%(name)s” is saved with %(count)s agency.",
            "The list “%(name)s” is saved with %(count)s agencies.",
            len(agencies),
        )
        % {"name": kept.name, "count": localize(len(agencies))},
    )


def _chosen_list(request, sheet):
    """Return the list that was chosen, None with a remark where there is none."""
    pk = request.POST.get("list", "")
    found = lists_of(sheet.directive.issuer).filter(pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0).first()
    if found is None:
        messages.error(request, _("Choose a saved list first."))
    return found


def _apply(request, sheet):
    kept = _chosen_list(request, sheet)
    if kept is None:
        return
    today = list_on(kept, sheet.recipients.day)
    sheet.recipients.take(today.agencies)
    for old, heir in today.replaced:
        messages.info(request, _("%(old)s has ended; %(heir)s took over and is chosen.") % {"old": old, "heir": heir})
    for name in today.gone:
        messages.warning(request, _("%(name)s has ended and nobody took over: it is left out.") % {"name": name})


def _drop(request, sheet):
    kept = _chosen_list(request, sheet)
    if kept is not None:
        drop_list(kept, sheet.directive, actor=request.user)
        messages.success(request, _("The list “%(name)s” is deleted.") % {"name": kept.name})
