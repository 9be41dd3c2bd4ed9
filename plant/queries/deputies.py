"""For whom somebody stands in, and who stands in for them."""

from datetime import datetime

from plant.models import Deputy, Person


def away(person: Person, at: datetime) -> list[Person]:
    """The people whose tasks somebody sees beside their own now."""
    rows = Deputy.objects.filter(deputy=person, begins_at__lte=at, ends_at__gt=at, person__is_active=True)
    found = {row.person_id: row.person for row in rows.select_related("person")}
    return list(found.values())


def own(person: Person) -> list[Deputy]:
    """Whom a person named, newest first."""
    return list(Deputy.objects.filter(person=person).select_related("deputy")[:30])


def others(person: Person, at: datetime) -> list[Deputy]:
    """Who named this person and still counts on them."""
    rows = Deputy.objects.filter(deputy=person, ends_at__gt=at)
    return list(rows.select_related("person"))
