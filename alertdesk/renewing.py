"""Where nobody is signed in any more, nothing typed is lost."""

from django.contrib.auth.middleware import LoginRequiredMiddleware

from agencies.views.renewing import answer_signed_out


class RenewableLoginMiddleware(LoginRequiredMiddleware):
    """Ask for a sign-in as Django does, but keep what a form brought with it."""

    def handle_no_permission(self, request, view_func):
        return answer_signed_out(request, view_func) or super().handle_no_permission(request, view_func)
