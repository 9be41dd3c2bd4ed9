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
    look = {
        "live_url": settings.LIVE_URL,
        "theme": _chosen(request, "theme", THEMES, getattr(person, "theme", "auto")),
        "density": _chosen(request, "density", DENSITIES, "comfortable"),
    }
    if person is None or not person.is_authenticated or request.headers.get("HX-Request"):
        return look
    return look | {
        "nav": navigation.rail(person, request.path),
        "alarms": inbox.count(person),
        "language": person.language,
        "site_name": person.site.name if person.site else "",
    }


def _chosen(request: HttpRequest, name: str, allowed: tuple[str, ...], otherwise: str) -> str:
    value = request.COOKIES.get(name, "")
    return value if value in allowed else otherwise
