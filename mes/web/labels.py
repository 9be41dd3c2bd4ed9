"""The sheet that goes with a work order, the code of a station, and its command codes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from mes.queries import command_codes, orders, stations
from plant import qr
from plant.web.access import needs
from traceability import labels

USUAL_QUANTITIES = 10


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


@needs("label.print")
def station_commands(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of command codes by which a station is run with a scanner alone, in both languages, to print."""
    station, said = stations.found(code), request.GET.get("pieces", "")
    pieces = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else USUAL_QUANTITIES
    made = command_codes.labels(min(max(pieces, command_codes.FEWEST), command_codes.MOST))
    made += command_codes.of_positions(station)
    # The drawing escapes every text itself.
    drawings = [(label.number, mark_safe(labels.svg(label))) for label in made]  # noqa: S308
    return render(request, "mes/station/codes.html", {"station": station, "drawings": drawings, "pieces": pieces})


def qr_svg(text: str) -> HttpResponse:
    """A QR code as a file of its own."""
    return HttpResponse(qr.file(text), content_type="image/svg+xml")
