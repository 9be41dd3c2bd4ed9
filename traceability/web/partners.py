"""What a supplier's or a customer's person sees: the lots that are their own business, and nothing else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plant import addresses, scoping
from plant.web.access import needs
from traceability import public_parts
from traceability.models import GoodsReceiptLine, MaterialLot, ShipmentPick
from traceability.queries import public

MOST = 200


@needs("partner.lots")
def own_lots(request: HttpRequest) -> HttpResponse:
    """The newest lots that this partner delivered."""
    rows = MaterialLot.objects.select_related("material").order_by("-created_at", "-pk")
    context = {"rows": scoping.visible(rows, request.user)[:MOST], "pages": addresses.own_pages(request.user)}
    return render(request, "traceability/partner/lots.html", context)


@needs("partner.lots")
def own_lot(request: HttpRequest, number: str) -> HttpResponse:
    """One lot that this partner delivered: what came, and what our inspections found; not where it went."""
    rows = MaterialLot.objects.select_related("material__unit").filter(number=number)
    lot = scoping.visible(rows, request.user).first()
    if lot is None:
        raise Http404
    context = {
        "lot": lot, "checked": public_parts.inspected([lot]), "pages": addresses.own_pages(request.user),
        "came": GoodsReceiptLine.objects.filter(lot=lot).select_related("receipt").first(),
    }
    return render(request, "traceability/partner/lot.html", context)


@needs("partner.deliveries")
def own_deliveries(request: HttpRequest) -> HttpResponse:
    """What left for this customer, lot by lot."""
    rows = ShipmentPick.objects.filter(move__isnull=False).select_related("lot__material__unit", "line__shipment")
    near = scoping.visible(rows, request.user).order_by("-line__shipment__shipped_at", "-pk")[:MOST]
    return render(request, "traceability/partner/deliveries.html", {
        "rows": near, "pages": addresses.own_pages(request.user),
    })


@needs("partner.deliveries")
def own_delivery(request: HttpRequest, number: str) -> HttpResponse:
    """One lot that this customer received: what its page in public tells, and the certificate. No scan is counted."""
    rows = ShipmentPick.objects.filter(move__isnull=False, lot__number=number)
    pick = scoping.visible(rows, request.user).select_related("line__shipment").order_by("-pk").first()
    if pick is None:
        raise Http404
    lot = public.find(pick.lot_id)
    told = public.told(lot, timezone.now()) if lot else None
    context = {"lot": lot, "told": told, "pick": pick, "pages": addresses.own_pages(request.user)}
    return render(request, "traceability/partner/delivery.html", context)
