"""Signing in and out, first password by invitation, change and reset; nobody signs up."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as open_session
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from agencies.forms.accounts import ChangePasswordForm, ChoosePasswordForm, NewPasswordForm, ProfileForm, SignInForm
from agencies.services.invitations import read_token, set_first_password

from .language_cookie import set_language_cookie

SITE = urlsplit(settings.SITE_URL)

TOO_MANY_REQUESTS = 429


class SignInView(auth.LoginView):
    """Sign in by e-mail; the account's language comes with it to whatever machine this is."""

    template_name = "agencies/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        return set_language_cookie(super().form_valid(form), form.get_user().language)

    def form_invalid(self, form):
        """Show the form again; while sign-in is paused, as 429 with the time to wait."""
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "paused"):
            response.status_code = TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(settings.LOGIN_PAUSE_MINUTES * 60)
        return response


login = SignInView.as_view()
logout = auth.LogoutView.as_view()
password_change = auth.PasswordChangeView.as_view(
    template_name="agencies/password_change.html",
    form_class=ChangePasswordForm,
    success_url=reverse_lazy("agencies:password_change_done"),
)
password_change_done = auth.PasswordChangeDoneView.as_view(template_name="agencies/password_change_done.html")
password_reset = auth.PasswordResetView.as_view(
    template_name="agencies/password_reset.html",
    form_class=NewPasswordForm,
    success_url=reverse_lazy("agencies:password_reset_done"),
    email_template_name="emails/password_reset.txt",
    subject_template_name="emails/password_reset_subject.txt",
    # Links are built from the site's own address, never from what the request claims to be.
    extra_email_context={"domain": SITE.netloc, "protocol": SITE.scheme},
)
password_reset_done = auth.PasswordResetDoneView.as_view(template_name="agencies/password_reset_done.html")
password_reset_confirm = auth.PasswordResetConfirmView.as_view(
    template_name="agencies/password_reset_confirm.html",
    form_class=ChoosePasswordForm,
    success_url=reverse_lazy("agencies:password_reset_complete"),
)
password_reset_complete = auth.PasswordResetCompleteView.as_view(template_name="agencies/password_reset_complete.html")


@login_not_required
@require_safe
def admin_login(request):
    """Send administrators through the common door; who is signed in without that right is told so, not sent round."""
    if request.user.is_authenticated:
        raise PermissionDenied(_("Your role does not open this page."))
    return redirect(f"{reverse('agencies:login')}?{urlencode({'next': reverse('admin:index')})}")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def welcome(request, token):
    """Let an invited mailbox choose its first password, once, and go straight to its work."""
    user = read_token(token)
    if user is None:
        return render(request, "agencies/welcome.html", {"validlink": False}, status=410)
    form = ChoosePasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_first_password(user, form.cleaned_data["new_password1"])
        open_session(request, user)
        return set_language_cookie(redirect("directives:home"), user.language)
    agency = next((membership.agency for membership in user.current_memberships), None)
    return render(request, "agencies/welcome.html", {"validlink": True, "form": form, "agency": agency})


@require_http_methods(["GET", "POST"])
def profile(request):
    """Show and change the person's own account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        language = form.save().language
        with translation.override(language):
            messages.success(request, _("Your details have been saved."))
        return set_language_cookie(redirect("agencies:profile"), language)
    return render(request, "agencies/profile.html", {"form": form})
