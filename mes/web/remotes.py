"""The phone as remote control: scanning a screen's code lets it turn the boards for a while."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mes.commands import wall_screens
from mes.models import WallScreen
from mes.queries import wall_screens as screens
from mes.web.screens import CODE_SALT
from plant.web.access import View, public

CODE_SECONDS, REMOTE_SECONDS = 10 * 60, 20 * 60
COOKIE, COOKIE_SALT = "wall_remote", "wall-remote"


@public
@require_safe
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Trade the code on the screen for some minutes of steering; the code alone steers nothing."""
    screen = named(loaded(code, CODE_SALT, CODE_SECONDS))
    if screen is None:
        return over(request)
    response = redirect("screen:remote")
    response.set_signed_cookie(
        COOKIE, signing.dumps([screen.pk, screen.token_hash[:16]]), salt=COOKIE_SALT, max_age=REMOTE_SECONDS,
        httponly=True, samesite="Lax", path=reverse("screen:remote"), secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def loaded(code: str, salt: str, seconds: int) -> Any:
    """What a signed code says, if it is ours and young enough."""
    try:
        return signing.loads(code, salt=salt, max_age=seconds)
    except signing.BadSignature:
        return None


def named(said: Any) -> WallScreen | None:
    """The screen that is meant, if it is still open under the same address."""
    if not (isinstance(said, list) and len(said) == 2):
        return None
    screen = screens.related().filter(pk=said[0], token_hash__startswith=str(said[1])).first()
    return screen if screen and screens.is_open(screen, timezone.now()) else None


def over(request: HttpRequest) -> HttpResponse:
    """The time is up: scan again."""
    return render(request, "mes/wall/remote_over.html", status=403)


def with_remote(view: View) -> View:
    """Open a view to a phone that has scanned the code of a screen some minutes ago."""

    @public
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        said = request.get_signed_cookie(COOKIE, None, salt=COOKIE_SALT, max_age=REMOTE_SECONDS)
        screen = named(loaded(said or "", "django.core.signing", REMOTE_SECONDS))
        return over(request) if screen is None else view(request, screen)

    return guarded


@with_remote
@require_safe
def remote(request: HttpRequest, screen: WallScreen) -> HttpResponse:
    """The remote: what the screen shows, and the boards to choose from."""
    part = request.headers.get("HX-Request") == "true"
    return render(request, "mes/wall/remote_part.html" if part else "mes/wall/remote.html", facts(screen))


@require_POST
@with_remote
def turn(request: HttpRequest, screen: WallScreen) -> HttpResponse:
    """Stop, go on, one back, one forward, or a board by name."""
    now, act = timezone.now(), request.POST.get("act", "")
    found = screens.pages_of(screen)
    keys = [page.key for page in found]
    here = keys.index(screens.place(screen, found, now).page.key)
    steps = {"back": -1, "next": 1}
    key = act if act in keys else keys[(here + steps.get(act, 0)) % len(keys)]
    paused = {"pause": True, "go": False}.get(act, screen.is_paused)
    screen = wall_screens.turn(screen=screen, page=key, is_paused=paused, at=now)
    if request.headers.get("HX-Request") == "true":
        return render(request, "mes/wall/remote_part.html", facts(screen))
    return redirect("screen:remote")


def facts(screen: WallScreen) -> dict[str, Any]:
    """What the remote shows."""
    found = screens.pages_of(screen)
    return {"screen": screen, "pages": found, "here": screens.place(screen, found, timezone.now()).page}
