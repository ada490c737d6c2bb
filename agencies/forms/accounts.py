"""Signing in, and what people may change about their own account."""

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, User
from agencies.services.signing_in import is_paused, note_failure
from alertdesk.lib.normal_text import NormalText
from alertdesk.lib.text import squeeze


def client_address(request) -> str:
    """Return where a request comes from; behind our proxy that is the last entry, the one the proxy itself wrote."""
    if settings.BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


class SignInForm(NormalText, AuthenticationForm):
    """E-mail and password; after some failures the address has to wait."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "The e-mail address or the password is not right. Capital letters matter in the password; "
            "“Forgotten the password?” sends a link to set a new one."
        ),
        "paused": _("Too many failed tries. Wait 15 minutes, or set a new password by the link below."),
    }

    def clean_username(self):
        return squeeze(self.cleaned_data["username"]).lower()

    def clean(self):
        email, address = self.cleaned_data.get("username", ""), client_address(self.request)
        if email and is_paused(email, address):
            raise forms.ValidationError(self.error_messages["paused"], code="paused")
        try:
            return super().clean()
        except forms.ValidationError:
            note_failure(email, address)
            raise


class NewPasswordForm(NormalText, PasswordResetForm):
    """Send a link to an account's own address; also to one whose first password was never set."""

    def get_users(self, email):
        """Return the active accounts of an address; Django would leave out those without a password."""
        return User.objects.filter(email=squeeze(email).lower(), is_active=True)


class ChoosePasswordForm(NormalText, SetPasswordForm):
    """A first or a forgotten password; the same letters count however a keyboard composes them."""


class ChangePasswordForm(NormalText, PasswordChangeForm):
    """A new password for someone who knows the old one."""


class ProfileForm(NormalText, forms.ModelForm):
    """How a person is shown, reached and addressed."""

    class Meta:
        model = User
        fields = ["full_name", "title", "telephone", "language", "wants_quick_report"]
        widgets = {"language": forms.Select(choices=[("vi", "Tiếng Việt"), ("en", "English")])}
        help_texts = {"language": _("The language of the pages and of the messages sent to you.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if Role.LEADER not in self.instance.roles:
            del self.fields["wants_quick_report"]
