"""Settings for the administrator: the office calendar."""

from django.contrib import admin

from agencies.admin import RecordedAdmin

from .models import CalendarOverride


@admin.register(CalendarOverride)
class CalendarOverrideAdmin(RecordedAdmin):
    """Days worked or not worked by decision."""

    list_display = ["day", "is_working", "source_document"]
