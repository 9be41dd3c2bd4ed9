"""Lists of people for the pages about them."""

from typing import Any

from django.db.models import Q, QuerySet

from plant.models import Person, PersonKind

SORTS = {"number", "name"}


def listed(*, text: str = "", role: str = "", sort: str = "number") -> QuerySet[Person]:
    """People, found by number or name and by role, with their roles ready."""
    rows = Person.objects.filter(kind=PersonKind.HUMAN).prefetch_related("personrole_set").select_related("site")
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(name__icontains=text))
    if role:
        rows = rows.filter(personrole__role=role)
    return rows.order_by(sort if sort.lstrip("-") in SORTS else "number")


def by_badge(badge: str) -> Person | None:
    """Whose badge this is, if somebody's."""
    return Person.objects.filter(badge=badge, kind=PersonKind.HUMAN).exclude(badge="").first()


def roles_of(person: Person) -> list[Any]:
    """The roles of a person from a list, as words."""
    return [row.get_role_display() for row in person.personrole_set.all()]
