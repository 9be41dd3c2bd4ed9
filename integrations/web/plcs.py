"""The pages of the controllers: what is online, what it says, and since when."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from integrations.models import Plc, PlcTag
from integrations.web import status
from plant.web.access import needs
from traceability.queries import readings

WINDOW = timedelta(minutes=15)
POINTS = 400


def is_part(request: HttpRequest) -> bool:
    """Whether the page itself asks for its moving part."""
    return request.headers.get("HX-Request") == "true"


@needs("plc.view")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One controller: how it answers, and the latest value of each register."""
    plc = get_object_or_404(Plc.objects.select_related("equipment", "health"), code=code)
    context = {"standing": status.standing(plc, timezone.now()), "plc": plc, "values": status.values(plc)}
    page = "integrations/plc/values.html" if is_part(request) else "integrations/plc/detail.html"
    return render(request, page, context)


@needs("plc.view")
def panel(request: HttpRequest) -> HttpResponse:
    """The home page's card: every controller in one line."""
    return render(request, "integrations/plc/panel.html", {"standings": status.standings(request.user, timezone.now())})


@needs("reading.read")
def series(request: HttpRequest, pk: int) -> JsonResponse:
    """The last quarter of an hour of a register, for a chart."""
    tag = get_object_or_404(PlcTag.objects.select_related("stream__parameter__unit"), pk=pk, stream__isnull=False)
    now = timezone.now()
    found = readings.series([tag.stream_id], now - WINDOW, now, POINTS).get(tag.stream_id, [])
    points = [{"id": point.seq, "at": point.at, "value": point.value} for point in found if point.good]
    unit = tag.stream.parameter.unit
    return JsonResponse({"title": tag.stream.parameter.name, "unit": unit.symbol if unit else "", "points": points})
