"""The addresses of the API."""

from django.urls import URLPattern, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from integrations.erp import doors, unknown
from integrations.erp.api import (
    analyses,
    andon,
    changes,
    connections,
    holds,
    inspections,
    journal,
    lots,
    maintenance,
    orders,
    readings,
    scans,
    sources,
    tools,
)
from integrations.nouns.noun import Noun
from integrations.nouns.registry import NOUNS

app_name = "api"


def of(noun: Noun) -> list[URLPattern]:
    """The addresses of a noun."""
    one = f"{noun.code}/<str:{noun.key}>/"
    batch = [path(f"{noun.code}/batch/", doors.batch_door(noun).as_view(), name=f"{noun.code}-batch")]
    return [
        *(batch if noun.takes else ()),
        path(f"{noun.code}/", doors.list_door(noun).as_view(), name=noun.code),
        path(one, doors.one_door(noun).as_view(), name=f"{noun.code}-one"),
    ]


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api:schema"), name="docs"),
    path("job-orders/<str:number>/kitting/", orders.KittingDoor.as_view(), name="kitting"),
    path("material-lots/<str:number>/genealogy/", lots.GenealogyDoor.as_view(), name="genealogy"),
    path("holds/<int:pk>/release/", holds.ReleaseDoor.as_view(), name="hold-release"),
    path("scans/", scans.accept, name="scans"),
    path("connections/<str:code>/messages/<int:number>/", connections.MessageDoor.as_view(),
         name="connection-message"),
    path("connections/<str:code>/messages/<str:noun>/", connections.PushDoor.as_view(), name="connection-push"),
    path("sources/<str:code>/readings/", sources.PushDoor.as_view(), name="source-readings"),
    path("sources/<str:code>/cfx/", sources.CfxDoor.as_view(), name="source-cfx"),
    path("readings/", readings.ReadingsDoor.as_view(), name="readings"),
    path("inspections/<str:number>/results/", inspections.ResultsDoor.as_view(), name="inspection-results"),
    path("inspections/<str:number>/verdict/", inspections.VerdictDoor.as_view(), name="inspection-verdict"),
    path("gauges/<str:code>/values/", inspections.InstrumentDoor.as_view(), name="gauge-values"),
    path("andon-calls/<int:pk>/acknowledge/", andon.AcknowledgeDoor.as_view(), name="andon-acknowledge"),
    path("andon-calls/<int:pk>/settle/", andon.SettleDoor.as_view(), name="andon-settle"),
    path("maintenance-orders/<str:number>/start/", maintenance.StartDoor.as_view(), name="maintenance-order-start"),
    path("maintenance-orders/<str:number>/finish/", maintenance.FinishDoor.as_view(), name="maintenance-order-finish"),
    path("tools/<str:code>/history/", tools.HistoryDoor.as_view(), name="tool-history"),
    path("spc/analyse/", analyses.AnalyseDoor.as_view(), name="analyse"),
    path("changes/", changes.ChangesDoor.as_view(), name="changes"),
    path("journal/", journal.JournalDoor.as_view(), name="journal"),
    *(route for noun in NOUNS.values() for route in of(noun)),
    re_path(r"", unknown.address, name="unknown"),
]
