"""An expired session is opened again in place, with what was typed still there.

A form that meets a signed-out session is answered with a sign-in page that carries its values, sealed,
and sends them once more afterwards; a page that saves by itself gets a small sign-in panel instead.
The CSRF check has passed before either is made, so the values are those of our own form.
"""

from django.contrib.auth import login as open_session
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import redirect, render
from django.views.csrf import csrf_failure as refuse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from agencies.forms.accounts import SignInForm
from alertdesk.lib.carrying import pack, unpack

# Forms of the work itself; those of accounts hold passwords and are never carried.
CARRIED_OF = "directives"
CARRIED_TOO = frozenset({"agencies:register", "agencies:register_row"})
PANEL = "agencies/_sign_in_again.html"
PAGE = "agencies/sign_in_again.html"


def renewed_in_place(view):
    """Mark a view whose page shows the sign-in panel itself and then repeats the request."""
    view.renewed_in_place = True
    return view


def answer_signed_out(request: HttpRequest, view_func) -> HttpResponse | None:
    """Return how a signed-out request keeps what was typed, or None where there is nothing to keep."""
    if getattr(view_func, "renewed_in_place", False):
        return _panel(request, _form(request), 401)
    if request.htmx:
        return HttpResponseClientRefresh()
    if request.method == "POST" and _is_carried(request):
        return _page(request, _form(request), pack(request.get_full_path(), request.POST), 401)
    return None


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_again(request):
    """Open the session again: inside the page by htmx, or on a page that then sends the carried form."""
    if request.method != "POST":
        return _panel_or_token(request) if request.htmx else redirect("agencies:login")
    form, sealed = SignInForm(request, request.POST), request.POST.get("carried", "")
    if not form.is_valid():
        return _panel(request, form, 422) if request.htmx else _page(request, form, sealed, 422)
    open_session(request, form.get_user())
    return _panel_or_token(request) if request.htmx else _carry_on(request, sealed, by_itself=True)


def csrf_failure(request, reason=""):
    """Refuse a form without a good token; our own page with an old one keeps its text and asks to send again.

    The token grows old when the person signs in in another tab. A browser lets no other site claim our
    Origin, so such a form is ours; it is never sent again without a press of the button.
    """
    if reason == REASON_NO_CSRF_COOKIE or not _is_own_form(request):
        return refuse(request, reason)
    sealed = pack(request.get_full_path(), request.POST)
    if request.user.is_authenticated:
        return _carry_on(request, sealed, by_itself=False, status=403)
    return _page(request, _form(request), sealed, 403)


def _is_own_form(request) -> bool:
    is_ours = request.headers.get("Origin") == request.build_absolute_uri("/")[:-1]
    return is_ours and not request.htmx and _is_carried(request)


def _is_carried(request) -> bool:
    """Whether the form asked for is work that a sign-in may carry through."""
    match = request.resolver_match
    return match.namespace == CARRIED_OF or match.view_name in CARRIED_TOO


def _form(request) -> SignInForm:
    """Return a sign-in form for the person the page was made for."""
    return SignInForm(request, initial={"username": request.POST.get("writer", "")})


def _without_focus(form: SignInForm) -> SignInForm:
    """Let the form leave the focus where the person is typing, or letters would fall into it."""
    form.fields["username"].widget.attrs.pop("autofocus", None)
    return form


def _panel_or_token(request) -> HttpResponse:
    if not request.user.is_authenticated:
        return _panel(request, _form(request), 401)
    return render(request, "agencies/_signed_in_again.html")


def _panel(request, form: SignInForm, status: int) -> HttpResponse:
    response = render(request, PANEL, {"form": _without_focus(form)}, status=status)
    response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#renew", "innerHTML"
    return response


def _page(request, form: SignInForm, sealed: str, status: int) -> HttpResponse:
    _without_focus(form).fields["password"].widget.attrs["autofocus"] = True
    had_files = bool(request.FILES) or "had_files" in request.POST
    return render(request, PAGE, {"form": form, "carried": sealed, "had_files": had_files}, status=status)


def _carry_on(request, sealed: str, *, by_itself: bool, status: int = 200) -> HttpResponse:
    carried = unpack(sealed)
    if carried is None:
        return redirect("directives:home")
    return render(request, "agencies/carry_on.html", {"carried": carried, "by_itself": by_itself}, status=status)
