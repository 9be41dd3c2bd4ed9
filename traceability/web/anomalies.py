"""Data that wants to be put right, for whoever looks after it: one queue over all rooms, the most urgent first."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plant.web.access import needs
from traceability import anomalies


@needs("anomaly.read")
def page(request: HttpRequest) -> HttpResponse:
    """The queue, of one kind or of all."""
    only = request.GET.get("kind", "")
    rows = anomalies.queue(request.user, timezone.now())
    count = Counter(row.sort.key for row in rows)
    context = {
        "sorts": [(one, count[one.key], one.key == only) for one in anomalies.sorts(request.user)],
        "rows": [row for row in rows if only in ("", row.sort.key)], "only": only, "all": len(rows),
        "late": sum(row.is_late for row in rows),
    }
    return render(request, "traceability/anomaly/page.html", context)
