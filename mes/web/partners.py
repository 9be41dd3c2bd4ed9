"""What a customer's person sees: their own orders, how far they are, and what left for them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mes.models import WorkRequest
from plant import addresses, scoping
from plant.web.access import needs
from traceability.queries import shipments

MOST = 200


@needs("partner.orders")
def own_orders(request: HttpRequest) -> HttpResponse:
    """The newest orders of this customer, and what left for them."""
    rows = WorkRequest.objects.select_related("material__unit").order_by("-pk")
    context = {"rows": scoping.visible(rows, request.user)[:MOST], "lines": shipments.newest_lines(request.user, MOST)}
    context["pages"] = addresses.own_pages(request.user)
    return render(request, "mes/partner/orders.html", context)
