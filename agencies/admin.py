"""Accounts and the directory for the administrator; directives and answers are not edited here."""

from django import forms
from django.contrib import admin

from alertdesk.lib.normal_text import NormalText

from .models import Agency, AgencyName, Membership, Role, Succession, User
from .services.trail import record_event


class AdminForm(NormalText, forms.ModelForm):
    """What the administrator types is in normal form too."""


class AdministratorOnly:
    """Open a page of the admin site to the role of administrator, and to nobody by single permissions."""

    form = AdminForm

    def _is_administrator(self, request) -> bool:
        return request.user.is_superuser or (request.user.is_authenticated and Role.ADMIN in request.user.roles)

    def has_module_permission(self, request):
        return self._is_administrator(request)

    def has_view_permission(self, request, obj=None):
        return self._is_administrator(request)

    def has_add_permission(self, request, obj=None):
        return self._is_administrator(request)

    def has_change_permission(self, request, obj=None):
        return self._is_administrator(request)

    def has_delete_permission(self, request, obj=None):
        """Nothing of the directory is deleted: a period ends instead."""
        return False


class RecordedAdmin(AdministratorOnly, admin.ModelAdmin):
    """Write every change made in the admin site to the audit trail."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        changed = sorted({*form.changed_data, *(formset.prefix for formset in formsets if formset.has_changed())})
        record_event("admin_change" if change else "admin_add", form.instance, actor=request.user, fields=changed)


class NameInline(AdministratorOnly, admin.TabularInline):
    model = AgencyName
    extra = 0


class MembershipInline(AdministratorOnly, admin.TabularInline):
    model = Membership
    extra = 0


@admin.register(Agency)
class AgencyAdmin(RecordedAdmin):
    """Agencies with their dated names."""

    inlines = [NameInline]
    list_display = ["__str__", "kind", "mailbox", "telephone", "needs_approval"]
    list_filter = ["kind"]
    readonly_fields = ["code", "code_key"]  # both forms are read and compared on the agency's own page
    search_fields = ["names__name", "names__search_text"]


class UserForm(AdminForm):
    """An account without its password, which only its owner sets."""

    class Meta:
        model = User
        fields = ["email", "full_name", "title", "telephone", "language", "is_active", "is_staff"]

    def clean_email(self):
        """Store addresses in lower case, as signing in looks for them."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(RecordedAdmin):
    """Accounts and their roles; a new account gets its password by a reset link."""

    form = UserForm
    inlines = [MembershipInline]
    list_display = ["email", "full_name", "is_active", "last_login"]
    search_fields = ["email", "full_name"]

    def save_model(self, request, obj, form, change):
        """Give a new account no password until its owner sets one."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Succession)
class SuccessionAdmin(RecordedAdmin):
    """Who took over from whom."""

    list_display = ["predecessor", "successor", "act", "happened_on"]
