"""A wall screen by its secret address: no login, nothing but its own boards."""

import hashlib
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from mes.commands import wall_screens
from mes.models import WallScreen
from mes.queries import wall_screens as screens
from mes.queries.wall_screens import Place
from mes.web import wall_boards
from mes.web.labels import qr_svg
from plant.web.access import View, public

CODE_SALT = "wall-remote-code"


def with_screen(view: View) -> View:
    """Open a view to whoever knows the secret of an open screen, in that screen's language."""

    @public
    @require_safe
    @wraps(view)
    def guarded(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        screen = screens.by_secret(secret, timezone.now())
        if screen is None:
            return gone(request)
        with translation.override(screen.language):
            request.LANGUAGE_CODE = screen.language
            response = view(request, screen, secret, **kwargs)
        patch_cache_control(response, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


def gone(request: HttpRequest) -> HttpResponse:
    """An address that opens nothing: closed, expired, or never given; the answer is the same."""
    return render(request, "mes/wall/gone.html", status=404)


@with_screen
def show(request: HttpRequest, screen: WallScreen, secret: str) -> HttpResponse:
    """The screen: its frame, and the board that it stands at."""
    found = screens.pages_of(screen)
    here = screens.place(screen, found, timezone.now())
    told = [
        {"key": one.key, "title": one.title, "url": reverse("screen:board", args=[secret, one.key])} for one in found
    ]
    live = f"{settings.LIVE_URL.rstrip('/')}/wall/{secret}/" if settings.LIVE_URL else ""
    return render(request, "mes/wall/screen.html", {
        "screen": screen, "page": here.page, "pages": told, "live_url": live,
        "state_url": reverse("screen:state", args=[secret]), "remote_url": reverse("screen:remote-code", args=[secret]),
        "topics": [*wall_boards.topics(found), wall_screens.topic(screen)],
        "board": wall_boards.facts(here.page, screen.site, at=timezone.localtime()),
        "board_template": wall_boards.TEMPLATES[here.page.board],
    })


@with_screen
def board(request: HttpRequest, screen: WallScreen, secret: str, key: str) -> HttpResponse:
    """One board of the screen as it stands now."""
    page = next((one for one in screens.pages_of(screen) if one.key == key), None)
    if page is None:
        return gone(request)
    return wall_boards.draw(request, page, screen.site, at=timezone.localtime())


@with_screen
def state(request: HttpRequest, screen: WallScreen, secret: str) -> HttpResponse:
    """Where the screen stands in its round; asking shows that it is alive."""
    now = timezone.now()
    wall_screens.seen(screen=screen, at=now)
    here = screens.place(screen, screens.pages_of(screen), now)
    return JsonResponse({**as_json(screen, here), "version": version()})


@with_screen
def remote_code(request: HttpRequest, screen: WallScreen, secret: str) -> HttpResponse:
    """The code that lets a phone steer the screen, good for a few minutes from now."""
    code = signing.dumps([screen.pk, screen.token_hash[:16]], salt=CODE_SALT)
    return qr_svg(request.build_absolute_uri(reverse("screen:remote-enter", args=[code])))


def as_json(screen: WallScreen, here: Place) -> dict[str, Any]:
    """Where a screen stands, for the screen itself and for its remotes."""
    return {"page": here.page.key, "seconds_left": here.seconds_left, "seconds": screen.seconds,
            "is_paused": screen.is_paused}


@cache
def version() -> str:
    """Changes with every upgrade of scripts and styles: a screen that sees another one loads itself anew."""
    names = [staticfiles_storage.url(name) for name in ("build/app.js", "build/style.css", "css/wall.css")]
    return hashlib.sha256("".join(names).encode()).hexdigest()[:12]
