"""A trace gathered: lots of one material, equally far away, stand together until somebody looks into them.

How far is counted along the longest way, so that every link leads on: a lot never stands before what it was made from.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from traceability.models import LotStatus
from traceability.queries.genealogy import Node, Trace

FEW = 6  # as many alike are drawn one by one

Key = str


@dataclass(frozen=True, slots=True)
class Group:
    """Lots that are alike; `members` are those that are not drawn one by one, held ones first."""

    key: Key
    rank: int
    material: str
    material_name: str
    kind: str
    unit: str
    members: tuple[Node, ...]
    opened: int

    @property
    def held(self) -> int:
        """How many of them are held."""
        return sum(node.status == LotStatus.HELD for node in self.members)

    @property
    def quantity(self) -> Decimal:
        """What is at hand of them."""
        return sum((node.quantity for node in self.members), Decimal(0))


@dataclass(frozen=True, slots=True)
class Bundle:
    """All links from one drawn thing to another; a number stands for a lot, a key for a group."""

    source: int | Key
    target: int | Key
    links: int
    quantity: Decimal
    unit: str
    operations: tuple[str, ...]
    certainty: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is drawn: single lots, groups, and the bundles between them."""

    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    bundles: tuple[Bundle, ...]
    ranks: dict[int, int]


def gather(trace: Trace, opened: Mapping[Key, int], find: str = "") -> Gathered:
    """Put together what is alike; of an opened group so many are drawn, and the lot that is looked for anyway."""
    rank = ranks(trace)
    alike: dict[Key, list[Node]] = defaultdict(list)
    for node in trace.nodes:
        alike[key_of(node, rank[node.id])].append(node)
    single, groups, home = [], [], dict[int, int | Key]()
    for key, members in alike.items():
        group, alone = split(key, rank[members[0].id], members, opened.get(key, 0), trace.roots, find)
        single += alone
        home |= {node.id: node.id for node in alone}
        if group.members:
            groups.append(group)
            home |= {node.id: key for node in group.members}
    return Gathered(tuple(single), tuple(groups), tuple(bundled(trace, home)), rank)


def key_of(node: Node, rank: int) -> Key:
    """What lots must have in common to stand together."""
    return f"{rank}:{node.kind}:{node.material}"


def split(
    key: Key, rank: int, members: list[Node], opened: int, roots: Iterable[int], find: str
) -> tuple[Group, list[Node]]:
    """Who stands together and who alone: roots, few, those that were opened, and the one that is looked for."""
    ordered = sorted(members, key=lambda node: (node.status != LotStatus.HELD, node.number, node.id))
    many = len(members) if len(members) <= FEW else opened
    alone = {node.id for node in ordered[:many]} | set(roots)
    alone |= {node.id for node in ordered if find and node.number == find}
    first = ordered[0]
    together = tuple(node for node in ordered if node.id not in alone)
    group = Group(key, rank, first.material, first.material_name, first.kind, first.unit, together, opened)
    return group, [node for node in ordered if node.id in alone]


def bundled(trace: Trace, home: Mapping[int, int | Key]) -> Iterable[Bundle]:
    """Links between the same two drawn things as one; it is exact only if all of them are."""
    together = defaultdict(list)
    for edge in trace.edges:
        together[home[edge.parent], home[edge.child]].append(edge)
    for (source, target), edges in together.items():
        certain = {edge.certainty for edge in edges}
        yield Bundle(
            source, target, len(edges), sum((edge.quantity for edge in edges), Decimal(0)),
            trace.by_id[edges[0].parent].unit, tuple(sorted({edge.operation for edge in edges if edge.operation})),
            "EXACT" if certain == {"EXACT"} else "POSSIBLE",
        )


def ranks(trace: Trace) -> dict[int, int]:
    """The longest way from the roots to each lot, below zero upstream."""
    level = {node.id: node.level for node in trace.nodes}
    down = [(edge.parent, edge.child) for edge in trace.edges if level[edge.child] > 0]
    up = [(edge.child, edge.parent) for edge in trace.edges if level[edge.parent] < 0]
    return level | longest(down) | {lot: -rank for lot, rank in longest(up).items()}


def longest(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How many links the longest way to each has; what lies on a circle is left out."""
    follow, waiting = defaultdict(list), Counter[int]()
    for source, target in edges:
        follow[source].append(target)
        waiting[target] += 1
    found = {source: 0 for source in follow if not waiting[source]}
    ready = deque(found)
    while ready:
        source = ready.popleft()
        for target in follow[source]:
            found[target] = max(found.get(target, 0), found[source] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return {lot: rank for lot, rank in found.items() if not waiting[lot]}
