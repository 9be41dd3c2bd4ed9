"""What the frame around every page shows: the rail, the live connection, the look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from plant import navigation
from plant.queries import inbox

THEMES = ("light", "dark", "contrast", "auto")
DENSITIES = ("comfortable", "compact")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The values that base.html and its parts ask for."""
    person = getattr(request, "user", None)
    shown = {"live_url": settings.LIVE_URL, **look(request, getattr(person, "theme", "auto"))}
    if person is None or not person.is_authenticated or request.headers.get("HX-Request"):
        return shown
    return shown | {
        "nav": navigation.rail(person, request.path),
        "alarms": inbox.count(person),
        "language": person.language,
        "site_name": person.site.name if person.site else "",
    }


def look(request: HttpRequest, theme: str = "auto") -> dict[str, str]:
    """Colours and spacing: those chosen on this device, else the person's."""
    return {
        "theme": _chosen(request, "theme", THEMES, theme),
        "density": _chosen(request, "density", DENSITIES, "comfortable"),
    }


def _chosen(request: HttpRequest, name: str, allowed: tuple[str, ...], otherwise: str) -> str:
    value = request.COOKIES.get(name, "")
    return value if value in allowed else otherwise
