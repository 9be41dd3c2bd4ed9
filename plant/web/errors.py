"""The pages for when something is wrong."""

import logging
import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from plant.web.access import public
from plant.web.context_processors import look

log = logging.getLogger(__name__)


def _problem(status: int, title: str, detail: str) -> JsonResponse:
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _page(request: HttpRequest, status: int, title: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return _problem(status, title, title)
    return render(request, f"errors/{status}.html", status=status)


@public
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request can't be read."""
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
def server_error(request: HttpRequest) -> HttpResponse:
    """Our fault; drawn without the database, and with a number that stands in the log."""
    ticket = secrets.token_hex(4)
    log.error("error %s at %s", ticket, request.path)
    detail = _("Error number: %(ticket)s") % {"ticket": ticket}
    if request.path.startswith("/api/"):
        return _problem(500, _("The server failed"), detail)
    context = {"detail": detail, "live_url": "", **look(request)}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)
