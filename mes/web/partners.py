"""What a customer's person sees: their own orders, and how far they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mes.models import WorkRequest
from plant import scoping
from plant.web.access import needs

MOST = 200


@needs("partner.orders")
def own_orders(request: HttpRequest) -> HttpResponse:
    """The newest orders of this customer."""
    rows = WorkRequest.objects.select_related("material__unit").order_by("-pk")
    return render(request, "mes/partner/orders.html", {"rows": scoping.visible(rows, request.user)[:MOST]})
