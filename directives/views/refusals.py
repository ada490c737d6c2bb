"""A service's refusal as an answer to the browser: 403, 409 or a sentence on the page it came from."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from directives.services.errors import DomainError, NotAllowed, Overtaken

CONFLICT = 409
UNPROCESSABLE = 422


def refusals_shown_by(page):
    """Decorate a view: what a service refuses is said on `page`, a function of the view's own arguments.

    Overtaken answers 409 and any other refusal 422, both with the state as it is now; NotAllowed
    becomes a 403. `page` must answer every method, so give it the page without its method check.
    """

    def decorate(view):
        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from refusal
            except DomainError as refusal:
                show_refusal(request, refusal)
                response = page(request, *args, **kwargs)
                response.status_code = status_of(refusal)
                return response

        return answered

    return decorate


def status_of(refusal: DomainError) -> int:
    """Return the HTTP status of a refusal that is shown on a page."""
    return CONFLICT if isinstance(refusal, Overtaken) else UNPROCESSABLE


def show_refusal(request, refusal: DomainError) -> None:
    """Say why a service refused, above the page."""
    for line in lines_of(refusal):
        messages.error(request, line)


def add_refusal(form, refusal: DomainError) -> int:
    """Say on a form why a service refused, keeping what was typed; return the HTTP status.

    Raises PermissionDenied (403) for NotAllowed.
    """
    if isinstance(refusal, NotAllowed):
        raise PermissionDenied(str(refusal)) from refusal
    for line in lines_of(refusal):
        form.add_error(None, line)
    return status_of(refusal)


def lines_of(refusal: DomainError) -> list[str]:
    """Return the sentences of a refusal: what is missing where it lists that, else its message."""
    return [str(line) for line in getattr(refusal, "missing", ())] or [str(refusal)]
