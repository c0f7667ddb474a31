"""Addresses of the whole house."""

from django.contrib import admin
from django.urls import include, path, re_path

from config import pages
from config.api_schema import DocsView, SchemaView
from config.static_files import city_file

urlpatterns = [
    path("", pages.page, {"name": "index"}, name="landing"),
    re_path(r"^(?P<name>driver|ops|crew|account)/(?P<rest>.*)$", pages.page, name="page"),
    path("city/<str:name>", city_file, name="city-file"),
    path("sw.js", pages.service_worker, name="service-worker"),
    path("healthz", pages.healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("api/docs/", DocsView.as_view(), name="docs"),
    path("", include("accounts.urls")),
    path("", include("dispatch.urls")),
]

handler400 = "dispatch.api.problems.bad_request"
handler403 = "dispatch.api.problems.forbidden"
handler404 = "dispatch.api.problems.not_found"
handler500 = "dispatch.api.problems.server_error"
