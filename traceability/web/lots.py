"""Lots on the screen: the list, one lot with everything known about it, its graph and its curves."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.models import MaterialDefinition
from plant.web.access import needs
from traceability.models import SOURCES, Bucket, LotKind, LotStatus, Visit
from traceability.queries import curves as curve_rows
from traceability.queries import dossier, genealogy, impact, lots, lots_list
from traceability.queries.lots_list import LotFilter, LotRow
from traceability.queries.readings import Point
from traceability.web import export, tabs
from traceability.web.graph import as_json

MOST_DRAWN = 400
BUCKETS = [(bucket.value, bucket.label) for bucket in Bucket if bucket not in SOURCES]


@needs("lot.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Every lot, found by number, material, supplier's lot or place."""
    asked = request.GET
    wanted = LotFilter(
        text=asked.get("q", "").strip(), status=asked.get("status", ""), kind=asked.get("kind", ""),
        material=asked.get("material", ""), bucket=asked.get("where", ""), place=asked.get("place", "").strip(),
        sort=asked.get("sort", "-created"),
    )
    if asked.get("format") == "csv":
        return _export(wanted)
    page = lots_list.find(wanted, cursor=asked.get("cursor", ""))
    context = {
        "rows": page.rows, "next_cursor": page.next, "statuses": LotStatus.choices, "kinds": LotKind.choices,
        "buckets": BUCKETS, "materials": MaterialDefinition.objects.values_list("code", "code"),
        "why_not_receive": policies.why_not(request.user, "lot.receive"),
    }
    return render(request, "traceability/lot/list.html", context)


@needs("lot.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One lot: its state, what may be done, and its record tab by tab."""
    lot = lots.by_number(number)
    now = timezone.now()
    record = dossier.for_lot(lot, now=now)
    tab = tabs.chosen(request.GET.get("tab", ""))
    context = {
        "lot": lot, "record": record, "tab": tab, "tabs": tabs.of(record, lot.number, tab),
        "at_hand": lots.present(lot), "template": f"traceability/lot/{tab}.html",
        "is_expired": lot.expires_at is not None and lot.expires_at <= now,
        "open_holds": [hold for hold in record.holds if hold.released_at is None],
        "reach": impact.downstream_counts([lot.pk]) if tab == "genealogy" else None,
        "parts": [(part, filled) for part, filled in record.parts if part.tab == tab],
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
    return JsonResponse(as_json(genealogy.trace(lots.by_number(number), direction, most=MOST_DRAWN)))


@needs("reading.read")
def curves(request: HttpRequest, pk: int) -> HttpResponse:
    """What the machine's instruments read while a lot stood there: the streams of one unit as one chart."""
    visit = get_object_or_404(Visit.objects.select_related("equipment", "lot"), pk=pk)
    asked = request.GET
    found = curve_rows.of_visit(
        visit, unit=asked.get("unit", ""), ambient=bool(asked.get("ambient")), now=timezone.now()
    )
    series = [{"name": curve.name, "points": [_point(point) for point in curve.points]} for curve in found]
    title = f"{visit.equipment.code} · {visit.lot.number}"
    return JsonResponse({"title": title, "unit": found[0].unit if found else "", "series": series})


def _point(point: Point) -> dict[str, Any]:
    """A reading that can't be trusted leaves a hole in the curve."""
    return {"at": point.at.isoformat(), "value": point.value if point.good else None}


def _export(wanted: LotFilter) -> HttpResponse:
    head = [
        _("Number"), _("Kind"), _("Material"), _("Name"), _("Status"), _("At hand"), _("Unit"), _("Where"),
        _("Supplier"), _("Supplier's lot"), _("Created"), _("Expires"),
    ]
    return export.as_csv("lots", head, _cells(lots_list.every(wanted, limit=export.MOST)))


def _cells(rows: Iterator[LotRow]) -> Iterator[list[Any]]:
    for row in rows:
        lot = row.lot
        where = "; ".join(f"{spot.get_bucket_display()} {spot.place} {spot.quantity:f}" for spot in row.where)
        yield [
            lot.number, lot.get_kind_display(), lot.material.code, lot.material.name, lot.get_status_display(),
            f"{row.at_hand:f}", lot.material.unit.symbol, where, lot.supplier or "", lot.supplier_lot,
            lot.created_at.isoformat(), lot.expires_at.isoformat() if lot.expires_at else "",
        ]
