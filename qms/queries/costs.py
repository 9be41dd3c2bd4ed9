"""What nonconformances cost, and what a piece costs."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.timezone import localdate

from qms.models import CaseCost, MaterialCost, Nonconformance


def standard(material_id: int, at: datetime) -> Decimal | None:
    """The standard cost of one unit on a day; nothing where none was entered."""
    rows = MaterialCost.objects.filter(material=material_id, valid_from__lte=localdate(at)).order_by("-valid_from")
    return rows.values_list("amount", flat=True).first()


def of_case(case: Nonconformance) -> list[CaseCost]:
    """Every row of it."""
    return list(case.costs.select_related("by"))


def total(case: Nonconformance) -> Decimal:
    """All of them together."""
    found: Decimal | None = case.costs.aggregate(total=Sum("amount"))["total"]
    return found or Decimal(0)


def value_at_stake(case: Nonconformance, at: datetime) -> Decimal:
    """What the suspect pieces cost to make, as far as their materials have a standard cost."""
    rows = list(case.lots.select_related("lot"))
    rates = {material: standard(material, at) for material in {row.lot.material_id for row in rows}}
    return sum((row.quantity * (rates[row.lot.material_id] or 0) for row in rows), Decimal(0))
