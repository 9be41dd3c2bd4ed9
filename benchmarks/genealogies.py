"""A plant's genealogy of any size: ten layers of lots made of lots, raw lots of every size, serials shipped.

A raw lot feeds a stretch of the layer above it, short or long by a power law, as reels and drums do; a lot is
made of one to three lots of the layer below that were about at its time, and of components. Of the last layer six in
ten left, fifty in a delivery, to two hundred customers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from benchmarks.copying import poured, stage, without_foreign_keys
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Partner, PartnerKind, Unit

DEPTH = 10
FROM_BELOW, COMPONENTS = 1.9, 0.35  # edges for each lot: from the layer below it, of components of its own
STRETCHES = (20, 20_000)  # how many lots one raw lot goes into
LONG_TAIL = 1.15
DRUMS = (6_000, 2_500)  # and a few that feed a week, so that there is something to recall
CUSTOMERS, IN_A_DELIVERY, SHIPPED = 200, 50, 0.6
TABLES = ("traceability_materiallot", "traceability_link", "traceability_lotbalance", "traceability_shipment")
FILL = (
    """
    INSERT INTO traceability_materiallot (number, kind, material_id, site_id, supplier_lot, job_order, status,
      open_holds, created_at)
    SELECT 'L' || id, CASE WHEN id < %(last)s THEN 'LOT' ELSE 'SERIAL' END, material, %(site)s, '', '', 'AVAILABLE',
      0, now() FROM new_lot ORDER BY id
    """,
    """
    INSERT INTO traceability_link (parent_id, child_id, quantity, job_order, operation, certainty, reason, at)
    SELECT parent, child, 1, 'WO', 'OP', 'EXACT', '', now() FROM new_edge
    """,
    """
    INSERT INTO traceability_lotbalance (lot_id, bucket, place, quantity)
    SELECT id, CASE WHEN id < %(last)s THEN 'CONSUMED' WHEN id %% 10 < %(shipped)s THEN 'SHIPPED' ELSE 'STOCK' END,
      CASE WHEN id < %(last)s THEN '' WHEN id %% 10 < %(shipped)s THEN 'D' || (id - %(last)s) / %(some)s
        ELSE 'WH-FG' END, 1 FROM new_lot ORDER BY id
    """,
    """
    INSERT INTO traceability_shipment (number, customer_id, site_id, status, due_at, address, created_at, vehicle)
    SELECT DISTINCT place, (%(who)s::bigint[])[1 + substr(place, 2)::int %% cardinality(%(who)s::bigint[])], %(site)s,
      'OPEN', now(), '', now(), '' FROM traceability_lotbalance WHERE bucket = 'SHIPPED'
    """,
)


@dataclass(frozen=True)
class Genealogy:
    """What was built: ids of lots by layer, and the edges."""

    layers: list[np.ndarray[Any, Any]]
    parent: np.ndarray[Any, Any]
    child: np.ndarray[Any, Any]

    @property
    def lots(self) -> int:
        """How many lots there are."""
        return sum(len(layer) for layer in self.layers)


def build(edges: int, seed: int) -> Genealogy:
    """Make it in the database, and say what it is."""
    made = drawn(edges, np.random.default_rng(seed))
    after = without_foreign_keys(TABLES)
    fill(made)
    with connection.cursor() as cursor:
        for statement in (*after, "ANALYZE"):
            cursor.execute(statement)
    return made


def drawn(edges: int, rng: np.random.Generator) -> Genealogy:
    """Layers and edges; ids begin at 1, raw lots of every layer first."""
    width = max(200, int(edges / (FROM_BELOW + COMPONENTS) / (DEPTH - 1)))
    stretches = [reels(width * (1 if layer == 0 else COMPONENTS), rng) for layer in range(DEPTH - 1)]
    raw = np.cumsum([0, *(len(one) for one in stretches)])
    upper = [np.arange(width) + raw[-1] + 1 + width * layer for layer in range(DEPTH - 1)]
    parents, children = [], []
    for layer, lots in enumerate(upper):
        spread = lots if layer == 0 else np.sort(rng.choice(lots, int(width * COMPONENTS), replace=False))
        reel = np.repeat(np.arange(len(stretches[layer])), stretches[layer])[: len(spread)] + raw[layer] + 1
        parents.append(reel)
        children.append(spread[: len(reel)])
        if layer:
            child = np.repeat(np.arange(width), rng.integers(1, 4, width))
            drift = np.rint(rng.standard_t(2, child.size) * 3).astype(np.int64)
            parents.append(upper[layer - 1][np.clip(child + drift, 0, width - 1)])
            children.append(lots[child])
    pairs = np.unique(np.stack([np.concatenate(parents), np.concatenate(children)], 1), axis=0)
    pairs = pairs[np.argsort(pairs[:, 1], kind="stable")]
    return Genealogy([np.arange(raw[-1]) + 1, *upper], pairs[:, 0].copy(), pairs[:, 1].copy())


def reels(total: float, rng: np.random.Generator) -> Any:
    """Lengths of stretches by a power law, cut at both ends, as many as cover a layer."""
    low, high = STRETCHES
    drums = [length for length in DRUMS if length < total / 3]
    lengths = np.minimum(low * rng.random(int(total / low) + 1) ** (-1 / LONG_TAIL), high).astype(np.int64)
    lengths = np.concatenate([np.array(drums, np.int64), lengths])
    return lengths[: int(np.searchsorted(np.cumsum(lengths), total)) + 1]


def fill(made: Genealogy) -> None:
    """Lots, edges, where everything is, and who has it."""
    Unit.objects.get_or_create(code="C62", defaults={"name": "piece", "symbol": "pcs"})
    site = Equipment.objects.create(code="BENCH", name="Bench", level=EquipmentLevel.SITE)
    layer = np.concatenate([np.full(len(lots), number) for number, lots in enumerate(made.layers)])
    material = np.array([
        MaterialDefinition.objects.create(code=f"M{number}", name=f"Layer {number}", unit_id="C62").pk
        for number in range(len(made.layers))
    ])
    customers = [
        Partner.objects.create(code=f"C{number}", name=f"Customer {number}", kind=PartnerKind.CUSTOMER).pk
        for number in range(CUSTOMERS)
    ]
    last = made.layers[-1][0]
    stage("new_lot", id=np.concatenate(made.layers), material=material[layer])
    stage("new_edge", parent=made.parent, child=made.child)
    words = {"site": site.pk, "last": int(last), "shipped": int(SHIPPED * 10), "some": IN_A_DELIVERY, "who": customers}
    for table, statement in zip(TABLES, FILL, strict=True):
        poured(table, statement, words)
