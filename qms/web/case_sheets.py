"""Concessions as they stand on paper."""

from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from qms.models import Concession
from qms.queries import concessions as reading

FACTS = (
    "kind", "material", "quantity", "used", "valid_from", "valid_to", "nonconformance", "customer", "customer_person",
    "customer_document", "customer_at", "asked_by", "approved_by", "approved_at",
)


def concession(row: Concession, reader: Person) -> Sheet:
    """What may be used although it is not as specified, within which limits, and what was used."""
    lots = [(one.lot.number,) for one in row.lots.select_related("lot")]
    uses = [
        (text(one.at), one.lot.number, amount(one.quantity), one.note, str(one.by)) for one in reading.uses(row)
    ]
    tables = [Table(_("Uses"), [_("At"), _("Lot"), _("Quantity"), _("What for"), _("By")], uses, (2,))]
    if lots:
        tables.insert(0, Table(_("Only these lots"), [_("Lot")], lots))
    return Sheet(
        kind=_("Concession"), number=row.number, title=row.title, state=str(row.get_status_display()),
        facts=facts_of(row, FACTS), texts=[(_("Why it may be used all the same"), row.reason)], tables=tables,
    )
