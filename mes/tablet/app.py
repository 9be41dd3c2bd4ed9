"""The station page as an app on the tablet: manifest, service worker, and the page for when there is no network."""

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mes.tablet.access import idle_limit, station_or_404
from plant.web.access import public
from plant.web.context_processors import look

COLOUR, GROUND = "#17212b", "#0f151b"  # --rail and the dark --ground of static/css/tokens.css
# Parts of the bundle that no station page loads
OTHER_PAGES = ("chart.", "echarts", "genealogy", "list", "mention", "palette", "wall")
# What the page without network is made of
KEPT = ("templates/tablet.html", "templates/mes/station/offline.html", "help/en/station.work.md",
        "help/zh/station.work.md")
NAMED = ("css/tablet.css", "django_htmx/htmx-2.min.js", "img/mark.svg", "img/app.svg", "vendor/idb.js",
         "js/station_worker.js", "build/app.js", "build/style.css")


@public
@require_safe
def manifest(request: HttpRequest, code: str = "") -> HttpResponse:
    """What the tablet shows of the app, and where it starts: at its station, or at the choice of one."""
    station = station_or_404(code) if code else None
    start = reverse("station:work", args=[code]) if station else reverse("station:choose")
    icon = {"src": staticfiles_storage.url("img/app.svg"), "sizes": "any", "type": "image/svg+xml"}
    name = _("Zhizao station")
    return JsonResponse(
        {
            "id": start, "start_url": start, "scope": reverse("station:choose"), "display": "standalone",
            "orientation": "any", "lang": get_language(), "name": f"{name} {code}".strip(),
            "short_name": code or name, "description": _("Scan, report and stop at this station."),
            "theme_color": COLOUR, "background_color": GROUND, "categories": ["business", "productivity"],
            "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
        },
        content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False},
    )


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which files are the shell, then the code that keeps them. Changes when one of them does."""
    code = staticfiles_storage.url("js/station_worker.js")
    pages = {language: f"{reverse('station:offline')}?language={language}" for language in dict(settings.LANGUAGES)}
    told = {"version": version(), "files": shell(), "offline": pages, "usual": settings.LANGUAGE_CODE}
    text = f"self.shell = {json.dumps(told)};\nimportScripts({json.dumps(code)});\n"
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page without network: it keeps scans. It is stored on the tablet, so it names nobody and holds no token."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        shown = {"live_url": "", "lock_after": int(idle_limit().total_seconds()), **look(request)}
        return HttpResponse(render_to_string("mes/station/offline.html", shown))


def shell() -> list[str]:
    """The files that the station page needs to start, by the address that carries their version."""
    return [*(staticfiles_storage.url(name) for name in NAMED), *parts()]


@cache
def parts() -> list[str]:
    """The bundle's parts; their names carry a hash of their own, and scripts load them by that name."""
    built = Path(settings.BASE_DIR) / "static" / "build"
    names = sorted(path.name for path in built.glob("*.*.js") if not path.name.startswith(OTHER_PAGES))
    return [f"{settings.STATIC_URL}build/{name}" for name in names]


def version() -> str:
    """One word for the state of all files of the shell."""
    digest = hashlib.sha256()
    for url in shell():
        digest.update(url.encode())
    for name in KEPT:
        digest.update((Path(settings.BASE_DIR) / name).read_bytes())
    return digest.hexdigest()[:16]
