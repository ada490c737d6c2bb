"""What a browser gets when a request fails: the frame, what happened, what to do next, and the request's number.

404, 403 and a refused CSRF token are Django's own views on our templates.
"""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

TOO_LARGE = (RequestDataTooBig, TooManyFilesSent, TooManyFieldsSent)
AWAY = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = "30"


@requires_csrf_token
def bad_request(request, exception):
    """Answer 413 when more was sent than is taken, otherwise 400; never repeats what was sent."""
    status = 413 if isinstance(exception, TOO_LARGE) else 400
    # A wrong Host header is refused before anyone is signed in: the frame would have no user to show.
    layout = "layouts/narrow.html" if hasattr(request, "user") else "layouts/bare.html"
    page = loader.get_template(f"{status}.html").render({"layout": layout}, request)
    return HttpResponse(page, status=status)


@requires_csrf_token
def server_error(request):
    """Answer 503 when the database is away, otherwise 500; needs neither it nor a signed-in person."""
    away = isinstance(sys.exc_info()[1], AWAY)
    status = 503 if away else 500
    page = loader.get_template(f"{status}.html").render({"request": request})
    headers = {"Retry-After": RETRY_AFTER_SECONDS} if away else {}
    return HttpResponse(page, status=status, headers=headers)
