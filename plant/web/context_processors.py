"""What the frame around every page shows: the rail, the live connection, the look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from plant import helping, navigation, preferences, tours
from plant.models import Person
from plant.queries import desks
from plant.web.notifications import at_the_bell

MOST_STARS = 8
ON_DEVICE = ("theme", "density")
SEEN = "seen"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The values that base.html and its parts ask for."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"live_url": settings.LIVE_URL, **look(request)}
    if not hasattr(request, "zz_shell"):  # each part that is drawn by itself asks again
        chosen = desks.choices(person)
        shown = {"live_url": settings.LIVE_URL, **chosen}
        is_part = bool(request.headers.get("HX-Request"))
        request.zz_shell = shown if is_part else shown | frame(request, person, chosen)  # type: ignore[attr-defined]
    found: dict[str, Any] = request.zz_shell  # type: ignore[attr-defined]
    return found


def frame(request: HttpRequest, person: Person, chosen: dict[str, str]) -> dict[str, Any]:
    """What stands around a whole page: rail, bell, star, help, and the first walk through."""
    starred = desks.favourites(person)
    here = request.get_full_path()
    return {
        "nav": navigation.rail(person, request.path),
        "favourites": [(row, navigation.page(row.place)) for row in starred[:MOST_STARS]],
        "is_starred": any(row.url == here for row in starred),
        "help_topic": help_name(request),
        "tour_steps": tours.of(person) if request.path == "/" and chosen["tour"] != SEEN else [],
        "language": person.language,
        "site_name": person.site.name if person.site else "",
        **at_the_bell(request),
    }


def help_name(request: HttpRequest) -> str:
    """The help text of this page, if it has one."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name if name and helping.topic(name) else ""


def look(request: HttpRequest) -> dict[str, str]:
    """Before sign-in: the colours and spacing that this device showed last."""
    return preferences.complete({name: request.COOKIES.get(name) for name in ON_DEVICE})
