"""A directive made from an earlier one: for the next holiday, or to take its place."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives.forms.cloning import CloneDirectiveForm, NextTime
from directives.services.cloning import MAY_BE_CLONED, NOT_NOW, clone_directive, draft_replacement
from directives.services.errors import DomainError

from .asking import GET_AND_POST, confirm_page, refused_page
from .desk import directive_kept, posted
from .refusals import UNPROCESSABLE, add_refusal


def _page(request, form, status=200):
    following = form.following
    context = {"directive": following.directive, "following": following, "form": form}
    return render(request, "directives/clone.html", context, status=status)


@require_http_methods(GET_AND_POST)
def directive_clone(request, pk):
    """Choose the next holiday, look at deadline and words, and make its draft."""
    directive = directive_kept(request, pk)
    if directive.state not in MAY_BE_CLONED:
        return _not_now(request, directive)
    data = posted(request)
    following = NextTime(directive, (data or request.GET).get("holiday", ""))
    form = CloneDirectiveForm(data, following=following)
    if data is None:
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, UNPROCESSABLE)
    if data.get("do") != "make":
        return _page(request, form)
    try:
        deadline = form.cleaned_data["deadline"]
        clone = clone_directive(directive, actor=request.user, deadline=deadline, words=form.wording)
    except DomainError as refusal:
        return _page(request, form, add_refusal(form, refusal))
    messages.success(request, _("The draft for %(holiday)s is made.") % {"holiday": following.holiday.name})
    return redirect("directives:edit", clone.pk)


def _not_now(request, directive):
    """Lead from a directive that cannot be drafted again to its page, with the reason."""
    messages.warning(request, str(NOT_NOW))
    return redirect("directives:edit" if directive.is_draft else "directives:detail", directive.pk)


@require_http_methods(GET_AND_POST)
def directive_replace(request, pk):
    """Confirm and make a draft that replaces the directive once it is issued."""
    directive = directive_kept(request, pk)
    text = _(
        "A draft with the same content is made. Only when it is issued does this directive end; "
        "the agencies are told and report on the new one."
    )
    words = {"title": _("Replace by a new directive?"), "text": text, "button": _("Make the draft")}
    if request.method != "POST":
        return confirm_page(request, directive, words)
    try:
        draft = draft_replacement(directive, actor=request.user)
    except DomainError as refusal:
        return refused_page(request, directive, words, refusal)
    messages.success(request, _("The draft of the new directive is made. Change what is needed, then issue it."))
    return redirect("directives:edit", draft.pk)
