"""Which lots of a material go to the line first, by its picking rule."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from plant.models import Equipment, MaterialDefinition
from traceability.models import (
    Bucket,
    CallStatus,
    LotBalance,
    MaterialCall,
    MaterialLot,
    OtherLot,
    PickOrder,
    PickRule,
    PlaceKind,
    StoragePlace,
)

AGE = ("lot__created_at", "lot_id", "place")
NO_RULE = (PickOrder.FEFO, OtherLot.FREE)


@dataclass(frozen=True, slots=True)
class Pick:
    """So much of a lot from there."""

    balance: LotBalance
    quantity: Decimal


def rule(material_id: int) -> tuple[str, str]:
    """In which order lots of a material are taken, and whether another one may be."""
    found = PickRule.objects.filter(material=material_id).values_list("order", "other_lot").first()
    return found or NO_RULE


def usable(material_id: int, site_id: int, at: datetime) -> QuerySet[LotBalance]:
    """What lies free in the stores of a site: not held, not expired, not in blocked stock."""
    blocked = StoragePlace.objects.filter(kind=PlaceKind.BLOCKED).values("equipment__code")
    rows = LotBalance.objects.filter(
        Q(lot__expires_at__isnull=True) | Q(lot__expires_at__gt=at), bucket=Bucket.STOCK, quantity__gt=0,
        lot__material=material_id, lot__site=site_id, lot__open_holds=0,
    )
    return rows.exclude(place__in=blocked).select_related("lot__material__unit")


def in_order(rows: QuerySet[LotBalance], order: str) -> QuerySet[LotBalance]:
    """The rows as they are to be taken; what never expires goes last."""
    if order == PickOrder.FIFO:
        return rows.order_by(*AGE)
    return rows.order_by(F("lot__expires_at").asc(nulls_last=True), *AGE)


def by_rules(rows: QuerySet[LotBalance]) -> QuerySet[LotBalance]:
    """Rows of several materials, those of each as its own rule says."""
    expiry = Case(When(lot__material__pick_rule__order=PickOrder.FIFO, then=None), default=F("lot__expires_at"))
    return rows.order_by("lot__material", expiry.asc(nulls_last=True), *AGE)


def has_a_say(station: Equipment) -> Q:
    """Whether the store has a say in what of its rows goes to a station: a rule that is kept, or a call of it."""
    ruled = PickRule.objects.filter(material=OuterRef("lot__material")).exclude(other_lot=OtherLot.FREE)
    called = MaterialCall.objects.filter(
        station=station, material=OuterRef("lot__material"), status=CallStatus.OPEN
    )
    return Q(Exists(ruled)) | Q(Exists(called))


def proposal(material: MaterialDefinition, site: Equipment, quantity: Decimal, at: datetime) -> list[Pick]:
    """Which lots make up a quantity, the first to be taken first; less than was asked for when there is less."""
    found, left = [], quantity
    for row in in_order(usable(material.pk, site.pk, at), rule(material.pk)[0]):
        if left <= 0:
            break
        found.append(Pick(row, min(left, row.quantity)))
        left -= row.quantity
    return found


def first(lot: MaterialLot, at: datetime) -> MaterialLot | None:
    """The lot that the rule puts before this one; None where this one's turn has come."""
    row = in_order(usable(lot.material_id, lot.site_id, at), rule(lot.material_id)[0]).first()
    return row.lot if row is not None and row.lot_id != lot.pk else None
