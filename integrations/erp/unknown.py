"""Addresses of the API that lead nowhere, or lack their last slash."""

from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from integrations.erp import problems


class SameWithSlash(HttpResponse):
    """Ask again, the same way and with the same body."""

    status_code = 308


@csrf_exempt
def address(request: HttpRequest) -> HttpResponse:
    """Send on what only lacks the slash; everything else is not found."""
    if not request.path.endswith("/") and resolve(f"{request.path_info}/").url_name != "unknown":
        query = request.META.get("QUERY_STRING", "")
        return SameWithSlash(headers={"Location": f"{request.path}/?{query}" if query else f"{request.path}/"})
    detail = _("There is nothing at this address. /api/v1/docs/ lists what there is.")
    return problems.respond(problems.body(404, _("Not found"), detail, "not-found"))
