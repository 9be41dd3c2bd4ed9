"""Every address of the plant."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config import probes
from integrations.soap import views as soap
from mes.tablet import app
from traceability.web import labels, public

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("metrics", probes.metrics, name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", include("plant.web.console_urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("integrations.erp.urls")),
    path("epcis/", include("integrations.erp.epcis_urls")),
    path("soap/", soap.service, name="soap"),
    path("integrations/", include("integrations.web.urls")),
    path("production/", include("mes.web.urls")),
    path("station/", include("mes.tablet.urls")),
    path("station-worker.js", app.worker, name="station-worker"),
    path("wall/", include("mes.web.screen_urls")),
    path("spc/", include("spc.web.urls")),
    path("quality/", include("qms.web.urls")),
    path("answer/", include("qms.web.answer_urls")),
    path("c/", include("traceability.web.public_urls")),
    path("01/<str:gtin>/<str:key>/<path:number>", public.link, name="digital-link"),
    path("l/<path:number>/", labels.follow),
    path("l/<path:number>", labels.follow, name="label"),
    path("trace/", include("traceability.web.urls")),
    *([path("demo/", include("demo.web.urls"))] if settings.DEMO else []),
    path("", include("plant.web.urls")),
]

handler400 = "plant.web.errors.bad_request"
handler403 = "plant.web.errors.forbidden"
handler404 = "plant.web.errors.not_found"
handler500 = "plant.web.errors.server_error"
