"""What a nonconformance costs: scrapped pieces by themselves, hours and anything else as people enter them."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command
from qms.models import CaseCost, CostKind, Disposition, Nonconformance
from qms.queries import costs as reading

CENT = Decimal("0.01")


class CostRefused(Refusal):
    """A cost that can't be."""

    code = "cost-refused"


@command
def add(
    *, nonconformance: Nonconformance, kind: str, quantity: Decimal, rate: Decimal, note: str, by: Person, at: datetime
) -> CaseCost:
    """Hours at a rate, pieces at their cost, or anything else; also after the case is closed, for bills come late."""
    policies.check(by, "nonconformance.cost", nonconformance=nonconformance.number)
    if not note.strip():
        raise CostRefused(_("Say what it was paid for."), facts={"field": "note"})
    if quantity <= 0 or rate < 0:
        raise CostRefused(_("Enter a quantity above zero, and a rate."), facts={"field": "quantity"})
    made = CaseCost.objects.create(
        nonconformance=nonconformance, kind=kind, quantity=quantity, rate=rate, note=note.strip(),
        amount=(quantity * rate).quantize(CENT), by=by, at=at,
    )
    told("cost-added", made, by)
    return made


@command
def drop(*, cost: CaseCost, reason: str, by: Person, at: datetime) -> None:
    """Take a cost away that was entered wrongly, with a reason; the journal keeps it."""
    policies.check(by, "nonconformance.cost")
    if not reason.strip():
        raise CostRefused(_("Say why it is taken away."), facts={"field": "reason"})
    told("cost-dropped", cost, by, reason)
    cost.delete()


def of_scrap(made: Disposition, *, by: Person, at: datetime) -> CaseCost | None:
    """Scrapped pieces at their standard cost, where the material has one."""
    rate = reading.standard(made.lot.material_id, at)
    if rate is None:
        return None
    cost = CaseCost.objects.create(
        nonconformance=made.nonconformance, kind=CostKind.PIECES, quantity=made.quantity, rate=rate.quantize(CENT),
        amount=(made.quantity * rate).quantize(CENT), note=made.lot.number, disposition=made, by=by, at=at,
    )
    told("cost-added", cost, by)
    return cost


def told(kind: str, cost: CaseCost, by: Person, reason: str = "") -> None:
    """Write it under the case."""
    data = {"kind": cost.kind, "quantity": cost.quantity, "rate": cost.rate, "amount": cost.amount, "note": cost.note}
    journal.record(f"nonconformance.{kind}", subject=cost.nonconformance, by=by, reason=reason, data=data)
