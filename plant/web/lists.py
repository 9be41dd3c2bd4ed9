"""The door of every list: the page, its moving part for htmx, files, saved views, and acts on many rows."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from plant.lists import asked as asking
from plant.lists import progress, reading
from plant.lists.asked import Asked
from plant.lists.description import Listing, Viewer, register
from plant.lists.filters import Filter
from plant.web import list_acts, list_drawing, list_files, list_views
from plant.web.access import View, needs

POSTS = {**list_views.POSTS, **list_acts.POSTS}


def view(listing: Listing) -> View:
    """Make a list known, and open its page to those who may see it."""
    register(listing)

    @require_http_methods(["GET", "HEAD", "POST"])
    @needs(listing.action)
    def listed(request: HttpRequest) -> HttpResponse:
        viewer = Viewer(request.user, timezone.now())
        if request.method == "POST":
            act = POSTS.get(request.POST.get("do", ""))
            return act(request, listing, viewer) if act else HttpResponseRedirect(reverse(listing.url))
        return _got(request, listing, viewer)

    listed.zz_needs = listing.action  # type: ignore[attr-defined]
    listed.zz_list = listing.key  # type: ignore[attr-defined]
    return listed


def _got(request: HttpRequest, listing: Listing, viewer: Viewer) -> HttpResponse:
    if token := request.GET.get("progress", ""):
        return JsonResponse({"rows": progress.read(viewer.person.pk, token[:64])})
    asked = asking.read(listing, dict(request.GET.lists()))
    if request.GET.get("format", "") in list_files.KINDS:
        return list_files.download(request, listing, asked, viewer)
    page = reading.page(listing, asked, viewer)
    if asked.cursor and not page.rows:
        return HttpResponseRedirect("?" + asking.write(listing, list_drawing.change(asked, cursor="")))
    is_part = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    context = list_drawing.context(request, listing, asked, viewer, page)
    if is_part:
        answer = render(request, "lists/table.html" if "part" in request.GET else "lists/rows.html", context)
        answer["HX-Push-Url"] = context["here"]
        return answer
    return render(request, "lists/page.html", context | _frame(request, listing, asked, viewer))


def _frame(request: HttpRequest, listing: Listing, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """What stands around the rows and stays when they change."""
    bar = [_filter(one, asked, viewer) for one in listing.filters]
    return {
        "front": [one for one in bar if not one["filter"].more], "behind": [one for one in bar if one["filter"].more],
        "behind_count": sum(1 for one in bar if one["filter"].more and one["value"] is not None),
        "links": list_drawing.links(listing.links, viewer), "around": listing.around(viewer) if listing.around else {},
    }


def _filter(one: Filter, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """A filter with what it offers and what is chosen."""
    value = asked.values.get(one.key)
    said = dict(one.write(value)) if value is not None else {}
    chosen = value if isinstance(value, tuple) else (value,)
    return {
        "filter": one, "value": value, "choices": one.offered(viewer.person), "chosen": [str(key) for key in chosen],
        "ends": [(name, said.get(name, "")) for name in one.names], "template": f"lists/filters/{one.widget}.html",
    }
