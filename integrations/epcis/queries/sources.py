"""Which rows of ours are EPCIS events, when they happened, and in which order they are told.

Each source is one table: its rows in the order of their time, and how one of them is told. All sources together are
told in the order (time, source, row), so a cursor of these three goes on exactly where it stopped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from integrations.epcis import told
from integrations.epcis.events import Event
from plant import scoping
from plant.models import Person
from qms.models import Inspection
from traceability.models import (
    Bucket,
    HandlingUnit,
    Hold,
    Link,
    Move,
    PackedLot,
    Shipment,
    ShipmentReturn,
    ShipmentStatus,
    TargetKind,
    UnitKind,
)

LOT = ("lot__material__unit", "lot__site", "lot__supplier")
LINKED = ("parent__material__unit", "child__material__unit", "child__site")


@dataclass(frozen=True)
class Source:
    """One kind of row: where its time stands, which lots it is about, and how it is told."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    at: str
    lots: tuple[str, ...]
    tell: Callable[[Any], Event]
    step: str = ""  # the business step of all its events; empty where they differ
    also: str = ""  # a second field that an identifier may name, where an event speaks of another row


@dataclass(frozen=True, order=True)
class Mark:
    """Where a reader stopped."""

    at: datetime
    source: str = ""
    row: int = 0


def _moves(**where: Any) -> QuerySet[Any]:
    return Move.objects.filter(**where).select_related(*LOT, "equipment", "person")


def _born() -> QuerySet[Any]:
    """Lots that begin in production; what was split off a lot of the same material is told as going on from there."""
    split = Link.objects.filter(child=OuterRef("lot"), parent__material=F("child__material"))
    return _moves(from_bucket=Bucket.MADE).exclude(Exists(split))


SOURCES = (
    Source("born", _born, "at", ("lot",), told.commissioned, "commissioning"),
    Source("held", lambda: Hold.objects.filter(target_kind=TargetKind.LOT).select_related(*LOT),
           "placed_at", ("lot",), told.held, "holding"),
    Source("inspected", lambda: Inspection.objects.exclude(decided_at=None).select_related(*LOT, "equipment"),
           "decided_at", ("lot",), told.inspected, "inspecting"),
    Source("left", lambda: Shipment.objects.filter(status=ShipmentStatus.SHIPPED).select_related("site", "customer"),
           "shipped_at", ("lines__picks__lot",), told.shipped, "shipping"),
    Source("loaded", lambda: HandlingUnit.objects.filter(kind=UnitKind.PALLET).exclude(closed_at=None)
           .select_related("site").prefetch_related("cartons"),
           "closed_at", ("cartons__contents__lot",), told.palletised, "loading"),
    Source("lost", lambda: _moves(to_bucket=Bucket.LOST), "at", ("lot",), told.counted, "stock_taking"),
    Source("packed", lambda: PackedLot.objects.select_related(*LOT, "unit"), "at", ("lot",), told.packed, "packing"),
    Source("picked", lambda: _moves(from_bucket=Bucket.STOCK, to_bucket=Bucket.ISSUED), "at", ("lot",),
           told.picked, "picking"),
    Source("received", lambda: _moves(from_bucket=Bucket.RECEIVED)
           .select_related("lot__receipt_line__receipt__supplier"), "at", ("lot",), told.received, "receiving"),
    Source("released", lambda: Hold.objects.filter(target_kind=TargetKind.LOT, released_at__isnull=False)
           .select_related(*LOT), "released_at", ("lot",), told.released, "other"),
    Source("returned", lambda: ShipmentReturn.objects.select_related(
        "pick__lot__material__unit", "pick__line__shipment__site", "pick__line__shipment__customer"),
        "at", ("pick__lot",), told.came_back, "receiving"),
    Source("reversed", lambda: Link.objects.filter(reverses__isnull=False).select_related(
        "reverses__parent__material__unit", "reverses__child__material__unit", "reverses__child__site",
        "reverses__actual__replacement"), "at", ("parent", "child"), told.taken_out, also="reverses"),
    Source("scrapped", lambda: _moves(to_bucket=Bucket.SCRAP), "at", ("lot",), told.destroyed, "destroying"),
    Source("sentback", lambda: _moves(to_bucket=Bucket.RETURNED), "at", ("lot",), told.sent_back, "shipping"),
    Source("unpacked", lambda: PackedLot.objects.exclude(ended_at=None).select_related(*LOT, "unit"),
           "ended_at", ("lot",), told.unpacked, "unpacking"),
    Source("used", lambda: Link.objects.filter(reverses__isnull=True).select_related(*LINKED),
           "at", ("parent", "child"), told.went_in),
)


def rows(
    source: Source, reader: Person, *, after: Mark | None, since: datetime | None, until: datetime | None,
    lots: Sequence[int] | None, most: int, more: Q,
) -> Iterable[tuple[Mark, Any]]:
    """The next rows of a source that a reader reaches, with where each stands."""
    found = scoping.visible(source.rows(), reader).filter(more)
    if lots is not None:
        about = Q()
        for path in source.lots:
            about |= Q(**{f"{path}__in": list(lots)})
        found = found.filter(about).distinct()
    if since is not None:
        found = found.filter(**{f"{source.at}__gte": since})
    if until is not None:
        found = found.filter(**{f"{source.at}__lt": until})
    if after is not None:
        found = found.filter(_behind(source, after))
    for row in found.order_by(source.at, "pk")[:most]:
        yield Mark(getattr(row, source.at), source.name, row.pk), row


def _behind(source: Source, after: Mark) -> Q:
    """What comes after a mark in the order (time, source, row)."""
    later = Q(**{f"{source.at}__gt": after.at})
    if source.name < after.source:
        return later
    if source.name > after.source:
        return Q(**{f"{source.at}__gte": after.at})
    return later | Q(**{source.at: after.at, "pk__gt": after.row})
