"""How rows of ours are told as EPCIS events: one function for each kind of row.

The business steps and dispositions are those of GS1 CBV 2.0; what CBV has no word for is told in our own (zhizao:).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from integrations.epcis import identifiers
from integrations.epcis.events import Event, amount, declared_wrong, event, location, transactions
from plant.models import Equipment
from traceability.models import Bucket, Certainty, LotKind

Things = dict[str, list[Any]]


def here(at: datetime) -> datetime:
    """A moment with the plant's offset."""
    return timezone.localtime(at)


def name(lot: Any) -> str:
    """The address of a lot or serial."""
    return identifiers.thing(lot.number, lot.material.gtin, is_serial=lot.kind == LotKind.SERIAL)


def things(found: Iterable[tuple[Any, Any]], epcs: str = "epcList", classes: str = "quantityList") -> Things:
    """Lots with their amounts, serials apart from lots."""
    serials: list[Any] = []
    lots: list[Any] = []
    for lot, quantity in found:
        if lot.kind == LotKind.SERIAL:
            serials.append(name(lot))
        else:
            lots.append(amount(name(lot), quantity, lot.material.unit_id))
    return {epcs: serials, classes: lots}


def where(site: Equipment, code: str) -> dict[str, str]:
    """A place of a site."""
    return location(identifiers.place(site.gln, code)) if code else {}


def from_where(move: Any) -> dict[str, str]:
    """Where a move began: the place in a store or at a station; for what was in process, the machine."""
    is_place = move.from_bucket in (Bucket.STOCK, Bucket.ISSUED)
    return where(move.lot.site, move.from_place if is_place else move.equipment.code if move.equipment else "")


def about(kind: str, row: Any, lot: Any, at: datetime, step: str, **fields: Any) -> Event:
    """An event about one lot."""
    return event(kind, site=lot.site.gln or lot.site.code, key=f"{row._meta.model_name}-{step}-{row.pk}",
                 at=here(at), bizStep=step, **fields)


def received(move: Any) -> Event:
    """A lot came in."""
    lot, line = move.lot, getattr(move.lot, "receipt_line", None)
    papers = [("recadv", identifiers.paper(lot.site.gln, line.receipt.number))] if line else []
    supplier = identifiers.party(lot.supplier.gln, lot.supplier.code) if lot.supplier else ""
    return about(
        "ObjectEvent", move, lot, move.at, "receiving", action="OBSERVE", disposition="in_progress",
        **things([(lot, move.quantity)]), bizLocation=where(lot.site, move.to_place),
        bizTransactionList=transactions(papers),
        sourceList=[{"type": "owning_party", "source": supplier}] if supplier else [],
        **({"zhizao:supplierLot": lot.supplier_lot} if lot.supplier_lot else {}),
    )


def commissioned(move: Any) -> Event:
    """A lot or serial began in production."""
    lot = move.lot
    expires = {"cbvmda:itemExpirationDate": f"{here(lot.expires_at):%Y-%m-%d}"} if lot.expires_at else {}
    return about(
        "ObjectEvent", move, lot, move.at, "commissioning", action="ADD", disposition="active",
        **things([(lot, move.quantity)]), ilmd=expires, bizTransactionList=order_of(lot.site, move.job_order),
        readPoint=where(lot.site, move.equipment.code if move.equipment else ""),
    )


def order_of(site: Equipment, job_order: str) -> list[dict[str, str]]:
    """The work order behind an event."""
    return transactions([("prodorder", identifiers.paper(site.gln, job_order))]) if job_order else []


def went_in(link: Any) -> Event:
    """Some of a lot went into another one: a serial as a part that can come out again, anything else transformed."""
    parent, child = link.parent, link.child
    common: dict[str, Any] = {"bizTransactionList": order_of(child.site, link.job_order), "disposition": "in_progress"}
    if parent.kind == child.kind == LotKind.SERIAL:
        return about("AggregationEvent", link, child, link.at, "assembling", action="ADD", parentID=name(child),
                     childEPCs=[name(parent)], **common)
    number = "-".join(filter(None, (link.job_order, link.operation, child.number)))
    certain = {} if link.certainty == Certainty.EXACT else {"zhizao:certainty": "possible"}
    inputs = things([(parent, link.quantity)], "inputEPCList", "inputQuantityList")
    outputs = things([(child, link.quantity if parent.material_id == child.material_id else 0)],
                     "outputEPCList", "outputQuantityList")
    return about("TransformationEvent", link, child, link.at, "commissioning", **inputs, **outputs, **common, **certain,
                 transformationID=identifiers.transformation(child.site.gln, number))


def taken_out(link: Any) -> Event:
    """A part came out in repair; or what was booked did not happen, and the first event is declared wrong."""
    first = link.reverses
    actual = getattr(first, "actual", None)
    if actual is None or getattr(actual, "replacement", None) is None:
        return declared_wrong(went_in(first), at=here(link.at), reason=link.reason)
    child, part = first.child, first.parent
    children = things([(part, first.quantity)], "childEPCs", "childQuantityList")
    return about("AggregationEvent", link, child, link.at, "disassembling", action="DELETE", parentID=name(child),
                 **children, **{"zhizao:reason": link.reason})


def picked(move: Any) -> Event:
    """Material was brought to a station."""
    lot = move.lot
    return about("ObjectEvent", move, lot, move.at, "picking", action="OBSERVE", disposition="in_progress",
                 **things([(lot, move.quantity)]), readPoint=from_where(move),
                 bizLocation=where(lot.site, move.to_place), bizTransactionList=order_of(lot.site, move.job_order))


def destroyed(move: Any) -> Event:
    """Scrap."""
    lot = move.lot
    return about("ObjectEvent", move, lot, move.at, "destroying", action="DELETE", disposition="destroyed",
                 **things([(lot, move.quantity)]), readPoint=from_where(move),
                 **({"zhizao:reason": move.reason} if move.reason else {}))


def counted(move: Any) -> Event:
    """A count found that something is missing."""
    lot = move.lot
    return about("ObjectEvent", move, lot, move.at, "stock_taking", action="OBSERVE", disposition="unknown",
                 **things([(lot, move.quantity)]), readPoint=from_where(move))


def sent_back(move: Any) -> Event:
    """Material went back to its supplier."""
    lot = move.lot
    to = identifiers.party(lot.supplier.gln, lot.supplier.code) if lot.supplier else ""
    return about("ObjectEvent", move, lot, move.at, "shipping", action="OBSERVE", disposition="returned",
                 **things([(lot, move.quantity)]), readPoint=from_where(move),
                 destinationList=[{"type": "owning_party", "destination": to}] if to else [])


def held(hold: Any) -> Event:
    """A lot may not go on."""
    return about("ObjectEvent", hold, hold.lot, hold.placed_at, "holding", action="OBSERVE",
                 disposition="non_sellable_other", **things([(hold.lot, 0)]), **{"zhizao:cause": hold.cause_id})


def released(hold: Any) -> Event:
    """A hold ended; others may stand."""
    return about("ObjectEvent", hold, hold.lot, hold.released_at, "other", action="OBSERVE",
                 disposition="in_progress", **things([(hold.lot, 0)]), **{"zhizao:released": hold.cause_id})


def inspected(task: Any) -> Event:
    """A lot was judged."""
    good = "conformant" if task.verdict != "FAIL" else "non_conformant"
    return about("ObjectEvent", task, task.lot, task.decided_at, "inspecting", action="OBSERVE", disposition=good,
                 **things([(task.lot, 0)]),
                 bizLocation=where(task.lot.site, task.equipment.code if task.equipment else ""),
                 bizTransactionList=transactions([("testres", identifiers.paper(task.lot.site.gln, task.number))]))


def packed(row: Any) -> Event:
    """A lot went into a carton."""
    return about("AggregationEvent", row, row.lot, row.at, "packing", action="ADD", disposition="in_progress",
                 parentID=identifiers.carton(row.unit.number),
                 **things([(row.lot, row.quantity)], "childEPCs", "childQuantityList"))


def unpacked(row: Any) -> Event:
    """A lot was taken out of a carton."""
    return about("AggregationEvent", row, row.lot, row.ended_at, "unpacking", action="DELETE",
                 disposition="in_progress", parentID=identifiers.carton(row.unit.number),
                 **things([(row.lot, row.quantity)], "childEPCs", "childQuantityList"),
                 **{"zhizao:reason": row.end_reason})


def palletised(unit: Any) -> Event:
    """A pallet was closed with its cartons."""
    return event("AggregationEvent", site=unit.site.gln or unit.site.code, key=f"handlingunit-loading-{unit.pk}",
                 at=here(unit.closed_at), bizStep="loading", action="ADD", parentID=identifiers.carton(unit.number),
                 childEPCs=[identifiers.carton(one.number) for one in unit.cartons.all()])


def shipped(row: Any) -> Event:
    """A truck left: pallets, cartons that stand on none, and lots that lie in none."""
    lines = row.lines.prefetch_related("picks__unit__pallet", "picks__lot__material__unit")
    picks = [pick for line in lines for pick in line.picks.all() if pick.move_id]
    units = {(pick.unit.pallet or pick.unit).number for pick in picks if pick.unit}
    loose = things([(pick.lot, pick.quantity) for pick in picks if pick.unit is None])
    loose["epcList"] = [identifiers.carton(one) for one in sorted(units)] + loose["epcList"]
    customer = identifiers.party(row.customer.gln, row.customer.code)
    return event("ObjectEvent", site=row.site.gln or row.site.code, key=f"shipment-shipping-{row.pk}",
                 at=here(row.shipped_at), bizStep="shipping", action="OBSERVE", disposition="in_transit", **loose,
                 readPoint=where(row.site, row.site.code),
                 bizTransactionList=transactions([("desadv", identifiers.paper(row.site.gln, row.number))]),
                 destinationList=[{"type": "owning_party", "destination": customer}])


def came_back(row: Any) -> Event:
    """Something of a shipment came back."""
    lot, shipment = row.pick.lot, row.pick.line.shipment
    source = identifiers.party(shipment.customer.gln, shipment.customer.code)
    return event("ObjectEvent", site=shipment.site.gln or shipment.site.code, key=f"shipmentreturn-receiving-{row.pk}",
                 at=here(row.at), bizStep="receiving", action="OBSERVE", disposition="returned",
                 **things([(lot, row.quantity)]), sourceList=[{"type": "owning_party", "source": source}],
                 bizTransactionList=transactions([("rma", identifiers.paper(shipment.site.gln, shipment.number))]),
                 **{"zhizao:reason": row.reason})
