"""What ran on a machine, found by scanning the number on its plate."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from plant import policies
from plant.models import Equipment
from plant.queries import journal
from plant.web import list_files
from plant.web.access import needs
from traceability import equipment_parts
from traceability.models import Visit
from traceability.queries import equipment_history, readings
from traceability.web import plates

WINDOW = timedelta(hours=24)


@needs("lot.read")
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Which lots ran on this machine, what it read, when it was stopped, and what other rooms know of it."""
    equipment = get_object_or_404(Equipment.objects.select_related("parent"), code=code)
    until = moment(request.GET.get("to", "")) or timezone.now()
    since = moment(request.GET.get("from", "")) or until - WINDOW
    visits = equipment_history.visits(equipment, from_at=min(since, until), to_at=max(since, until))
    if request.GET.get("format") == "csv":
        return _export(equipment, visits)
    streams = equipment_history.streams(equipment)
    latest = readings.latest(stream.pk for stream in streams)
    context = {
        "equipment": equipment, "visits": visits, "since": since, "until": until,
        "is_cut": len(visits) >= equipment_history.LIMIT, "holds": equipment_history.holds(equipment),
        "timeline": journal.timeline(equipment), "parts": equipment_parts.fill_all(equipment, request.user),
        "streams": [
            (stream.parameter.title, stream.parameter.unit, latest.get(stream.pk)) for stream in streams
        ],
        "label_url": plates.address("equipment")([equipment]),
        "why_not_label": policies.why_not(request.user, "label.print"),
        "why_not_hold": policies.why_not(request.user, "hold.place"),
    }
    return render(request, "traceability/equipment/history.html", context)


def moment(text: str) -> datetime | None:
    """What a person chose, in plant time."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return timezone.make_aware(found) if found and timezone.is_naive(found) else found


def _export(equipment: Equipment, visits: list[Visit]) -> HttpResponse:
    head = [
        _("Lot"), _("Material"), _("Station"), _("Operation"), _("Work order"), _("By"), _("From"), _("To"),
        _("Result"),
    ]
    rows = (
        [
            visit.lot.number, visit.lot.material.code, visit.equipment.code, visit.operation, visit.job_order,
            visit.person.number, list_files.moment(visit.during.lower), list_files.moment(visit.during.upper),
            visit.result,
        ]
        for visit in visits
    )
    return list_files.csv_file(f"history-{equipment.pk}", head, rows)
