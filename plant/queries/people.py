"""Lists of people for the pages about them."""

from typing import Any

from django.db.models import QuerySet

from plant.models import Person, PersonKind


def listed() -> QuerySet[Person]:
    """Every person, with roles and site ready."""
    return Person.objects.filter(kind=PersonKind.HUMAN).prefetch_related("personrole_set").select_related("site")


def holding(role: str) -> QuerySet[Person]:
    """Everybody who has a role now."""
    rows = Person.objects.filter(personrole__role=role, kind=PersonKind.HUMAN, is_active=True)
    return rows.order_by("pk").distinct()


def by_badge(badge: str) -> Person | None:
    """Whose badge this is, if somebody's."""
    return Person.objects.filter(badge=badge, kind=PersonKind.HUMAN).exclude(badge="").first()


def roles_of(person: Person) -> list[Any]:
    """The roles of a person from a list, as words."""
    return [row.get_role_display() for row in person.personrole_set.all()]
