"""Amounts in another unit than the material's: what a scale shows, in pieces."""

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import MaterialDefinition, Unit, UnitConversion

SIX = Decimal("0.000001")


class NoConversion(Refusal):
    """Two units of which nobody said how they convert."""

    code = "no-conversion"


def factor(material: MaterialDefinition, unit: Unit) -> Decimal:
    """How many of a material's own unit one of another is; the material's own conversion before the general one."""
    if unit.pk == material.unit_id:
        return Decimal(1)
    rows = UnitConversion.objects.filter(Q(material=material) | Q(material__isnull=True)).order_by("material_id")
    there = rows.filter(from_unit=unit, to_unit=material.unit_id).first()
    back = rows.filter(from_unit=material.unit_id, to_unit=unit).first()
    if there is None and back is None:
        message = _("Nobody has said how many %(own)s of %(material)s are one %(unit)s. Count it, or ask the "
                    "administrator to enter the conversion.")
        words = {"own": material.unit.symbol, "material": material.code, "unit": unit.symbol}
        raise NoConversion(message % words, facts={"field": "unit"})
    return there.factor if there is not None else 1 / back.factor  # type: ignore[union-attr]


def in_own(material: MaterialDefinition, quantity: Decimal, unit: Unit | None) -> Decimal:
    """A quantity in the material's own unit, rounded to six decimals."""
    return quantity if unit is None else (quantity * factor(material, unit)).quantize(SIX)
