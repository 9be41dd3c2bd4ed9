"""The first page, what waits, and finding things."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from plant.queries import search
from plant.search import Hit
from plant.web import cards
from plant.web.access import needs
from plant.web.notifications import entries_of

SHOWN = 6


@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    """The panels of one's roles, and what waits."""
    waiting = [entry for entry in entries_of(request) if entry.snoozed_until is None]
    context = {
        **cards.of(request), "entries": waiting[:SHOWN], "more": max(0, len(waiting) - SHOWN), "now": timezone.now(),
    }
    return render(request, "plant/home.html", context)


@needs("search.use")
def find(request: HttpRequest) -> HttpResponse:
    """Go to the one thing that a code names, or list what was found."""
    text = request.GET.get("q", "")
    hits = search.find(text, request.user)
    if request.GET.get("format") == "json":
        return JsonResponse({"results": [_as_json(hit) for hit in hits[:20]]})
    exact = search.exact(hits)
    if exact:
        return HttpResponseRedirect(exact.url)
    return render(request, "plant/search.html", {"hits": hits, "text": search.clean(text)})


def _as_json(hit: Hit) -> dict[str, Any]:
    kind = " · ".join(str(part) for part in (hit.kind, hit.detail) if part)
    return {"title": hit.title, "kind": kind, "url": hit.url, "icon": f"ti ti-{hit.icon}", "exact": hit.exact}
