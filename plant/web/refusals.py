"""How a refusal reaches the person: in the form they used, on the page they came from."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from plant.errors import Refusal

FOR_PROGRAMS = ("/api/", "/epcis/", "/soap/")  # addresses that other systems call, with a key of their own


def wants_json(request: HttpRequest) -> bool:
    """A script asked, not a person."""
    return "json" in request.headers.get("Accept", "") or request.content_type == "application/json"


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def problem(refusal: Refusal, status: int = 409) -> JsonResponse:
    """A refusal in the words of RFC 9457."""
    body = {"type": f"urn:zhizao:{refusal.code}", "title": refusal.code, "status": status, "outcome": "refused",
            "detail": str(refusal), **refusal.facts}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def toast(response: HttpResponse, text: Any, tone: str = "failed") -> HttpResponse:
    """Have the page that htmx runs in show a toast."""
    response["HX-Trigger"] = json.dumps({"toast": {"tone": tone, "text": str(text)}})
    return response


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Tell a refusal: JSON for scripts, a fragment for htmx, a message on the page that the form came from."""
    if is_htmx(request):
        return toast(render(request, "plant/refusal.html", {"refusal": refusal}, status=409), refusal)
    is_nowhere = request.method == "GET" and refusal.code.startswith("unknown-")
    status = 404 if is_nowhere else 409
    if wants_json(request):
        return problem(refusal, status)
    back = request.headers.get("Referer", "")
    if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    return render(request, "plant/refused.html", {"refusal": refusal, "is_nowhere": is_nowhere}, status=status)


def forbidden(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """Tell somebody that their roles do not allow this."""
    refusal = refusal or Refusal(_("This is for administrators only."), code="forbidden")
    if is_htmx(request):
        return toast(render(request, "plant/refusal.html", {"refusal": refusal}, status=403), refusal)
    if wants_json(request):
        return problem(refusal, 403)
    return render(request, "errors/403.html", {"detail": refusal}, status=403)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who is there, and remember where they wanted to go."""
    if is_htmx(request):
        response = HttpResponse(status=401)
        response["HX-Redirect"] = resolve_url("plant:login")
        return response
    if wants_json(request):
        return problem(Refusal(_("You are signed out. Sign in again."), code="signed-out"), 401)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else resolve_url("plant:home"))
