"""What every response carries and every request must satisfy."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from alertdesk.lib import request_id
from alertdesk.policy import allows

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)


class RequestIdMiddleware:
    """Number every request for its response, its error page and its log lines; the client has no say in it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with request_id.numbered() as number:
            request.request_id = number
            response = self.get_response(request)
        response.headers["X-Request-ID"] = number
        return response


class BodyLimitMiddleware:
    """Refuse a body larger than all its files may be together, before any of it is read."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("The body is larger than REQUEST_MAX_BYTES.")


class ResponseHeadersMiddleware:
    """Allow only our own content, and keep signed-in pages out of every cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class PageCompressionMiddleware(GZipMiddleware):
    """Compress pages only: papers and evidence are compressed already and keep their length and bytes.

    Django masks the CSRF token anew on every page and pads each response, which is its answer to BREACH.
    """

    def process_response(self, request, response):
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class WrongMethodMiddleware:
    """Give a person who opens an address that only takes a form a page that says so, still as 405."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET" or response.content:
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers.get("Allow", "POST")
        return page


class VietnameseFirstLocaleMiddleware(LocaleMiddleware):
    """Vietnamese unless the person chose otherwise: the browser's own language never decides."""

    def process_request(self, request):
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)


class PolicyMiddleware:
    """Refuse every view that the policy table does not open to the person's roles."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not allows(request.resolver_match.view_name, request.user):
            raise PermissionDenied(_("Your role does not open this page."))
