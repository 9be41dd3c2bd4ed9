"""Addresses of the edges."""

from django.urls import path

from integrations.web import plcs, shell

app_name = "integrations"
SHELL = shell
urlpatterns = [
    path("plc/", plcs.listed, name="plc-list"),
    path("plc/panel/", plcs.panel, name="plc-panel"),
    path("plc/tags/<int:pk>/series.json", plcs.series, name="tag-series"),
    path("plc/<slug:code>/", plcs.detail, name="plc-detail"),
]
