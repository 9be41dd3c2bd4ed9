"""Addresses of nonconformances, inspections, CAPAs and control plans."""

from django.urls import path

from plant.web import lists as door
from qms.web import (
    capa_acts,
    capas,
    control_plans,
    inspections,
    lists,
    machine_shell,
    nonconformance_acts,
    nonconformances,
    panels,
    sampling,
    sensors,
    shell,
)

app_name = "qms"
SHELL = shell, machine_shell
urlpatterns = [
    path("nonconformances/", door.view(lists.CASES), name="nonconformance-list"),
    path("nonconformances/report/", nonconformances.report, name="nonconformance-report"),
    path("nonconformances/<str:number>/", nonconformances.detail, name="nonconformance-detail"),
    path("nonconformances/<str:number>/review/", nonconformance_acts.review, name="nonconformance-review"),
    path("nonconformances/<str:number>/assign/", nonconformance_acts.assign, name="nonconformance-assign"),
    path("nonconformances/<str:number>/add-lots/", nonconformance_acts.add_lots, name="nonconformance-add-lots"),
    path("nonconformances/<str:number>/dispose/", nonconformance_acts.dispose, name="nonconformance-dispose"),
    path("nonconformances/<str:number>/stop/", nonconformance_acts.stop, name="nonconformance-stop"),
    path("nonconformances/<str:number>/restart/", nonconformance_acts.restart, name="nonconformance-restart"),
    path("nonconformances/<str:number>/close/", nonconformance_acts.close, name="nonconformance-close"),
    path("nonconformances/<str:number>/capa/", capas.begin, name="capa-open"),
    path("inspections/", door.view(lists.TASKS), name="inspection-list"),
    path("inspections/<str:number>/", inspections.detail, name="inspection-detail"),
    path("inspections/<str:number>/record/", inspections.record, name="inspection-record"),
    path("inspections/<str:number>/judge/", inspections.judge, name="inspection-judge"),
    path("inspections/<str:number>/decide/", inspections.decide, name="inspection-decide"),
    path("capas/", door.view(lists.CAPAS), name="capa-list"),
    path("capas/<str:number>/", capas.detail, name="capa-detail"),
    path("capas/<str:number>/root-cause/", capa_acts.root_cause, name="capa-root-cause"),
    path("capas/<str:number>/actions/", capa_acts.add_action, name="capa-add-action"),
    path("capas/<str:number>/actions/<int:pk>/done/", capa_acts.finish_action, name="capa-finish-action"),
    path("capas/<str:number>/start-check/", capa_acts.start_check, name="capa-start-check"),
    path("capas/<str:number>/check/", capa_acts.check, name="capa-check"),
    path("capas/<str:number>/close/", capa_acts.close, name="capa-close"),
    path("control-plans/", door.view(lists.PLANS), name="control-plan-list"),
    path("control-plans/<int:number>/", control_plans.detail, name="control-plan-detail"),
    path("control-plans/<int:number>/approve/", control_plans.approve, name="control-plan-approve"),
    path("sensors/", door.view(sensors.SENSORS), name="sensor-list"),
    path("sensors/<slug:code>/", sensors.detail, name="sensor-detail"),
    path("sensors/<slug:code>/calibrate/", sensors.calibrate, name="sensor-calibrate"),
    path("sampling/", sampling.calculator, name="sampling"),
    path("panels/open/", panels.open_cases, name="panel-open"),
    path("panels/inspections/", panels.to_inspect, name="panel-inspections"),
    path("panels/capas/", panels.open_capas, name="panel-capas"),
    path("panels/figures/", panels.figures, name="panel-figures"),
]
