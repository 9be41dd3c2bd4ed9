"""Who looks after the data of which site."""

from django.db.models import QuerySet

from plant import scoping
from plant.models import Person
from traceability.models import DataSteward


def now() -> "QuerySet[DataSteward]":
    """Everybody who looks after some site's data at present."""
    return DataSteward.objects.filter(until_at__isnull=True).select_related("site", "person").order_by("site__code")


def seen_by(reader: Person) -> list[DataSteward]:
    """Those of the sites that somebody sees."""
    return list(scoping.visible(now(), reader))


def is_one(person: Person) -> bool:
    """Whether somebody looks after a site's data."""
    return now().filter(person=person).exists()
