"""The switch between Vietnamese and English in the head of every page."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from agencies.services.languages import LANGUAGES, choose_language
from agencies.views.language_cookie import set_language_cookie
from alertdesk.policy import POST_ONLY


@login_not_required
@require_POST
def set_language(request):
    """Keep the chosen language, for the account too where somebody is signed in, and go back to the page."""
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        raise BadRequest
    if request.user.is_authenticated:
        choose_language(request.user, language)
    return set_language_cookie(redirect(_way_back(request)), language)


def _way_back(request) -> str:
    """Return the page the switch was on, or the first page where that cannot be opened again."""
    url = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours and _opens(urlsplit(url).path) else "/"


def _opens(path: str) -> bool:
    """Whether an address shows a page: it exists and takes more than a form."""
    try:
        return resolve(path).view_name not in POST_ONLY
    except Resolver404:
        return False
