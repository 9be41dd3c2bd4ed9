"""A carton or pallet and the packing list of a shipment, as they stand on paper."""

from decimal import Decimal

from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from traceability.models import HandlingUnit, Shipment, ShipmentPick
from traceability.queries import packing, shipments

SHIPMENT_FACTS = ("customer", "address", "due_at", "vehicle", "shipped_at", "shipped_by", "site")
UNIT_FACTS = ("kind", "pallet", "place", "opened_by", "opened_at", "closed_at", "site")


def shipment(row: Shipment, reader: Person) -> Sheet:
    """The packing list: order lines, then every carton with its lots; to be signed by sender and driver."""
    lines = [
        (str(one.line.position), one.line.material.code, one.line.material.name, amount(one.line.quantity),
         amount(one.picked), one.line.material.unit.symbol)
        for one in shipments.lines(row)
    ]
    picked = list(shipments.picks(row))
    rows = [
        (*inside(pick), pick.lot.number, pick.lot.material.code, amount(pick.quantity), pick.lot.material.unit.symbol)
        for pick in picked
    ]
    heads = [_("Order line"), _("Material"), _("Name"), _("Ordered"), _("Packed"), _("Unit")]
    units = len({pick.unit_id for pick in picked if pick.unit_id})
    facts = [*facts_of(row, SHIPMENT_FACTS), (_("Cartons"), amount(Decimal(units)))]
    return Sheet(
        kind=_("Packing list"), number=row.number, title=text(row.customer), state=str(row.get_status_display()),
        facts=facts, to_sign=[_("Sender"), _("Driver")],
        tables=[
            Table(_("Order lines"), heads, lines, (3, 4)),
            Table(
                _("Cartons and lots"),
                [_("Pallet"), _("Carton"), _("Lot"), _("Material"), _("Quantity"), _("Unit")], rows, (4,),
            ),
        ],
    )


def inside(pick: ShipmentPick) -> tuple[str, str]:
    """Pallet and carton of what was picked."""
    if pick.unit is None:
        return "–", "–"
    return text(pick.unit.pallet), pick.unit.number


def unit(row: HandlingUnit, reader: Person) -> Sheet:
    """What lies in it."""
    rows = [
        (one.unit.number, one.lot.number, one.lot.material.code, one.lot.material.name, amount(one.quantity),
         one.lot.material.unit.symbol)
        for one in packing.lying([row])
    ]
    heads = [_("Carton"), _("Lot"), _("Material"), _("Name"), _("Quantity"), _("Unit")]
    return Sheet(
        kind=str(row.get_kind_display()), number=row.number, title=row.number, state=str(row.get_status_display()),
        facts=facts_of(row, UNIT_FACTS), tables=[Table(_("Contents"), heads, rows, (4,))],
    )
