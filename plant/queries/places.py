"""Where a piece of equipment stands, what stands in it, and where a person belongs."""

from plant.models import Equipment, EquipmentLevel, Person


def site_of(equipment: Equipment) -> Equipment:
    """The site that a piece of equipment stands in."""
    here = equipment
    while here.parent is not None:
        here = here.parent
    return here


def home(person: Person) -> Equipment:
    """A person's own site, or the plant's first one."""
    return person.site or Equipment.objects.filter(level=EquipmentLevel.SITE).order_by("pk")[0]


def within(equipment: Equipment) -> list[Equipment]:
    """The equipment and every part of it, top down."""
    found = [equipment]
    level = [equipment.pk]
    while level:
        parts = list(Equipment.objects.filter(parent__in=level).order_by("pk"))
        level = [part.pk for part in parts]
        found += parts
    return found
