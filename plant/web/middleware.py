"""What every page passes: content policy, sign-in, language, and refusals told well."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from plant import addresses
from plant.commands import persons
from plant.errors import Refusal
from plant.policies import Forbidden
from plant.scoping import Foreign
from plant.web import access, devices, errors, refusals, sessions

Handler = Callable[[HttpRequest], HttpResponse]


class Sessions(SessionMiddleware):
    """Django's sessions, but no page that only looks takes a sign-in away.

    A page asks by itself what is new. If its person changes meanwhile, such an answer belongs to the session before,
    and Django would take the cookie of the new one off the browser with it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer with the session's cookie; of GET and HEAD without one that empties it."""
        answer = super().process_response(request, response)
        cookie = answer.cookies.get(settings.SESSION_COOKIE_NAME)
        if cookie is not None and not cookie.value and request.method in ("GET", "HEAD"):
            del answer.cookies[settings.SESSION_COOKIE_NAME]
        return answer


# The one rule that the genealogy's graph library writes into the page: the hash of its text.
GRAPH_STYLE = b64encode(sha256(b".__________cytoscape_container { position: relative; }").digest()).decode()
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": f"'self' 'sha256-{GRAPH_STYLE}'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# The console's and the API page's own scripts and styles stand in their pages; nothing that people type is shown
# unescaped there.
LOOSER = {
    "/admin/": {"script-src": "'self' 'unsafe-inline' 'unsafe-eval'", "style-src": "'self' 'unsafe-inline'"},
    "/api/v1/docs/": {"script-src": "'self' 'unsafe-inline'", "style-src": "'self' 'unsafe-inline'"},
}
# Addresses that ask for no session: their own keys or nothing at all.
OPEN_PATHS = (*refusals.FOR_PROGRAMS, "/i18n/", "/static/", "/healthz", "/readyz", "/metrics")


def is_open(request: HttpRequest) -> bool:
    return request.path.startswith(OPEN_PATHS)


def part_of(path: str) -> str:
    """The part of the plant with a looser policy that an address lies in, or nothing."""
    return next((prefix for prefix in LOOSER if path.startswith(prefix)), "")


@cache
def policy(part: str, live_url: str) -> str:
    """The policy as browsers read it, put together once."""
    rules = POLICY | LOOSER.get(part, {})
    rules["connect-src"] = f"{POLICY['connect-src']} {live_url}".strip()
    return "; ".join(f"{key} {value}" for key, value in rules.items())


class ContentSecurityPolicy:
    """Nothing but the plant's own scripts runs, and no other site frames a page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", policy(part_of(request.path), settings.LIVE_URL))
        response.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        return response


class SignInRequired:
    """Every page asks who is there, except those marked public; a session that slept too long ends."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and not is_open(request) and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if is_open(request):
            return None
        sessions.end_if_idle(request, at=timezone.now())
        if request.path.startswith("/station/") and (refused := devices.refuse_unknown(request, kwargs)):
            return refused
        if access.is_public(view) and not request.user.is_authenticated:
            return None
        if not request.user.is_authenticated:
            return refusals.to_sign_in(request)
        if request.path == "/" and (own := addresses.own_page(request.user)):
            return HttpResponseRedirect(own)
        if not addresses.is_within(request.resolver_match, request.user):
            raise Http404
        if request.path.startswith("/admin/") and not request.user.is_staff:
            return refusals.forbidden(request)
        return None


class PersonLanguage:
    """Speaks the language that a person chose, and remembers a new choice; before sign-in the browser decides."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_open(request):
            response = self.get_response(request)
            self.remember(request)
            return response
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)

    def remember(self, request: HttpRequest) -> None:
        """Keep the language that somebody has just chosen for themselves."""
        if request.method == "POST" and request.path.startswith("/i18n/") and request.user.is_authenticated:
            persons.choose_language(language=request.POST.get("language", ""), by=request.user)


class RefusalToPage:
    """A refusal that left a view becomes a message, a fragment or a page, never a server error."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Forbidden):
            return refusals.forbidden(request, error)
        if isinstance(error, Foreign) and request.method == "GET":
            return errors.not_found(request)
        return refusals.answer(request, error) if isinstance(error, Refusal) else None
