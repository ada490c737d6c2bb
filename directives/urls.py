"""Directives, assignments, reports and papers."""

app_name = "directives"

urlpatterns = []
