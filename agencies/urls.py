"""Accounts and the directory."""

app_name = "agencies"

urlpatterns = []
