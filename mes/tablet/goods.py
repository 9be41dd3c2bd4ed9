"""Packing, labels, the store and the truck at the tablet: one act a screen, by scan, with the commands of the pages."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from mes.commands import packing as commands
from mes.commands import unpacking
from mes.commands.tablet_acts import ACTS
from mes.queries import feeding
from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Equipment
from plant.queries import places
from traceability import label_files
from traceability.commands import labels as label_commands
from traceability.models import HandlingUnit, Shipment, ShipmentStatus, UnitKind, UnitStatus
from traceability.queries import labels, scanned, shipments
from traceability.queries import packing as units

SHOWN = 30
# What brings scan after scan to one place: what the page asks to scan.
PROMPTS = {
    "store": later("Scan the carton, pallet or lot"), "move": later("Scan the lot"),
    "return": later("Scan what was not used up"),
}


@signed_on("station.use")
def choose(request: HttpRequest, station: Equipment, refusal: Refusal | None = None) -> HttpResponse:
    """What can be done with goods here: open cartons, shipments that wait, the stores."""
    site = places.site_of(station)
    open_now = HandlingUnit.objects.filter(site=site, status=UnitStatus.OPEN)
    waiting = Shipment.objects.filter(site=site, status=ShipmentStatus.OPEN).select_related("customer")
    stores = [one for one in places.within(site) if one.stores_material and one.active]
    shown = {
        "units": open_now.order_by("-opened_at")[:SHOWN], "shipments": waiting.order_by("due_at")[:SHOWN],
        "stores": stores[:SHOWN], "refusal": refusal,
        "why": {word: policies.why_not(request.user, action) for word, (action, _act) in ACTS.items()},
    }
    return render(request, "mes/station/goods.html", {**context(station), **shown}, status=409 if refusal else 200)


@require_POST
@signed_on("unit.pack")
def open_unit(request: HttpRequest, station: Equipment, kind: str) -> HttpResponse:
    """Begin a carton or pallet."""
    if kind not in UnitKind.values:
        raise Http404
    try:
        unit = commands.open_unit(kind=kind, site=places.site_of(station), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return choose(request, station.code, refusal=refusal)
    return redirect("station:goods-pack", station.code, unit.number)


def unit_of(request: HttpRequest, number: str) -> HandlingUnit:
    """The carton or pallet, if the person reaches it."""
    unit = units.by_number(number)
    scoping.check(request.user, unit)
    return unit


def scanning(request: HttpRequest, station: Equipment, act: str, words: dict[str, str], **shown: Any) -> HttpResponse:
    """A page with one scanning place for one act."""
    told = {"act": act, "words_json": json.dumps(words), "task": next(iter(words.values())), **shown}
    page = "goods_part" if "part" in request.GET else "goods_scan"
    return render(request, f"mes/station/{page}.html", {**context(station), **told})


@signed_on("unit.pack")
def pack(request: HttpRequest, station: Equipment, number: str) -> HttpResponse:
    """Fill one carton or pallet; a closed one goes on to its label."""
    unit = unit_of(request, number)
    if unit.status != UnitStatus.OPEN:
        return redirect("station:goods-label", station.code, number)
    rows = list(units.lying([unit]))
    rule = units.rule(rows[0].lot.material, unit.kind) if rows else None
    return scanning(
        request, station, "pack", {"unit": number}, unit=unit, rows=rows[-8:], count=len(rows), rule=rule,
        filled=units.filled(unit), heading=unit.get_kind_display(),
        why_not_close="" if units.filled(unit) else _("There is nothing in it yet."),
        prompt=_("Scan a closed carton") if unit.kind == UnitKind.PALLET else _("Scan what goes in"),
    )


@require_POST
@signed_on("unit.pack")
def close(request: HttpRequest, station: Equipment, number: str) -> HttpResponse:
    """Close it; then its label."""
    unpacking.close(unit=unit_of(request, number), by=request.user, at=timezone.now())
    return redirect("station:goods-label", station.code, number)


@signed_on("lot.print")
def label(request: HttpRequest, station: Equipment, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """Print the label, then scan it where it sticks."""
    unit = unit_of(request, number)
    thing = labels.unit(unit)
    last = labels.prints(thing).first()
    drawing = labels.drawing(thing, labels.template(thing), request.build_absolute_uri("/"))
    # The drawing escapes every text itself.
    shown = {"drawing": mark_safe(label_files.svg(drawing)), "last": last, "refusal": refusal}  # noqa: S308
    return scanning(
        request, station, "verify", {"unit": number}, unit=unit, heading=_("Label"), **shown,
        prompt=_("Scan the label where it sticks") if last else _("Print the label first"),
    )


@require_POST
@signed_on("lot.print")
def print_label(request: HttpRequest, station: Equipment, number: str) -> HttpResponse:
    """Record the print; the label page then offers its files."""
    thing = labels.unit(unit_of(request, number))
    form = labels.template(thing)
    try:
        drawing = labels.drawing(thing, form, request.build_absolute_uri("/"))
        label_commands.record_print(
            thing=thing, drawing=drawing, template=form, by=request.user, at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refusal:
        return label(request, station.code, number, refusal=refusal)
    return redirect("station:goods-label", station.code, number)


@signed_on("shipment.pick")
def load(request: HttpRequest, station: Equipment, number: str) -> HttpResponse:
    """Load one shipment; what does not belong on this truck is stopped."""
    shipment = shipments.by_number(number)
    scoping.check(request.user, shipment)
    return scanning(
        request, station, "load", {"shipment": number}, shipment=shipment, lines=shipments.lines(shipment),
        heading=str(shipment.customer), prompt=_("Scan a carton, pallet or lot"),
    )


@signed_on("station.use")
def bring(request: HttpRequest, station: Equipment, task: str, place: str) -> HttpResponse:
    """Bring scan after scan to one place: finished goods into a store, any lot, or what this station did not use."""
    if task not in PROMPTS:
        raise Http404
    policies.check(request.user, ACTS[task][0])
    to = scanned.place(place, request.user)
    left = list(feeding.issued(station).select_related("lot__material__unit").order_by("lot")[:SHOWN])
    return scanning(
        request, station, task, {"place": to.code}, place=to, heading=to.name, prompt=PROMPTS[task],
        left=left if task == "return" else [],
    )
