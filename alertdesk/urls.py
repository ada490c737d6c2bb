"""Where every page lives."""

from django.contrib import admin
from django.urls import include, path

from agencies.views import accounts
from alertdesk.languages import set_language
from directives.views import health

urlpatterns = [
    path("", include("directives.urls")),
    path("", include("agencies.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", set_language, name="set_language"),
    # The administrator signs in by the same door as everyone, which slows down guessing.
    path("admin/login/", accounts.admin_login, name="admin_login"),
    path("admin/", admin.site.urls),
]

handler400 = "alertdesk.errors.bad_request"
handler500 = "alertdesk.errors.server_error"
