"""What a lot was made from and what was made from it, however deep, in three statements."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.db import connection, transaction

from traceability.models import Bucket, LotStatus, MaterialLot
from traceability.queries import genealogy_sql

Direction = Literal["upstream", "downstream", "both"]
# What a lot is called when nothing of it is left, by where it went; the first that applies.
GONE = {
    Bucket.SHIPPED.value: "SHIPPED", Bucket.CONSUMED.value: "CONSUMED", Bucket.RETURNED.value: "RETURNED",
    Bucket.SCRAP.value: "SCRAPPED", Bucket.LOST.value: "LOST",
}
DIRECTIONS: tuple[Direction, ...] = ("upstream", "downstream", "both")


@dataclass(frozen=True, slots=True)
class Node:
    """A lot in a trace, with what a person needs to know of it."""

    id: int
    number: str
    kind: str
    status: str
    open_holds: int
    material: str
    material_name: str
    use: str
    unit: str
    supplier: str
    supplier_lot: str
    created_at: datetime
    quantity: Decimal
    balances: dict[str, Decimal]
    level: int = 0

    @property
    def state(self) -> str:
        """What a person sees of it."""
        return whereabouts(self.status, set(self.balances))

    @property
    def is_elsewhere(self) -> bool:
        """Another site's or company's, told without details (genealogy_seen.py)."""
        return not self.number

    @property
    def steps(self) -> int:
        """How far it is from the root, either way."""
        return abs(self.level)


@dataclass(frozen=True, slots=True)
class Edge:
    """The child holds some of the parent."""

    parent: int
    child: int
    quantity: Decimal
    job_order: str
    operation: str
    at: datetime
    certainty: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The lots around one or several roots, and the edges between them; levels count away from the roots."""

    roots: tuple[int, ...]
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    by_id: dict[int, Node] = field(default_factory=dict, repr=False, compare=False)
    is_cut: bool = False

    @property
    def upstream(self) -> list[Node]:
        """What the roots were made from, nearest first."""
        return sorted((node for node in self.nodes if node.level < 0), key=lambda node: (-node.level, node.number))

    @property
    def downstream(self) -> list[Node]:
        """What was made from the roots, nearest first."""
        return sorted((node for node in self.nodes if node.level > 0), key=lambda node: (node.level, node.number))


def whereabouts(status: str, buckets: set[str]) -> str:
    """Held, at hand, or where all of it went; a lot that is scrapped or shipped whole isn't available to anybody."""
    if status == LotStatus.HELD or not buckets or not buckets <= set(GONE):
        return status
    return GONE[min(buckets, key=list(GONE).index)]


def trace(
    lot: MaterialLot, direction: Direction = "both", depth: int | None = None, as_of: datetime | None = None,
    most: int | None = None,
) -> Trace:
    """Walk the genealogy of one lot; undone links are left out, `as_of` shows it as it stood then.

    `most` stops the walk after that many lots on either side, nearest first: a page can't show fifty thousand.
    """
    return trace_many([lot.pk], direction, depth, as_of, most)


def trace_many(
    lot_ids: Iterable[int], direction: Direction = "both", depth: int | None = None, as_of: datetime | None = None,
    most: int | None = None,
) -> Trace:
    """Walk from several lots at once, for instance from everything of one supplier's lot."""
    roots = tuple(dict.fromkeys(lot_ids))
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(genealogy_sql.SETTINGS)
        statement = genealogy_sql.edges(direction, limited=depth is not None, capped=most is not None)
        cursor.execute(statement, _parameters(roots, depth, as_of) | {"most": most})
        edges = tuple(Edge(*row) for row in cursor.fetchall())
        levels = _levels(roots, edges)
        cursor.execute(genealogy_sql.NODES, {"ids": list(levels)})
        nodes = tuple(_node(row, levels[row[0]]) for row in cursor.fetchall())
    is_cut = most is not None and len(nodes) >= most
    return Trace(roots, nodes, edges, {node.id: node for node in nodes}, is_cut)


def lot_ids(roots: Iterable[int], direction: Direction, depth: int | None = None) -> set[int]:
    """Only which lots a trace reaches, the roots included: for whoever acts on all of them."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(genealogy_sql.SETTINGS)
        cursor.execute(genealogy_sql.ids(direction, limited=depth is not None), _parameters(roots, depth, None))
        return {row[0] for row in cursor.fetchall()}


def from_supplier_lot(
    supplier_lot: str, supplier: str = "", depth: int | None = None, most: int | None = None
) -> Trace:
    """Everything that holds some of a supplier's lot, wherever it is now."""
    received = MaterialLot.objects.filter(supplier_lot=supplier_lot)
    if supplier:
        received = received.filter(supplier__code=supplier)
    return trace_many(received.order_by("pk").values_list("pk", flat=True), "downstream", depth, most=most)


def _parameters(roots: Iterable[int], depth: int | None, as_of: datetime | None) -> dict[str, Any]:
    return {"roots": list(roots), "depth": depth, "as_of": as_of or genealogy_sql.FOREVER}


def _levels(roots: tuple[int, ...], edges: tuple[Edge, ...]) -> dict[int, int]:
    """How far each lot is from the nearest root: below zero upstream, above zero downstream."""
    parents, children = defaultdict(list), defaultdict(list)
    for edge in edges:
        parents[edge.child].append(edge.parent)
        children[edge.parent].append(edge.child)
    levels = dict.fromkeys(roots, 0)
    for neighbours, step in ((parents, -1), (children, 1)):
        ring: list[int] = list(roots)
        while ring:
            found = dict.fromkeys(near for lot in ring for near in neighbours[lot] if near not in levels)
            levels |= dict.fromkeys(found, step * (1 + abs(levels[ring[0]])))
            ring = list(found)
    return levels


def _node(row: tuple[Any, ...], level: int) -> Node:
    facts, balances = row[:-1], row[-1]
    amounts = {bucket: Decimal(amount) for bucket, amount in json.loads(balances or "{}").items()}
    at_hand = sum((amounts[bucket] for bucket in genealogy_sql.AT_HAND if bucket in amounts), Decimal(0))
    return Node(*(*facts, at_hand, amounts, level))
