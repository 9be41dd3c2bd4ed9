"""The way out: the session here ends, and the one at the company's identity provider through which somebody came."""

import logging

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_POST

from plant import oidc
from plant.commands import sign_ins
from plant.web import sessions
from plant.web.access import public

log = logging.getLogger(__name__)


@require_POST
@public
def logout(request: HttpRequest) -> HttpResponse:
    """End the session on the server, then send the browser to the provider to end the one there."""
    there = _farewell(request)
    if request.user.is_authenticated:
        sign_ins.sign_out(by=request.user)
    auth.logout(request)
    if not there:
        return HttpResponseRedirect(resolve_url("plant:login"))
    # A form may lead to no other host by the content policy, so a page goes on from here by itself.
    answer = render(request, "registration/leaving.html", {"there": there, "name": settings.OIDC.name})
    answer["Refresh"] = f"0; url={there}"
    return answer


def _farewell(request: HttpRequest) -> str:
    token = request.session.get(sessions.OUTSIDE)
    if settings.OIDC is None or not token:
        return ""
    try:
        return oidc.farewell(settings.OIDC, token, back=request.build_absolute_uri(resolve_url("plant:login")))
    except oidc.OutsideFailed as failure:
        log.warning("the session at %s stays: %s", settings.OIDC.issuer, failure)
        return ""
