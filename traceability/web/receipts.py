"""A delivery on the screen: its lots, where each stands, and what is to be done with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from plant import policies
from plant.queries import journal
from plant.web.access import needs
from traceability.queries import receipts


@needs("lot.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One delivery with the labels of all its lots one click away."""
    receipt = receipts.by_number(number)
    lots = receipts.lots_of(receipt, timezone.now())
    labels = f"{reverse('traceability:labels', args=['lot'])}?ids={','.join(str(one.lot.pk) for one in lots)}"
    context = {
        "receipt": receipt, "lots": lots, "labels_url": labels, "timeline": journal.timeline(receipt),
        "held": sum(bool(one.lot.open_holds) for one in lots),
        "why_not_receive": policies.why_not(request.user, "lot.receive"),
        "why_not_print": policies.why_not(request.user, "label.print"),
        "may_move": policies.may(request.user, "lot.move"),
    }
    return render(request, "traceability/receipt/detail.html", context)
