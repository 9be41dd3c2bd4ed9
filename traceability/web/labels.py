"""Labels on the screen and on the printer, and where a scanned label leads."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plant.web.access import needs
from traceability import labels
from traceability.labels import Label
from traceability.models import MaterialLot
from traceability.queries import lots


@needs("lot.read")
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """What the QR code of a label opens: the lot's page."""
    lot = lots.by_number(number)
    return HttpResponseRedirect(reverse("traceability:lot-detail", args=[lot.number]))


@needs("lot.print")
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The label, ready to print."""
    return render(request, "traceability/lot/label.html", {"lot": lots.by_number(number)})


@needs("lot.print")
def drawing(request: HttpRequest, number: str) -> HttpResponse:
    """The label as SVG, 60 by 40 mm."""
    return HttpResponse(labels.svg(of(request, lots.by_number(number))), content_type="image/svg+xml")


@needs("lot.print")
def printer(request: HttpRequest, number: str) -> HttpResponse:
    """The label as ZPL II, for a label printer."""
    lot = lots.by_number(number)
    response = HttpResponse(labels.zpl(of(request, lot)), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="label-{lot.pk}.zpl"'
    return response


def of(request: HttpRequest, lot: MaterialLot) -> Label:
    """What stands on the label of a lot."""
    lines = [str(lot.material.code), lot.material.name]
    if lot.supplier_lot:
        lines.append(_("Supplier's lot %(number)s") % {"number": lot.supplier_lot})
    if lot.expires_at:
        lines.append(_("Use before %(day)s") % {"day": lot.expires_at.date().isoformat()})
    elif lot.job_order:
        lines.append(_("Work order %(number)s") % {"number": lot.job_order})
    url = request.build_absolute_uri(reverse("label", args=[lot.number]))
    return Label(lot.number, url, tuple(lines))
