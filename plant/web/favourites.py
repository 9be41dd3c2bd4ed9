"""Stars, and remembering what somebody opened."""

import html
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from plant import navigation
from plant.commands import desks
from plant.queries import desks as reading
from plant.web import refusals
from plant.web.access import needs

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
OBJECTS = ("-detail", "-history")
LOOKED_AT = 4000


@require_POST
@needs("home.view")
def favourite(request: HttpRequest) -> HttpResponse:
    """Put a star on a page, or take it off."""
    url, title = request.POST.get("url", ""), request.POST.get("title", "")
    if request.POST.get("on") == "1":
        place = navigation.place(url.partition("?")[0])
        desks.star(url=url, title=title, place=place, by=request.user, at=timezone.now())
    else:
        desks.unstar(url=url, by=request.user)
    if refusals.is_htmx(request) or refusals.wants_json(request):
        return HttpResponse(status=204)
    return HttpResponseRedirect(reverse("plant:preferences"))


class RememberVisits:
    """Notes each object page that somebody opens, for the palette."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_object_page(request, response) and reading.last_visited(request.user) != request.path:
            title, place = title_of(response), navigation.place(request.path)
            desks.visit(url=request.path, title=title, place=place, by=request.user, at=timezone.now())
        return response


def is_object_page(request: HttpRequest, response: HttpResponse) -> bool:
    """A whole page about one thing, opened by somebody."""
    match = request.resolver_match
    is_page = request.method == "GET" and response.status_code == 200 and not response.streaming
    is_html = response.get("Content-Type", "").startswith("text/html") and not refusals.is_htmx(request)
    is_about = bool(match and (match.url_name or "").endswith(OBJECTS) and match.namespace not in ("admin", "station"))
    return is_page and is_html and is_about and request.user.is_authenticated and len(request.path) <= desks.LONGEST_URL


def title_of(response: HttpResponse) -> str:
    """What the page calls itself, without the product's name."""
    found = TITLE.search(response.content[:LOOKED_AT].decode("utf-8", "ignore"))
    return html.unescape(found[1]).rpartition("·")[0].strip() if found else ""
