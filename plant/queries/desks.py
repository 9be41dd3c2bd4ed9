"""What lies on somebody's own desk."""

from plant import preferences
from plant.models import Favourite, Person, Preference, Visited


def choices(person: Person) -> dict[str, str]:
    """Every choice of a person, with what holds for those never made; read once per request."""
    if not hasattr(person, "_choices"):
        kept = Preference.objects.filter(person=person).values_list("choices", flat=True).first() or {}
        person._choices = preferences.complete({**kept, "theme": person.theme})  # type: ignore[attr-defined]
    found: dict[str, str] = person._choices  # type: ignore[attr-defined]
    return found


def favourites(person: Person) -> list[Favourite]:
    """The pages with a star, in the order in which they got it; read once per request."""
    if not hasattr(person, "_favourites"):
        person._favourites = list(Favourite.objects.filter(person=person))  # type: ignore[attr-defined]
    found: list[Favourite] = person._favourites  # type: ignore[attr-defined]
    return found


def visited(person: Person, *, most: int = 8) -> list[Visited]:
    """What somebody opened last, newest first."""
    return list(Visited.objects.filter(person=person)[:most])


def last_visited(person: Person) -> str:
    """The address that somebody opened last."""
    return Visited.objects.filter(person=person).values_list("url", flat=True).first() or ""
