"""Lots on the screen: the list, one lot with everything known about it, its graph and its curves."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.web.access import needs
from traceability.models import Visit
from traceability.queries import archives, dossier, genealogy, genealogy_seen, holds_list, impact, lots, mass_balance
from traceability.queries import curves as curve_rows
from traceability.queries.curves import Curve
from traceability.queries.readings import Point
from traceability.web import left, tabs
from traceability.web.graph import as_json

MOST_DRAWN = 400


@needs("lot.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One lot: its state, what may be done, and its record tab by tab."""
    lot = lots.by_number(number)
    now = timezone.now()
    tab = tabs.chosen(request.GET.get("tab", ""))
    record = dossier.for_lot(lot, reader=request.user, now=now, tab=tab)
    context = {
        "lot": lot, "lot_code": quote(lot.number), "record": record, "tab": tab,
        "tabs": tabs.of(record, lot.number, tab),
        "at_hand": lots.present(lot), "template": f"traceability/lot/{tab}.html",
        "is_expired": lot.expires_at is not None and lot.expires_at <= now,
        "open_holds": [hold for hold in record.holds if hold.released_at is None],
        "origins": holds_list.origins(record.holds, request.user),
        "reach": impact.seen_by(request.user, [lot.pk]) if tab == "genealogy" else None,
        "gone": left.gone([lot.pk], request.user) if tab == "genealogy" else (),
        "balances": mass_balance.of_lots([lot.pk]) if tab == "balance" else (),
        "packed": left.packed(lot, request.user), "dossiers": archives.of_lot(lot),
        "why_not_keep": policies.why_not(request.user, "archive.keep"),
        "parts": record.parts,
        "why_not_hold": policies.why_not(request.user, "hold.place"),
        "why_not_release": policies.why_not(request.user, "hold.release"),
        "why_not_print": policies.why_not(request.user, "lot.print"),
    }
    return render(request, "traceability/lot/detail.html", context)


@needs("lot.read")
def graph(request: HttpRequest, number: str) -> HttpResponse:
    """The genealogy of a lot for the graph on its page."""
    direction = request.GET.get("direction", "both")
    if direction not in genealogy.DIRECTIONS:
        direction = "both"
    found = genealogy.trace(lots.by_number(number), direction, most=MOST_DRAWN)
    return JsonResponse(as_json(genealogy_seen.seen_by(found, request.user)))


@needs("reading.read")
def curves(request: HttpRequest, pk: int) -> HttpResponse:
    """What the machine's instruments read while a lot stood there: the streams of one unit as one chart."""
    visit = get_object_or_404(Visit.objects.select_related("equipment", "lot"), pk=pk)
    asked = request.GET
    found = curve_rows.of_visit(
        visit, unit=asked.get("unit", ""), ambient=bool(asked.get("ambient")), now=timezone.now()
    )
    series = [{"name": _name(curve), "points": [_point(point) for point in curve.points]} for curve in found]
    title = f"{visit.equipment.code} · {visit.lot.number}"
    lines = [line for curve in found for line in _lines(curve, is_alone=len(found) == 1)]
    return JsonResponse({"title": title, "unit": found[0].unit if found else "", "series": series, "lines": lines})


def _lines(curve: Curve, *, is_alone: bool) -> list[dict[str, Any]]:
    """The limits of a curve; among several, each says whose it is."""
    said = "" if is_alone else f"{curve.name} · "
    return [{"label": f"{said}{one.label}", "value": one.value, "tone": one.tone} for one in curve.bounds]


def _name(curve: Curve) -> str:
    """Says so where only the means of hours are left."""
    if any(point.hourly for point in curve.points):
        return _("%(name)s (hourly values)") % {"name": curve.name}
    return curve.name


def _point(point: Point) -> dict[str, Any]:
    """A reading that can't be trusted leaves a hole in the curve."""
    return {"at": point.at.isoformat(), "value": point.value if point.good else None}
