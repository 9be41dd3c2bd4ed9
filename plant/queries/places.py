"""Which site a place or a person belongs to."""

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
