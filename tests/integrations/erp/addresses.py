"""The API's addresses alone."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("integrations.erp.urls")), path("epcis/", include("integrations.erp.epcis_urls")),
]
handler404 = "plant.web.errors.not_found"
handler500 = "plant.web.errors.server_error"
