"""The pages of the controllers: what is online, what it says, and since when."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from integrations.models import Plc, PlcTag, SourceKind
from integrations.sources import certificates, looking
from integrations.web import readers, status
from integrations.web.secrets import SecretsForm
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Dialogs
from traceability.queries import readings

WINDOW = timedelta(minutes=15)
POINTS = 400
SIGNED_IN = (SourceKind.OPCUA, SourceKind.MQTT, SourceKind.SPARKPLUG, SourceKind.CFX)


def is_part(request: HttpRequest) -> bool:
    """Whether the page itself asks for its moving part."""
    return request.headers.get("HX-Request") == "true"


@needs("plc.view")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One source: how it answers, and the latest value of each of its tags."""
    return page(request, code)


def page(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a source, with the dialog whose act was refused open again."""
    plc = get_object_or_404(Plc.objects.select_related("equipment", "health", "access"), code=code)
    context = {"standing": status.standing(plc, timezone.now()), "plc": plc, "values": status.values(plc)}
    context["reader"] = readers.reader(context["standing"]) if plc.kind in (SourceKind.LINES, SourceKind.CFX) else None
    if is_part(request):
        return render(request, "integrations/plc/values.html", context)
    dialogs, held = Dialogs(request, refusal), getattr(plc, "access", None)
    context |= {
        "dialogs": dialogs, "why": policies.why_not(request.user, "plc.configure"), "access": held,
        "form": dialogs.form("secrets", SecretsForm, initial={"username": held.username if held else ""}),
        "can_look": looking.can_look(plc.kind), "takes_secrets": plc.kind in SIGNED_IN,
        "thumbprint": certificates.thumbprint(held.certificate) if held and held.certificate else "",
        "timeline": journal.timeline(plc),
    }
    return render(request, "integrations/plc/detail.html", context, status=dialogs.status)


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
