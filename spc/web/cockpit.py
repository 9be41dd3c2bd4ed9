"""The cockpit: every process on one wall, the one that needs somebody most first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from plant.web.access import needs
from spc.queries import charts, cockpit


@needs("chart.read")
def wall(request: HttpRequest) -> HttpResponse:
    """All charts as tiles, narrowed by what stands in the address."""
    context = shown(request) | {"choices": cockpit.choices(request.user), "states": charts.words()}
    return render(request, "spc/cockpit/wall.html", context)


@needs("chart.read")
def tiles(request: HttpRequest) -> HttpResponse:
    """The tiles again, for a page that is open."""
    return render(request, "spc/cockpit/tiles.html", shown(request))


def shown(request: HttpRequest) -> dict[str, Any]:
    """One page of the wall, and how many charts stand how."""
    now, asked = timezone.now(), read(request)
    rows = cockpit.narrowed(cockpit.every(request.user, now), asked)
    counts = cockpit.counts(rows)
    pages = Paginator(cockpit.in_order(rows, asked.state), cockpit.PAGE)
    # The states were counted above: nobody counts again.
    pages.count = counts[asked.state] if asked.state in counts else sum(counts.values())
    page = pages.get_page(request.GET.get("page"))
    words = charts.words()
    return {
        "tiles": cockpit.tiles(page.object_list, now), "page": page, "asked": asked,
        "next": with_page(request, page.next_page_number()) if page.has_next() else "",
        "previous": with_page(request, page.previous_page_number()) if page.has_previous() else "",
        "total": pages.count, "is_narrowed": asked != cockpit.Asked(),
        "tabs": [tab(request, "", "", sum(counts.values()), asked)]
        + [tab(request, state, words[state], number, asked) for state, number in counts.items()],
    }


def with_page(request: HttpRequest, number: int) -> str:
    """The address of another page of the wall."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def tab(request: HttpRequest, state: str, word: str, number: int, asked: cockpit.Asked) -> dict[str, Any]:
    """A state with how many charts are in it, and where it leads."""
    query = request.GET.copy()
    query.pop("page", None)
    query["state"] = state
    if not state:
        del query["state"]
    tone = charts.TONES[state] if state and number else ""
    return {"url": f"?{query.urlencode()}", "word": word, "number": number, "tone": tone, "on": asked.state == state}


def read(request: HttpRequest) -> cockpit.Asked:
    """What the address asks for."""
    words = {name: request.GET.get(name, "")[:80] for name in ("line", "equipment", "plan", "state")}
    if words["state"] not in charts.ORDER:
        words["state"] = ""
    return cockpit.Asked(**words, text=request.GET.get("q", "")[:80])
