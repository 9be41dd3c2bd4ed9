"""The sheet that goes with a work order, and the code of a station."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mes.queries import orders, stations
from plant import qr
from plant.web.access import needs


@needs("job.read")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The traveller of a work order: its code, its operations, its materials, to print."""
    job = orders.job_by_number(number)
    rows = orders.operations(job)
    return render(request, "mes/job_order/sheet.html", {"job": job, "rows": rows})


@needs("job.read")
def job_code(request: HttpRequest, number: str) -> HttpResponse:
    """The QR code of a work order."""
    return qr_svg(orders.job_by_number(number).number)


@needs("job.read")
def station_code(request: HttpRequest, code: str) -> HttpResponse:
    """The QR code that opens a station's tablet page."""
    station = stations.by_code(code)
    return qr_svg(request.build_absolute_uri(f"/station/{station.code}/") if station else code)


def qr_svg(text: str) -> HttpResponse:
    """A QR code as a file of its own."""
    return HttpResponse(qr.file(text), content_type="image/svg+xml")
