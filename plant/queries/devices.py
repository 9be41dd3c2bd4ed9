"""Tablets that the plant knows."""

from django.db.models import QuerySet

from plant import keys, scoping
from plant.models import Device, Equipment, Person


def listed(person: Person) -> "QuerySet[Device]":
    """The tablets at a person's places, the live ones first."""
    rows = scoping.visible(Device.objects.select_related("place", "invited_by"), person)
    return rows.order_by("-revoked_at", "name", "pk")


def by_key(key: str) -> Device | None:
    """The tablet with this key, if it was not thrown out."""
    known = Device.objects.select_related("place").filter(revoked_at__isnull=True)
    return known.filter(key_hash=keys.fingerprint(key)).first() if key else None


def stands_at(device: Device, station: Equipment) -> bool:
    """Whether a station is the tablet's own place or a part of it."""
    here: Equipment | None = station
    while here is not None and here.pk != device.place_id:
        here = here.parent
    return here is not None
