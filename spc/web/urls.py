"""Addresses of control charts, limits, violations and gauge studies."""

from django.urls import path

from plant.web import lists as door
from spc.web import (
    charts,
    cockpit,
    limits,
    lists,
    missed_lists,
    panels,
    report_lists,
    setup,
    shell,
    studies,
    study_list,
    violations,
)

app_name = "spc"
SHELL = shell
urlpatterns = [
    path("", cockpit.wall, name="cockpit"),
    path("panels/tiles/", cockpit.tiles, name="panel-tiles"),
    path("charts/", door.view(lists.CHARTS), name="chart-list"),
    path("charts/new/", setup.create, name="chart-new"),
    path("charts/<str:code>/", charts.detail, name="chart-detail"),
    path("charts/<str:code>/data.json", charts.data, name="chart-data"),
    path("charts/<str:code>/alarms/", charts.alarms, name="chart-alarms"),
    path("charts/<str:code>/state/", charts.state, name="chart-state"),
    path("charts/<str:code>/rules/", setup.rules, name="chart-rules"),
    path("charts/<str:code>/retire/", setup.retire, name="chart-retire"),
    path("charts/<str:code>/revive/", setup.revive, name="chart-revive"),
    path("charts/<str:code>/limits/", limits.freeze, name="limits-freeze"),
    path("charts/<str:code>/limits/enter/", limits.enter, name="limits-enter"),
    path("violations/", door.view(lists.VIOLATIONS), name="violation-list"),
    path("samples/missed/", door.view(missed_lists.MISSED), name="missed-list"),
    path("violations/rules/", door.view(report_lists.RULES), name="alarm-rules"),
    path("violations/times/", door.view(report_lists.TIMES), name="alarm-times"),
    path("violations/pareto.json", panels.pareto, name="violation-pareto"),
    path("violations/<int:pk>/", violations.detail, name="violation-detail"),
    path("violations/<int:pk>/chart/", violations.chart, name="violation-chart"),
    path("violations/<int:pk>/acknowledge/", violations.acknowledge, name="violation-acknowledge"),
    path("violations/<int:pk>/close/", violations.close, name="violation-close"),
    path("violations/<int:pk>/dismiss/", violations.dismiss, name="violation-dismiss"),
    path("violations/<int:pk>/assign/", violations.assign, name="violation-assign"),
    path("violations/<int:pk>/snooze/", violations.snooze, name="violation-snooze"),
    path("violations/<int:pk>/wake/", violations.wake, name="violation-wake"),
    path("violations/<int:pk>/tick/", violations.tick, name="violation-tick"),
    path("violations/<int:pk>/leave-out/", violations.leave_out, name="violation-leave-out"),
    path("nonconformances/<str:number>/chart/", violations.nonconformance_chart, name="nonconformance-chart"),
    path("studies/", door.view(study_list.STUDIES), name="study-list"),
    path("studies/new/", studies.create, name="study-new"),
    path("studies/<str:code>/", studies.detail, name="study-detail"),
    path("studies/<str:code>/measure/", studies.collect, name="study-collect"),
    path("studies/<str:code>/data.json", studies.data, name="study-data"),
    path("studies/<str:code>/paste/", studies.paste, name="study-paste"),
    path("studies/<str:code>/close/", studies.close, name="study-close"),
    path("studies/<str:code>/cancel/", studies.cancel, name="study-cancel"),
    path("panels/alarms/", panels.alarms, name="panel-alarms"),
    path("panels/worst/", panels.worst, name="panel-worst"),
]
