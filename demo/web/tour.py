"""The demonstration's own page: the story in steps, the logins, and the button that starts the drift."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from demo import drifting
from demo.seeds import handbill
from integrations.models import PlcTag
from integrations.plc import demo_map
from plant.web.access import needs
from spc.models import ControlChart

ZONE = "zone3_temperature"


def link(name: str, *args: str) -> str:
    """The address of a page; empty where this plant has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def steps(scene: dict[str, Any]) -> list[dict[str, Any]]:
    """The story: who does what, and where."""
    job, station = scene.get("job_order", ""), scene.get("station", "")
    told = [
        ("planner", _("Look at the production orders and dispatch a work order to a line."),
         link("mes:work-request-list")),
        ("operator", _("Sign on at the station with badge and PIN; scan the work order, the raw lot, the output lot."),
         link("station:work", station) if station else ""),
        ("engineer", _("Open the control chart of reflow zone 3; it moves by itself."), link("spc:chart-list")),
        ("", _("Start the drift with the button above and watch the chart."), ""),
        ("engineer", _("Within two seconds: a violation, a nonconformance, and the lots in the oven held."),
         link("qms:nonconformance-list")),
        ("operator", _("Scan a held lot at the next station: refused, in red, with the number of the nonconformance."),
         link("traceability:hold-list")),
        ("engineer", _("Dispose of the lots with your signature; open a CAPA from it."), link("qms:capa-list")),
        ("engineer", _("From any lot, see where it came from and where it went."), link("traceability:lot-list")),
        ("", _("Read the API with the key of var/demo.json: orders in, progress out."), link("api:docs")),
    ]  # fmt: skip
    return [{"who": who, "text": text, "url": url, "code": job if who == "operator" else ""} for who, text, url in told]


@needs("demo.use")
def tour(request: HttpRequest) -> HttpResponse:
    """The guided tour, the drift, and who may sign in."""
    facts = handbill.read()
    tag = PlcTag.objects.filter(name=ZONE, stream__isnull=False).first()
    chart = ControlChart.objects.filter(stream_id=tag.stream_id).first() if tag else None
    scene = facts.get("scenario", {})
    context = {
        "steps": steps(scene), "logins": facts.get("logins", []), "tag": tag, "drift": demo_map.DRIFT, "scene": scene,
        "topic": f"chart.{chart.pk}" if chart else "",
    }
    return render(request, "demo/tour.html", context)


@require_POST
@needs("demo.use")
def start(request: HttpRequest) -> HttpResponse:
    """Write the drifted setpoint."""
    value = drifting.start(by=request.user, at=timezone.now())
    messages.success(request, _("The drift has begun: the setpoint is %(value)s °C.") % {"value": f"{value:g}"})
    return HttpResponseRedirect(reverse("demo:tour"))


@require_POST
@needs("demo.use")
def stop(request: HttpRequest) -> HttpResponse:
    """Write the normal setpoint."""
    value = drifting.stop(by=request.user, at=timezone.now())
    messages.success(request, _("The drift has ended: the setpoint is %(value)s °C.") % {"value": f"{value:g}"})
    return HttpResponseRedirect(reverse("demo:tour"))
