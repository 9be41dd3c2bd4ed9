"""Where the pieces of a nonconformance are now, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from plant.web.access import needs
from qms.queries import nonconformances, whereabouts

WORDS = {
    "stock": (_("In the store"), "building-warehouse"), "wip": (_("In production"), "tools"),
    "transit": (_("Picked for a shipment"), "truck-loading"), "shipped": (_("With customers"), "truck-delivery"),
    "consumed": (_("Built into something else"), "arrow-merge"), "gone": (_("Scrapped, returned or lost"), "trash"),
}


@needs("nonconformance.read")
def where(request: HttpRequest, number: str) -> HttpResponse:
    """By kind of place: which lots, how much, held or not."""
    case = nonconformances.by_number(number)
    found = whereabouts.of_case(case)
    groups = [
        {
            "word": word, "icon": icon, "lots": found.lots(kind), "rows": found.found.get(kind, []),
            "tone": "failed" if kind in ("transit", "shipped") and found.lots(kind) else "",
        }
        for kind, (word, icon) in WORDS.items()
    ]
    context = {"case": case, "groups": groups, "loose": found.not_held()}
    return render(request, "qms/nonconformance/where.html", context)
