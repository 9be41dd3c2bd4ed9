"""The pages for when something is wrong."""

import logging
import secrets
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from plant.web import refusals
from plant.web.access import public
from plant.web.context_processors import look

log = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


CODES = {
    400: "bad-request", 403: "forbidden", 404: "not-found", 413: "too-large", 429: "too-many-requests",
    500: "server-error",
}


def _problem(status: int, title: str, detail: str) -> JsonResponse:
    body = {
        "type": f"urn:zhizao:problem:{CODES[status]}", "title": title, "status": status, "detail": detail,
        "code": CODES[status],
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _page(request: HttpRequest, status: int, title: str, name: str = "", **context: Any) -> HttpResponse:
    if request.path.startswith(refusals.FOR_PROGRAMS) or refusals.wants_json(request):
        return _problem(status, title, str(context.get("detail", title)))
    if refusals.is_htmx(request):
        return refusals.toast(HttpResponse(status=status), title)
    return render(request, f"errors/{name or status}.html", context, status=status)


@public
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request can't be read, or carries more than the plant takes at once."""
    if isinstance(exception, TOO_LARGE):
        return _page(request, 413, _("Too much at once"))
    return _page(request, 400, _("The request was not understood"))


@public
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The person may not."""
    return _page(request, 403, _("You may not open this"))


@public
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """There is nothing at this address."""
    return _page(request, 404, _("There is nothing here"))


@public
def form_is_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open for so long that nobody can tell whether it is the plant's own."""
    return _page(request, 403, _("The page was open for too long. Reload it and try again."), "old_form")


@public
def too_many(request: HttpRequest, *, seconds: int = 60) -> HttpResponse:
    """Too many requests in a short time: when to come back."""
    detail = _("Try again in %(seconds)s seconds.") % {"seconds": seconds}
    response = _page(request, 429, _("Too many requests"), detail=detail)
    response["Retry-After"] = str(seconds)
    return response


@public
def offline(request: HttpRequest) -> HttpResponse:
    """For a device that has lost the network: what still works. Kept on the device, so it shows nobody's name."""
    return HttpResponse(render_to_string("errors/offline.html", {"live_url": "", **look(request)}))


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; drawn without the database, and with a number that stands in the log."""
    ticket = secrets.token_hex(4)
    log.error("error %s at %s", ticket, request.path)
    detail = _("Error number: %(ticket)s") % {"ticket": ticket}
    if request.path.startswith(refusals.FOR_PROGRAMS):
        return _problem(500, _("The server failed"), detail)
    context = {"detail": detail, "live_url": "", **look(request)}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)
