"""What a supplier's or a customer's person sees: the lots that are their own business."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from plant import scoping
from plant.web.access import needs
from traceability.models import MaterialLot

MOST = 200


@needs("partner.lots")
def own_lots(request: HttpRequest) -> HttpResponse:
    """The newest lots that this partner delivered."""
    rows = MaterialLot.objects.select_related("material").order_by("-created_at", "-pk")
    return render(request, "traceability/partner/lots.html", {"rows": scoping.visible(rows, request.user)[:MOST]})
