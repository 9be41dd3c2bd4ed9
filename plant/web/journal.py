"""The record book on the screen."""


from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plant.queries import journal
from plant.spoken import told_all
from plant.web.access import needs


@needs("journal.read")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with everything that it carries."""
    entry = journal.entry(pk)
    if entry is None:
        raise Http404
    changes = [(name, told_all(value)) for name, value in sorted(entry.data.items())]
    return render(request, "plant/journal/detail.html", {"entry": entry, "changes": changes})
