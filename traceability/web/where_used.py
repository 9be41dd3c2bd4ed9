"""Where a supplier's lot went: the question of every recall."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from plant import scoping
from plant.models import Partner, PartnerKind
from plant.web.access import needs
from traceability.models import Bucket
from traceability.queries import genealogy, genealogy_seen, impact
from traceability.web import left
from traceability.web.graph import as_json

MOST_DRAWN = 400
MOST_LISTED = 500


@needs("lot.read")
def find(request: HttpRequest) -> HttpResponse:
    """Everything that holds some of a supplier's lot, counted by material and by where it is."""
    supplier_lot = request.GET.get("supplier_lot", "").strip()
    supplier = request.GET.get("supplier", "").strip()
    suppliers = Partner.objects.filter(kind=PartnerKind.SUPPLIER)
    context = {
        "supplier_lot": supplier_lot, "supplier": supplier,
        "suppliers": scoping.visible(suppliers, request.user).values_list("code", "name"),
    }
    if supplier_lot:
        found = genealogy.from_supplier_lot(supplier_lot, supplier, most=MOST_LISTED)
        trace = genealogy_seen.seen_by(found, request.user)
        reach = impact.seen_by(request.user, trace.roots)
        context |= {
            "scope_query": urlencode({"kind": "supplier-lot", "code": supplier_lot, "more": supplier}),
            "trace": trace, "reach": reach, "gone": left.gone(trace.roots, request.user),
            "roots": [trace.by_id[key] for key in trace.roots],
            "shipped": reach.in_bucket(Bucket.SHIPPED), "stock": reach.in_bucket(Bucket.STOCK, Bucket.ISSUED),
            "wip": reach.in_bucket(Bucket.WIP, Bucket.REWORK),
        }
    return render(request, "traceability/lot/where_used.html", context)


@needs("lot.read")
def graph(request: HttpRequest) -> HttpResponse:
    """The same as a graph."""
    supplier_lot = request.GET.get("supplier_lot", "").strip()
    trace = genealogy.from_supplier_lot(supplier_lot, request.GET.get("supplier", "").strip(), most=MOST_DRAWN)
    return JsonResponse(as_json(genealogy_seen.seen_by(trace, request.user)))
