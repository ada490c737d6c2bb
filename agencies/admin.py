"""Accounts and the directory for the administrator; directives and answers are not edited here."""

from django import forms
from django.contrib import admin

from .models import Agency, AgencyName, Membership, Succession, User


class NameInline(admin.TabularInline):
    model = AgencyName
    extra = 0


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """Agencies with their dated names."""

    inlines = [NameInline]
    list_display = ["__str__", "kind", "mailbox", "telephone", "needs_approval"]
    list_filter = ["kind"]
    search_fields = ["names__name", "names__search_text"]


class UserForm(forms.ModelForm):
    """An account without its password, which only its owner sets."""

    class Meta:
        model = User
        fields = ["email", "full_name", "title", "telephone", "language", "is_active", "is_staff"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
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


admin.site.register(Succession)
