"""Addresses of lots, holds, machines' histories and labels."""

from django.urls import path

from plant.web import lists as door
from traceability.web import (
    equipment,
    holds,
    labels,
    lists,
    lots,
    panels,
    partners,
    plates,
    receive,
    shell,
    where_used,
)

app_name = "traceability"
SHELL = shell
urlpatterns = [
    path("panels/figures/", panels.figures, name="panel-figures"),
    path("lots/", door.view(lists.LOTS), name="lot-list"),
    path("own-lots/", partners.own_lots, name="own-lots"),
    path("lots/receive/", receive.receive, name="lot-receive"),
    path("lots/<path:number>/genealogy.json", lots.graph, name="lot-graph"),
    path("lots/<path:number>/label/", labels.page, name="lot-label"),
    path("lots/<path:number>/label.svg", labels.drawing, name="lot-label-svg"),
    path("lots/<path:number>/label.zpl", labels.printer, name="lot-label-zpl"),
    path("lots/<path:number>/", lots.detail, name="lot-detail"),
    path("l/<path:number>/", labels.follow, name="lot-short"),
    path("l/<path:number>", labels.follow),
    path("labels/<slug:kind>/", plates.page, name="labels"),
    path("visits/<int:pk>/curves.json", lots.curves, name="visit-curves"),
    path("where-used/", where_used.find, name="where-used"),
    path("where-used/genealogy.json", where_used.graph, name="where-used-graph"),
    path("holds/", door.view(lists.HOLDS), name="hold-list"),
    path("holds/place/", holds.place, name="hold-place"),
    path("holds/<int:pk>/", holds.detail, name="hold-detail"),
    path("holds/<int:pk>/release/", holds.release, name="hold-release"),
    path("equipment/", door.view(lists.EQUIPMENT), name="equipment-list"),
    path("equipment/<path:code>/", equipment.history, name="equipment-history"),
]
