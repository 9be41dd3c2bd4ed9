"""Where a lot lies packed, and which shipments took it and what was made from it to customers."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from plant import policies, scoping, subjects
from plant.models import Person
from traceability.models import MaterialLot
from traceability.queries import packing, shipments


def gone(lot_ids: Iterable[int], reader: Person) -> list[dict[str, Any]]:
    """What left of these lots and of all that was made from them, each with its addresses."""
    if not policies.may(reader, "shipment.read"):
        return []
    found = shipments.left_with(lot_ids, reader)
    near = {lot.pk for lot in scoping.within({row.lot for row in found}, reader)}
    return [
        {
            "pick": row, "url": subjects.of_row(row.line.shipment).url(row.line.shipment),
            "lot_url": reverse("traceability:lot-detail", args=[row.lot.number]) if row.lot_id in near else "",
        }
        for row in found
    ]


def packed(lot: MaterialLot, reader: Person) -> dict[str, Any] | None:
    """The carton in which a lot lies now, and its pallet."""
    row = packing.around(lot)
    if row is None or not policies.may(reader, "unit.read") or not scoping.reaches(reader, row.unit):
        return None
    kind = subjects.of_row(row.unit)
    pallet = row.unit.pallet
    return {"row": row, "url": kind.url(row.unit), "pallet": pallet, "pallet_url": kind.url(pallet) if pallet else ""}
