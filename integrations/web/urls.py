"""Addresses of the edges."""

from django.urls import path

from integrations.web import lists, plcs, shell
from plant.web import lists as door

app_name = "integrations"
SHELL = shell
urlpatterns = [
    path("plc/", door.view(lists.PLCS), name="plc-list"),
    path("plc/panel/", plcs.panel, name="plc-panel"),
    path("plc/tags/<int:pk>/series.json", plcs.series, name="tag-series"),
    path("plc/<slug:code>/", plcs.detail, name="plc-detail"),
]
