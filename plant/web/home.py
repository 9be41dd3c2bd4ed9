"""The first page, what waits, and finding things."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from plant.queries import inbox, search
from plant.search import Hit
from plant.web import cards
from plant.web.access import needs

SHOWN = 6


@needs("home.view")
def home(request: HttpRequest) -> HttpResponse:
    """The panels of one's roles, and what waits."""
    items = inbox.waiting_for(request.user)
    context = {
        **cards.of(request), "items": items[:SHOWN], "more": max(0, len(items) - SHOWN), "now": timezone.now(),
    }
    return render(request, "plant/home.html", context)


@needs("inbox.view")
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person."""
    return render(request, _part(request, "plant/inbox.html"), {"items": inbox.waiting_for(request.user)})


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
    return {"title": hit.title, "kind": kind, "url": hit.url, "icon": f"ti ti-{hit.icon}"}


def _part(request: HttpRequest, page: str) -> str:
    """The page, or only its moving part when the page itself asks for it."""
    return page.replace(".html", "_list.html") if request.headers.get("HX-Request") == "true" else page
