"""What suppliers promised to deliver, as purchasing tells it: the facts of the scorecard's delivery figure."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, master
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, Partner, PartnerKind, Person
from plant.transactions import command
from qms.models import DeliveryPromise


class PromiseRefused(Refusal):
    """A promise that can't be kept so."""

    code = "promise-refused"


@command
def promise(
    *, number: str, supplier: Partner, material: MaterialDefinition, quantity: Decimal, due_at: datetime, by: Person,
    at: datetime,
) -> tuple[DeliveryPromise, bool]:
    """Keep a line of a purchase order, or change it until its day; the row, and whether it is new.

    Once the day is over the line counts as it was promised: a later date would make a late delivery look on time.
    """
    policies.check(by, "supplier.promise")
    if supplier.kind != PartnerKind.SUPPLIER:
        raise PromiseRefused(_("%(partner)s is a customer. Choose a supplier.") % {"partner": supplier})
    fields = {"supplier": supplier, "material": material, "quantity": quantity, "due_at": due_at}
    made, is_new = DeliveryPromise.objects.get_or_create(number=number, defaults=fields)
    if is_new:
        journal.record("deliverypromise.created", subject=made, by=by, data=master.told(fields))
        return made, True
    row = lock(DeliveryPromise.objects.filter(pk=made.pk).select_related("supplier", "material"))[0]
    if row.due_at <= at and any(getattr(row, name) != value for name, value in fields.items()):
        message = _("The day of %(number)s is over; it counts as it was promised. Send what is promised now under a "
                    "number of its own.")
        raise PromiseRefused(message % {"number": number}, code="promise-over", facts={"field": "due_at"})
    return master.change(row, fields, by=by), False
