"""The edges' pages and what they stand on."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("integrations.erp.urls")),
    path("integrations/", include("integrations.web.urls")),
    path("demo/", include("demo.web.urls")),
    path("trace/", include("traceability.web.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("plant.web.urls")),
]
