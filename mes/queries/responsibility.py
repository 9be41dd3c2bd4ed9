"""Who answered for a lot at each stage of its life, from purchasing to service; in as many statements for many lots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from mes.models import JobResponse
from mes.queries import calendars
from plant import subjects
from plant.models import Equipment, Person
from qms.models import Complaint, Inspection, InspectionStatus, Rma, Supplier
from traceability.models import Bucket, MaterialLot, Move, PackedLot, Replacement, ShipmentPick

MOST = 60  # of one stage
STAGES: dict[str, tuple[Any, str]] = {
    "receipt": (_("Purchasing and receipt"), "truck-loading"), "operations": (_("Production"), "tools"),
    "inspection": (_("Inspection"), "zoom-check"), "packing": (_("Packing"), "package"),
    "shipping": (_("Shipping"), "truck-delivery"), "service": (_("Service and warranty"), "headset"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who answered for something: as what, in which team, until when, and the record that says so."""

    what: str
    person: Person
    role: Any
    team: str
    at: datetime | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage and everybody who answered for it."""

    key: str
    parties: list[Party]

    @property
    def label(self) -> Any:
        """What the stage is called."""
        return STAGES[self.key][0]

    @property
    def icon(self) -> str:
        return STAGES[self.key][1]


def chain(lots: Sequence[MaterialLot]) -> list[Stage]:
    """The stages of a lot (the first) with what it was made from, in the order of its life."""
    own, keys = lots[:1], [lot.pk for lot in lots]
    found = {
        "receipt": receipt(keys), "operations": operations(keys), "inspection": inspected(keys),
        "packing": packed([lot.pk for lot in own]), "shipping": shipped([lot.pk for lot in own]),
        "service": served([lot.pk for lot in own]),
    }
    return [Stage(key, parties[:MOST]) for key, parties in found.items()]


def receipt(keys: Iterable[int]) -> list[Party]:
    """Who looks after the supplier, and who took the material in."""
    rows = Move.objects.filter(lot__in=keys, from_bucket=Bucket.RECEIVED).order_by("at", "pk")
    moves = list(rows.select_related("lot__supplier", "lot__material", "person")[:MOST])
    partners = {move.lot.supplier_id for move in moves if move.lot.supplier_id}
    buyers = {one.partner_id: one for one in Supplier.objects.filter(partner__in=partners).select_related("owner")}
    found = []
    for move in moves:
        what = f"{move.lot.number} · {move.lot.material.name}"
        buyer = buyers.get(move.lot.supplier_id or 0)
        if buyer is not None:
            supplier = str(move.lot.supplier)
            found.append(Party(what, buyer.owner, _("Purchasing"), supplier, move.at))
        found.append(Party(what, move.person, _("Warehouse"), move.to_place, move.at, url_of(move.lot)))
    return found


def operations(keys: Iterable[int]) -> list[Party]:
    """Who reported which operation, with line and shift."""
    rows = JobResponse.objects.filter(lot__in=keys, nonconformance="").order_by().values(
        "job_segment__segment__sequence", "job_segment__segment__code", "person", "station"
    ).annotate(many=Count("pk"), last=Max("at"), lot=Max("lot"))
    told = sorted(rows, key=lambda row: (row["job_segment__segment__sequence"], row["last"]))[:MOST]
    people = Person.objects.in_bulk({row["person"] for row in told})
    places = Equipment.objects.select_related("parent").in_bulk({row["station"] for row in told})
    teams = shifts([(places[row["station"]].parent, row["last"]) for row in told])
    return [
        Party(
            f"{row['job_segment__segment__code']} · {places[row['station']].code}", people[row["person"]],
            _("Operator"), team, row["last"],
        )
        for row, team in zip(told, teams, strict=True)
    ]


def shifts(moments: Sequence[tuple[Equipment | None, datetime]]) -> list[str]:
    """The line and its shift at each moment."""
    lines = sorted({line.pk for line, _at in moments if line})
    if not moments or not lines:
        return ["" for _one in moments]
    planned = calendars.shifts(lines, min(at for _line, at in moments), max(at for _line, at in moments))
    found = []
    for line, at in moments:
        near = planned.get(line.pk, []) if line else []
        shift = next((one.title for one in near if one.starts_at <= at < one.ends_at), "")
        found.append(" · ".join(filter(None, (line.name if line else "", shift))))
    return found


def inspected(keys: Iterable[int]) -> list[Party]:
    """Who decided the inspections."""
    rows = Inspection.objects.filter(lot__in=keys, status=InspectionStatus.DECIDED).select_related("inspector")
    return [
        Party(f"{one.number} · {one.get_verdict_display()}", one.inspector, _("Inspector"), one.operation,
              one.decided_at, url_of(one))
        for one in rows.order_by("decided_at", "pk")[:MOST] if one.inspector
    ]


def packed(keys: Iterable[int]) -> list[Party]:
    """Who packed it."""
    rows = PackedLot.objects.filter(lot__in=keys).select_related("unit", "by").order_by("at", "pk")
    return [Party(one.unit.number, one.by, _("Packer"), "", one.at, url_of(one.unit)) for one in rows[:MOST]]


def shipped(keys: Iterable[int]) -> list[Party]:
    """Who picked it, and who sent it off."""
    rows = ShipmentPick.objects.filter(lot__in=keys, removed_at__isnull=True).order_by("at", "pk")
    found = []
    for one in rows.select_related("line__shipment__customer", "line__shipment__shipped_by", "by")[:MOST]:
        shipment, url = one.line.shipment, url_of(one.line.shipment)
        what, customer = shipment.number, str(shipment.customer)
        found.append(Party(what, one.by, _("Picker"), customer, one.at, url))
        if shipment.shipped_by is not None:
            found.append(Party(what, shipment.shipped_by, _("Shipper"), customer, shipment.shipped_at, url))
    return found


def served(keys: Iterable[int]) -> list[Party]:
    """Who answers for a complaint, who analysed a return, who replaced a part."""
    complaints = Complaint.objects.filter(lot__in=keys).select_related("owner", "customer").order_by("pk")[:MOST]
    found = [
        Party(one.number, one.owner, _("Complaint"), str(one.customer or ""), one.failed_at, url_of(one))
        for one in complaints
    ]
    rmas = Rma.objects.filter(lot__in=keys).select_related("opened_by", "analysed_by").order_by("pk")[:MOST]
    found += [
        Party(one.number, one.analysed_by or one.opened_by, _("Return of a customer"), "", one.opened_at, url_of(one))
        for one in rmas
    ]
    parts = Replacement.objects.filter(Q(taken_out__link__child__in=keys)).select_related("part", "by").order_by("pk")
    return found + [
        Party(one.part.number, one.by, _("Repair"), one.reason, one.at, url_of(one.part)) for one in parts[:MOST]
    ]


def url_of(row: Any) -> str:
    """The page of a record."""
    return subjects.of_row(row).url(row)
