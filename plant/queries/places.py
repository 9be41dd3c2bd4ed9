"""Where a piece of equipment stands, what stands in it, and where a person belongs."""

from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel, Person


class NoSite(Refusal):
    """A plant without a single site."""

    code = "no-site"


def site_of(equipment: Equipment) -> Equipment:
    """The site that a piece of equipment stands in."""
    here = equipment
    while here.parent is not None:
        here = here.parent
    return here


def home(person: Person) -> Equipment:
    """A person's own site, or the first one that they reach."""
    sites = Equipment.objects.filter(level=EquipmentLevel.SITE).order_by("pk")
    found = person.site or scoping.visible(sites, person).first()
    if found is None:
        raise NoSite(_("There is no site yet. Ask the administrator to add one in the console."))
    return found


def within(equipment: Equipment) -> list[Equipment]:
    """The equipment and every part of it, top down."""
    found = [equipment]
    level = [equipment.pk]
    while level:
        parts = list(Equipment.objects.filter(parent__in=level).order_by("pk"))
        level = [part.pk for part in parts]
        found += parts
    return found
