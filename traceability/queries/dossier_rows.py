"""The whole record of a lot, however large: its rows come in chunks while they are written, none is left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Func, Prefetch, Q, QuerySet

from plant import scoping
from plant.models import Person
from traceability import dossier_parts
from traceability.models import Hold, LotBalance, MaterialActual, MaterialLot, Move, Visit
from traceability.queries import corrections, dossier, genealogy, genealogy_seen, holds_list, lots, surroundings
from traceability.queries.genealogy import Trace
from traceability.queries.surroundings import Summary

CHUNK = 500
Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay at a machine, with what was read meanwhile."""

    visit: Visit
    values: list[Summary]


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known at once, and the keys by which the rest is read."""

    lot: MaterialLot
    trace: Trace
    balances: list[LotBalance]
    holds: list[Hold]
    parts: list[tuple[dossier_parts.Part, dict[str, Any]]]
    until: dict[int, datetime]  # what it was made from, and when it went in
    reader: Person
    now: datetime

    def visits(self) -> Iterator[list[Visit]]:
        """Its stays and those of what it was made from until it went in, oldest first, in chunks."""
        rows = Visit.objects.filter(Q(lot=self.lot) | Q(lot__in=list(self.until)))
        keys = [
            pk for pk, lot, during in rows.order_by(Func("during", function="lower"), "pk")
            .values_list("pk", "lot", "during").iterator(CHUNK)
            if lot == self.lot.pk or during.lower <= self.until[lot]
        ]
        related = Visit.objects.select_related("lot__material", "equipment__parent", "person")
        yield from chunks(related.prefetch_related(Prefetch("corrections", corrections.APPROVED)), keys)

    def stays(self) -> Iterator[Stay]:
        """The same with what instruments read."""
        for visits in self.visits():
            values = surroundings.around(visits, now=self.now)
            yield from (Stay(visit, values[visit.pk]) for visit in visits)

    def consumed(self) -> Iterator[tuple[MaterialActual, bool]]:
        """What went in, oldest first, and whether it belongs to another site."""
        rows = dossier.consumed([self.lot.pk, *self.until])
        keys = list(rows.order_by("at", "pk").values_list("pk", flat=True).iterator(CHUNK))
        for actuals in chunks(rows, keys):
            used = [one.lot for one in actuals]
            near = {lot.pk for lot in scoping.within(used, self.reader)}
            yield from ((one, one.lot_id not in near) for one in actuals)

    def moves(self) -> Iterator[Move]:
        """The ledger of the lot, oldest first."""
        rows = Move.objects.filter(lot=self.lot).select_related("person", "lot__material__unit").order_by("at", "pk")
        yield from rows.iterator(CHUNK)


def chunks(rows: "QuerySet[Row]", keys: list[int]) -> Iterator[list[Row]]:
    """The rows of some keys in their order, so many at a time."""
    for start in range(0, len(keys), CHUNK):
        some = keys[start:start + CHUNK]
        found = rows.in_bulk(some)
        yield [found[pk] for pk in some if pk in found]


def whole(lot: MaterialLot, *, reader: Person, now: datetime) -> Whole:
    """The record of a lot as far as its reader reaches; nothing of its genealogy is cut."""
    trace = genealogy_seen.seen_by(genealogy.trace(lot), reader)
    until = dossier.used_at(trace)
    near = [node.id for node in trace.upstream if not node.is_elsewhere][:dossier.LOTS]
    others = MaterialLot.objects.select_related("material").in_bulk(near)
    return Whole(
        lot=lot, trace=trace, balances=lots.balances(lot), holds=holds_list.of_lot(lot.pk),
        parts=dossier_parts.fill_all([lot, *(others[key] for key in near)]), until=until, reader=reader, now=now,
    )
