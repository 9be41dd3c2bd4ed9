"""Goods that go back to a supplier: listed as they are decided, sent with a carrier's paper."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from qms.models import Disposition, ReturnLine, ReturnStatus, SupplierReturn


class ReturnRefused(Refusal):
    """A return that can't be sent."""

    code = "return-refused"


def add(made: Disposition, *, by: Person, at: datetime) -> ReturnLine:
    """List what was decided to go back, on the open return of this case to this supplier."""
    case, supplier = made.nonconformance, made.lot.supplier
    if supplier is None:
        raise ReturnRefused(_("Lot %(lot)s has no supplier to return it to.") % {"lot": made.lot.number})
    found = SupplierReturn.objects.filter(nonconformance=case, supplier=supplier, status=ReturnStatus.OPEN).first()
    if found is None:
        found = SupplierReturn.objects.create(
            number=numbering.next_number("supplier_return"), nonconformance=case, supplier=supplier, site=case.site,
            opened_at=at,
        )
        journal.record("supplierreturn.opened", subject=found, by=by, data={"nonconformance": case.number})
    return ReturnLine.objects.create(supplier_return=found, disposition=made)


@command
def send(*, supplier_return: SupplierReturn, carrier: str, by: Person, at: datetime) -> SupplierReturn:
    """It left: with whom, and by which paper."""
    policies.check(by, "return.send")
    found = lock(SupplierReturn.objects.filter(pk=supplier_return.pk))[0]
    if found.status != ReturnStatus.OPEN:
        raise ReturnRefused(_("%(number)s was sent already.") % {"number": found.number})
    if not carrier.strip():
        raise ReturnRefused(_("Say with whom it left, and by which paper."), facts={"field": "carrier"})
    journal.move(
        found, to=ReturnStatus.SENT, by=by, reason=carrier, carrier=carrier.strip(), sent_by=by, sent_at=at
    )
    return found
