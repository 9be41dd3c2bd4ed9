"""Where a piece of equipment stands, and what stands in it."""

from plant.models import Equipment


def site_of(equipment: Equipment) -> Equipment:
    """The site that the equipment belongs to."""
    here = equipment
    while here.parent is not None:
        here = here.parent
    return here


def within(equipment: Equipment) -> list[Equipment]:
    """The equipment and every part of it, top down."""
    found = [equipment]
    level = [equipment.pk]
    while level:
        parts = list(Equipment.objects.filter(parent__in=level).order_by("pk"))
        level = [part.pk for part in parts]
        found += parts
    return found
