"""Everything known about one lot: man, machine, material, method, environment and measurement (5M1E, 人机料法环测)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Func, Prefetch, Q, QuerySet

from plant import scoping
from plant.models import JournalEntry, MaterialUse, Person, Unit
from plant.queries import journal
from traceability import dossier_parts
from traceability.models import (
    ActualKind,
    CauseKind,
    Correction,
    Hold,
    LotBalance,
    MaterialActual,
    MaterialLot,
    Move,
    Visit,
)
from traceability.queries import corrections, genealogy, genealogy_seen, holds_list, lots, surroundings
from traceability.queries import visits as visiting
from traceability.queries.genealogy import Node, Trace, whereabouts
from traceability.queries.surroundings import Summary
from traceability.queries.visits import Share

LOTS = 400
VISITS = 200
ROWS = 500  # of consumption and of moves on the screen; paper and workbook hold all
ENTRIES = 200
BOUGHT = (MaterialUse.RAW, MaterialUse.COMPONENT)


@dataclass(frozen=True, slots=True)
class Operation:
    """One stay at a machine, with what went in and what was read meanwhile."""

    visit: Visit
    consumed: list[MaterialActual]
    ambient: list[Summary]
    process: list[Summary]
    share: Share | None = None  # of the machine's time, once it has ended

    @property
    def units(self) -> list[Unit]:
        """The units of its process values, each once: one chart each."""
        return _units(self.process)

    @property
    def ambient_units(self) -> list[Unit]:
        """The same for what surrounded it."""
        return _units(self.ambient)


def _units(values: list[Summary]) -> list[Unit]:
    return list(dict.fromkeys(value.stream.parameter.unit for value in values))


@dataclass(frozen=True, slots=True)
class Step:
    """An edge of the genealogy with its two lots."""

    parent: Node
    child: Node
    quantity: Decimal
    operation: str
    job_order: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """A lot's record, ready to show; of what went in from elsewhere, no number and no supplier."""

    lot: MaterialLot
    trace: Trace
    raw: list[Node]
    operations: list[Operation]
    consumed: list[MaterialActual]
    balances: list[LotBalance]
    moves: list[Move]
    holds: list[Hold]
    nonconformances: list[str]
    timeline: list[JournalEntry]
    parts: list[tuple[dossier_parts.Part, dict[str, Any]]]
    elsewhere: frozenset[int]
    corrections: list[Correction]
    is_cut: bool  # paper and workbook hold the rest

    @property
    def steps(self) -> list[Step]:
        """Every edge around the lot, oldest first."""
        lot = self.trace.by_id
        return [
            Step(lot[edge.parent], lot[edge.child], edge.quantity, edge.operation, edge.job_order, edge.at)
            for edge in self.trace.edges
        ]

    @property
    def state(self) -> str:
        """What a person sees of the lot."""
        return whereabouts(self.lot.status, {spot.bucket for spot in self.balances})

    @property
    def has_ambient(self) -> bool:
        return any(one.ambient for one in self.operations)


def for_lot(lot: MaterialLot, *, reader: Person, now: datetime, tab: str = "") -> Dossier:
    """Gather the record of a lot and of what it was made from, as far as its reader reaches.

    The number of statements doesn't grow with either; of what rooms add, only the sections of a tab if one is named.
    """
    trace = genealogy_seen.seen_by(genealogy.trace(lot, most=LOTS), reader)
    holds = holds_list.of_lot(lot.pk)
    causes = (hold.cause_id for hold in holds if hold.cause_kind == CauseKind.NONCONFORMANCE)
    made_from = [node.id for node in trace.upstream if not node.is_elsewhere]
    went_in = consumption([lot.pk, *made_from])
    moves = Move.objects.filter(lot=lot).select_related("person", "equipment").order_by("at", "pk")[:ROWS + 1]
    stays = operations(lot, trace, went_in, now=now)
    others = MaterialLot.objects.select_related("material").in_bulk(made_from)
    return Dossier(
        lot=lot,
        trace=trace,
        raw=[node for node in trace.upstream if node.use in BOUGHT],
        operations=stays[:VISITS],
        consumed=went_in[:ROWS],
        balances=lots.balances(lot),
        moves=list(moves)[:ROWS],
        holds=holds,
        nonconformances=list(dict.fromkeys(causes)),
        timeline=journal.timeline(lot, ENTRIES),
        parts=dossier_parts.fill_all([lot, *(others[key] for key in made_from)], tab),
        elsewhere=_elsewhere([actual.lot for actual in went_in], reader),
        corrections=corrections.of_lots([lot.pk]),
        is_cut=trace.is_cut or len(stays) > VISITS or max(len(went_in), len(moves)) > ROWS,
    )


def _elsewhere(used: list[MaterialLot], reader: Person) -> frozenset[int]:
    return frozenset({lot.pk for lot in used} - {lot.pk for lot in scoping.within(used, reader)})


def operations(
    lot: MaterialLot, trace: Trace, consumed: list[MaterialActual], *, now: datetime
) -> list[Operation]:
    """The stays of the lot, and those of what it was made from until it was made from them, oldest first."""
    until = used_at(trace)
    rows = Visit.objects.filter(Q(lot=lot) | Q(lot__in=list(until)))
    rows = rows.select_related("lot__material", "equipment__parent", "person")
    rows = rows.prefetch_related(Prefetch("corrections", corrections.APPROVED))
    ordered = rows.order_by(Func(F("during"), function="lower"), "pk")[:VISITS + 1]
    visits = [visit for visit in ordered if visit.lot_id == lot.pk or visit.during.lower <= until[visit.lot_id]]
    values, shares = surroundings.around(visits, now=now), visiting.shares(visits)
    into: dict[tuple[int, str], list[MaterialActual]] = defaultdict(list)
    for actual in consumed:
        if actual.link is not None:
            into[actual.link.child_id, actual.operation].append(actual)
    return [
        Operation(
            visit,
            into[visit.lot_id, visit.operation],
            [value for value in values[visit.pk] if value.is_ambient],
            [value for value in values[visit.pk] if not value.is_ambient],
            shares.get(visit.pk),
        )
        for visit in visits
    ]


def used_at(trace: Trace) -> dict[int, datetime]:
    """For each lot upstream, the last moment at which some of it went on towards this lot."""
    upstream = {node.id for node in trace.nodes if node.level < 0 and not node.is_elsewhere}
    used: dict[int, datetime] = {}
    for edge in trace.edges:
        if edge.parent in upstream:
            used[edge.parent] = max(edge.at, used.get(edge.parent, edge.at))
    return used


def consumed(lot_ids: list[int]) -> "QuerySet[MaterialActual]":
    """What went into these lots and was not taken back."""
    return MaterialActual.objects.filter(
        kind=ActualKind.CONSUMED, link__child__in=lot_ids, link__reversed_by__isnull=True
    ).select_related("lot__material__unit", "lot__supplier", "link__child", "person", "equipment", "correction")


def consumption(lot_ids: list[int]) -> list[MaterialActual]:
    """The first of it, oldest first."""
    return list(consumed(lot_ids).order_by("at", "pk")[:ROWS + 1])
