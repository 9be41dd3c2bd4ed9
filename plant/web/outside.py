"""The way in through the company's identity provider: there, and back with an answer."""

import logging
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plant import oidc
from plant.commands import identities
from plant.errors import Refusal
from plant.web import sessions, sign_in
from plant.web.access import public

log = logging.getLogger(__name__)
ASKED = "asked_outside"
# How long somebody may take there, and in how many windows at once.
LASTS, MOST = timedelta(minutes=10), 4


@require_GET
@public
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the provider, with secrets that only this browser's answer can match."""
    provider, where = _provider(), sign_in.wanted(request)
    if request.user.is_authenticated:
        return HttpResponseRedirect(where)
    begun = oidc.begin()
    try:
        there = oidc.address(provider, begun, back=_back(request))
    except oidc.OutsideFailed as failure:
        return _failed(request, failure, where)
    asked = request.session.get(ASKED, {})
    kept = dict(list(asked.items())[-(MOST - 1):])
    until = (timezone.now() + LASTS).isoformat()
    kept[begun.state] = {"nonce": begun.nonce, "verifier": begun.verifier, "next": where, "until": until}
    request.session[ASKED] = kept
    return HttpResponseRedirect(there)


@require_GET
@public
def answer(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer: once, in the browser that asked, and only when everything about it is right."""
    provider, now = _provider(), timezone.now()
    asked = request.session.get(ASKED, {})
    state = request.GET.get("state", "")
    mine = asked.pop(state, None)
    request.session[ASKED] = asked
    until = parse_datetime(mine["until"]) if mine else None
    if mine is None or until is None or until < now:
        return _told(request, _("This sign-in was not begun in this window, or too long ago. Press the button again."))
    if "error" in request.GET or request.GET.get("iss", provider.issuer) != provider.issuer:
        failure = oidc.OutsideFailed("refused", request.GET.urlencode())
        return _failed(request, failure, mine["next"])
    begun = oidc.Begun(state, mine["nonce"], mine["verifier"])
    try:
        told = oidc.told(provider, begun, code=request.GET.get("code", ""), back=_back(request), at=now)
    except oidc.OutsideFailed as failure:
        return _failed(request, failure, mine["next"])
    request.session[sessions.OUTSIDE] = told.token
    return _enter(request, provider, told.claims, mine["next"])


def _enter(request: HttpRequest, provider: oidc.Provider, said: dict[str, object], where: str) -> HttpResponse:
    number = said.get(provider.number_claim)
    known = identities.Outside(provider.issuer, str(said["sub"]), str(number).strip() if number else "")
    try:
        person = identities.sign_in(outside=known, address=sessions.client_address(request), at=timezone.now())
    except Refusal as refusal:
        return _told(request, str(refusal), where)
    is_proven = oidc.has_second_factor(provider, said)
    return sign_in.enter(request, person, where=where, has_second_factor=is_proven)


def called(provider: oidc.Provider) -> str:
    """What people know the provider as."""
    return provider.name or str(_("The company account"))


def _provider() -> oidc.Provider:
    if settings.OIDC is None:
        raise Http404
    return settings.OIDC


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(resolve_url("plant:outside-answer"))


def _failed(request: HttpRequest, failure: oidc.OutsideFailed, where: str) -> HttpResponse:
    """The reason stands in the log, and in the journal when an answer was not believed; the person reads what to do."""
    provider = _provider()
    log.warning("sign-in through %s failed: %s", provider.issuer, failure)
    name = {"name": called(provider)}
    if failure.code == "refused":
        return _told(request, _("%(name)s did not let you in. Press the button again, "
                                "or sign in with number and password.") % name, where)
    if failure.code != "not-believed":
        return _told(request, _("%(name)s can't be reached now. Try again in a minute, "
                                "or sign in with number and password.") % name, where)
    identities.refuse(why=failure.code, issuer=provider.issuer, address=sessions.client_address(request))
    return _told(request, _("The answer of %(name)s could not be verified, so nobody was signed in. "
                            "Press the button again; if it stays so, tell your administrator.") % name, where)


def _told(request: HttpRequest, text: str, where: str = "") -> HttpResponse:
    """Back to the sign-in page, which says once why."""
    request.session[sign_in.REFUSED] = text
    query = f"?{urlencode({'next': where})}" if where else ""
    return HttpResponseRedirect(f"{resolve_url('plant:login')}{query}")
