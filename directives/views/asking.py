"""The two short pages before an act on a directive: a form to fill in, or the act said in full to confirm."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from directives.models import Directive
from directives.services.errors import DomainError, NotAllowed

from .refusals import UNPROCESSABLE, add_refusal, show_refusal, status_of

GET_AND_POST = ("GET", "HEAD", "POST")


def form_asked(
    request: HttpRequest, directive: Directive, form, act: Callable[[dict], str], **words: str
) -> HttpResponse:
    """Run `act` on what a valid form holds, say its sentence and go back to the directive, else show the form.

    `words` are the page's title and button.
    """
    if request.method != "POST":
        return _form_page(request, directive, form, words)
    if not form.is_valid():
        return _form_page(request, directive, form, words, UNPROCESSABLE)
    try:
        messages.success(request, act(form.cleaned_data))
    except DomainError as refusal:
        return _form_page(request, directive, form, words, add_refusal(form, refusal))
    return redirect("directives:detail", directive.pk)


def _form_page(request, directive, form, words, status=200):
    context = words | {"directive": directive, "form": form}
    return render(request, "directives/directive_form.html", context, status=status)


def confirmed(request: HttpRequest, directive: Directive, act: Callable[[], str], **words) -> HttpResponse:
    """Say an act in full; once confirmed run it, say its sentence and go back to the directive.

    `words` are the page's title, text and button, and `danger` where it cannot be undone.
    """
    if request.method != "POST":
        return confirm_page(request, directive, words)
    try:
        messages.success(request, act())
    except DomainError as refusal:
        return refused_page(request, directive, words, refusal)
    return redirect("directives:detail", directive.pk)


def confirm_page(request: HttpRequest, directive: Directive, words: dict, status: int = 200) -> HttpResponse:
    """Return the page that says an act in full."""
    return render(request, "directives/directive_confirm.html", words | {"directive": directive}, status=status)


def refused_page(request: HttpRequest, directive: Directive, words: dict, refusal: DomainError) -> HttpResponse:
    """Return the same page with what the service refused, above the state the directive is in by now."""
    if isinstance(refusal, NotAllowed):
        raise PermissionDenied(str(refusal)) from refusal
    show_refusal(request, refusal)
    directive.refresh_from_db()
    return confirm_page(request, directive, words, status_of(refusal))
