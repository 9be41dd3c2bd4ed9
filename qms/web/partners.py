"""What a supplier's person is asked, and what a customer's person complained of: their own, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plant import addresses, scoping
from plant.web.access import needs
from qms.models import Complaint, SupplierRequest
from qms.queries import supplier_requests

MOST = 200


@needs("partner.requests")
def own_requests(request: HttpRequest) -> HttpResponse:
    """The requests to this supplier; one that is open leads to its answer."""
    rows, at = scoping.visible(SupplierRequest.objects.select_related("material"), request.user), timezone.now()
    found = [
        (row, supplier_requests.link(row) if supplier_requests.is_open(row, row.nonce, at) else "")
        for row in rows.order_by("-opened_at", "-pk")[:MOST]
    ]
    context = {"rows": found, "now": at, "pages": addresses.own_pages(request.user)}
    return render(request, "qms/partner/requests.html", context)


@needs("partner.complaints")
def own_complaints(request: HttpRequest) -> HttpResponse:
    """What this customer told us, and what we answered."""
    rows = scoping.visible(Complaint.objects.select_related("material", "lot"), request.user)
    context = {"rows": rows.order_by("-opened_at", "-pk")[:MOST], "pages": addresses.own_pages(request.user)}
    return render(request, "qms/partner/complaints.html", context)
