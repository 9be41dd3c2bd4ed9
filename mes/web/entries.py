"""How values come in, operation by operation: what machines read and what people still type."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mes.queries import entries
from plant.web.access import needs
from traceability.models import Source


@needs("reading.read")
def share(request: HttpRequest) -> HttpResponse:
    """The share of parameters that are typed, by operation."""
    rows = entries.by_operation(request.user, timezone.now())
    total = sum(row.total for row in rows)
    by_hand = sum(row.parameters[Source.MANUAL] for row in rows)
    context = {
        "rows": rows, "total": total, "typed": by_hand, "share": 100 * by_hand / total if total else 0.0,
        "ways": [source.label for source in Source],
    }
    return render(request, "mes/entry/share.html", context)
