"""How much of what went into what, material by material: the streams of a Sankey diagram."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from traceability.queries.genealogy import Trace

Stage = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount of one material that went into another, one stage further; in the unit of the first."""

    source: Stage
    target: Stage
    quantity: Decimal
    unit: str
    links: int


def between(trace: Trace, ranks: Mapping[int, int]) -> list[Flow]:
    """All flows of a trace, by stage; links of nothing (only possible ones) are counted, not added."""
    sums: dict[tuple[Stage, Stage], Decimal] = defaultdict(Decimal)
    links: dict[tuple[Stage, Stage], int] = defaultdict(int)
    units: dict[Stage, str] = {}
    for edge in trace.edges:
        parent, child = trace.by_id[edge.parent], trace.by_id[edge.child]
        source, target = (ranks[parent.id], parent.material), (ranks[child.id], child.material)
        sums[source, target] += edge.quantity
        links[source, target] += 1
        units[source] = parent.unit
    return [Flow(*ends, quantity, units[ends[0]], links[ends]) for ends, quantity in sorted(sums.items())]
