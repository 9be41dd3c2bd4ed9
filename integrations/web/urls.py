"""Addresses of the edges."""

from django.urls import path

from integrations.web import (
    channel_lists,
    channels,
    epcis,
    import_lists,
    imports,
    lists,
    plcs,
    push,
    readers,
    recipes,
    shell,
    source_acts,
    sources,
    tags,
)
from integrations.web.links import urls as links
from plant.web import lists as door

app_name = "integrations"
SHELL = (shell, links.SHELL)
urlpatterns = [
    path("plc/", door.view(lists.PLCS), name="plc-list"),
    path("readers/", door.view(readers.READERS), name="reader-list"),
    path("plc/panel/", plcs.panel, name="plc-panel"),
    path("plc/tags/<int:pk>/series.json", plcs.series, name="tag-series"),
    path("plc/tags/<int:pk>/", tags.detail, name="tag-detail"),
    path("channels/", door.view(channel_lists.CHANNELS), name="channel-list"),
    path("channels/log/", door.view(channel_lists.MESSAGES), name="message-list"),
    path("channels/mine/", channels.reach, name="reach"),
    path("channels/mine/push/", push.subscribe, name="push-subscribe"),
    path("channels/mine/push/worker.js", push.worker, name="push-worker"),
    path("channels/mine/push/<int:pk>/off/", push.unsubscribe, name="push-off"),
    path("channels/<int:pk>/", channels.detail, name="channel-detail"),
    path("channels/<int:pk>/secrets/", channels.secrets, name="channel-secrets"),
    path("channels/<int:pk>/change-secret/", channels.change_secret, name="channel-change-secret"),
    path("channels/<int:pk>/former-gone/", channels.let_former_go, name="channel-former-gone"),
    path("channels/<int:pk>/ask-events/", channels.ask_events, name="channel-ask-events"),
    path("channels/<int:pk>/leave-events/", channels.leave_events, name="channel-leave-events"),
    path("channels/<int:pk>/test/", channels.test, name="channel-test"),
    path("recipes/<str:number>/<str:code>/", recipes.detail, name="recipe-detail"),
    path("recipes/<str:number>/<str:code>/write/", recipes.write, name="recipe-write"),
    path("imports/", door.view(import_lists.IMPORTS), name="import-list"),
    path("imports/new/", imports.new, name="import-new"),
    path("imports/templates/<slug:noun>.<slug:kind>", imports.template, name="import-template"),
    path("imports/<int:pk>/", imports.detail, name="import-detail"),
    path("imports/<int:pk>/progress/", imports.progress, name="import-progress"),
    path("imports/<int:pk>/columns/", imports.columns, name="import-columns"),
    path("imports/<int:pk>/write/", imports.write, name="import-write"),
    path("imports/<int:pk>/leave/", imports.leave, name="import-leave"),
    path("imports/<int:pk>/errors.<slug:kind>", imports.corrections, name="import-corrections"),
    path("epcis/", door.view(epcis.DOCUMENTS), name="epcis-list"),
    path("epcis/take/", epcis.take, name="epcis-take"),
    path("epcis/export/", epcis.export, name="epcis-export"),
    path("epcis/<str:sha256>/", epcis.detail, name="epcis-detail"),
    path("epcis/<str:sha256>/document.jsonld", epcis.again, name="epcis-again"),
    path("plc/<slug:code>/", plcs.detail, name="plc-detail"),
    path("plc/<slug:code>/browse/", sources.browse, name="plc-browse"),
    path("plc/<slug:code>/try/", readers.try_line, name="plc-try"),
    path("plc/<slug:code>/secrets/", source_acts.secrets, name="plc-secrets"),
    path("plc/<slug:code>/certificate/", source_acts.certificate, name="plc-certificate"),
    path("plc/<slug:code>/certificate.pem", source_acts.certificate_file, name="plc-certificate-file"),
    *links.urlpatterns,
]
