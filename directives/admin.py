"""Settings for the administrator: the office calendar."""

from django.contrib import admin

from .models import CalendarOverride


@admin.register(CalendarOverride)
class CalendarOverrideAdmin(admin.ModelAdmin):
    """Days worked or not worked by decision."""

    list_display = ["day", "is_working", "source_document"]
