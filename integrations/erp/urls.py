"""The addresses of the API."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from integrations.erp import unknown
from integrations.erp.api import (
    analyses,
    andon,
    holds,
    inspections,
    journal,
    lots,
    maintenance,
    master,
    orders,
    quality,
    readings,
    scans,
    shipments,
    tools,
)

app_name = "api"

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("material-definitions/<str:code>/", master.MaterialDoor.as_view(), name="material-definition"),
    path("equipment/<str:code>/", master.EquipmentDoor.as_view(), name="equipment"),
    path("work-requests/", orders.WorkRequestsDoor.as_view(), name="work-requests"),
    path("work-requests/<str:number>/", orders.WorkRequestDoor.as_view(), name="work-request"),
    path("job-orders/<str:number>/kitting/", orders.KittingDoor.as_view(), name="kitting"),
    path("shipments/", shipments.ShipmentsDoor.as_view(), name="shipments"),
    path("shipments/<str:number>/", shipments.ShipmentDoor.as_view(), name="shipment"),
    path("material-lots/", lots.LotsDoor.as_view(), name="material-lots"),
    path("material-lots/<str:number>/", lots.LotDoor.as_view(), name="material-lot"),
    path("material-lots/<str:number>/genealogy/", lots.GenealogyDoor.as_view(), name="genealogy"),
    path("holds/", holds.HoldsDoor.as_view(), name="holds"),
    path("holds/<int:pk>/release/", holds.ReleaseDoor.as_view(), name="hold-release"),
    path("scans/", scans.accept, name="scans"),
    path("readings/", readings.ReadingsDoor.as_view(), name="readings"),
    path("violations/", quality.ViolationsDoor.as_view(), name="violations"),
    path("nonconformances/<str:number>/", quality.NonconformanceDoor.as_view(), name="nonconformance"),
    path("inspections/", inspections.InspectionsDoor.as_view(), name="inspections"),
    path("inspections/<str:number>/", inspections.InspectionDoor.as_view(), name="inspection"),
    path("inspections/<str:number>/results/", inspections.ResultsDoor.as_view(), name="inspection-results"),
    path("inspections/<str:number>/verdict/", inspections.VerdictDoor.as_view(), name="inspection-verdict"),
    path("andon-calls/", andon.CallsDoor.as_view(), name="andon-calls"),
    path("andon-calls/<int:pk>/", andon.CallDoor.as_view(), name="andon-call"),
    path("andon-calls/<int:pk>/acknowledge/", andon.AcknowledgeDoor.as_view(), name="andon-acknowledge"),
    path("andon-calls/<int:pk>/settle/", andon.SettleDoor.as_view(), name="andon-settle"),
    path("maintenance-plans/", maintenance.PlansDoor.as_view(), name="maintenance-plans"),
    path("maintenance-orders/", maintenance.OrdersDoor.as_view(), name="maintenance-orders"),
    path("maintenance-orders/<str:number>/", maintenance.OrderDoor.as_view(), name="maintenance-order"),
    path("maintenance-orders/<str:number>/start/", maintenance.StartDoor.as_view(), name="maintenance-order-start"),
    path("maintenance-orders/<str:number>/finish/", maintenance.FinishDoor.as_view(), name="maintenance-order-finish"),
    path("tools/", tools.ToolsDoor.as_view(), name="tools"),
    path("tools/<str:code>/", tools.ToolDoor.as_view(), name="tool"),
    path("spc/analyse/", analyses.AnalyseDoor.as_view(), name="analyse"),
    path("journal/", journal.JournalDoor.as_view(), name="journal"),
    re_path(r"", unknown.address, name="unknown"),
]
