"""A trace as somebody may see it: what belongs elsewhere stands in it without details, so no chain is silently short.

A partner's person sees their own lots only: that more was made of them, or of what, is the plant's own business.
"""

from dataclasses import replace
from decimal import Decimal

from plant import scoping
from plant.models import Person
from traceability.models import MaterialLot
from traceability.queries.genealogy import Edge, Node, Trace

ELSEWHERE = "ELSEWHERE"


def seen_by(found: Trace, person: Person) -> Trace:
    """The trace within somebody's reach; one question more for those who don't reach everything."""
    far = scoping.reach(person)
    if far.is_everywhere and far.partner is None:
        return found
    rows = scoping.visible(MaterialLot.objects.filter(pk__in=[node.id for node in found.nodes]), person)
    own = set(rows.values_list("pk", flat=True))
    if far.partner is None:
        nodes = tuple(node if node.id in own else _bare(node) for node in found.nodes)
        edges = tuple(edge if own.issuperset((edge.parent, edge.child)) else _bare_edge(edge, own)
                      for edge in found.edges)
    else:
        nodes = tuple(node for node in found.nodes if node.id in own)
        edges = tuple(edge for edge in found.edges if own.issuperset((edge.parent, edge.child)))
    roots = tuple(root for root in found.roots if root in own or far.partner is None)
    return replace(found, roots=roots, nodes=nodes, edges=edges, by_id={node.id: node for node in nodes})


def _bare(node: Node) -> Node:
    """That there is a lot, and how far away; nothing of what it is."""
    return replace(
        node, number="", kind=ELSEWHERE, status="", open_holds=0, material="", material_name="", use="", unit="",
        supplier="", supplier_lot="", quantity=Decimal(0), balances={},
    )


def _bare_edge(edge: Edge, own: set[int]) -> Edge:
    """What went in or out of one's own lot is told, what happened to it there is not; between strangers, nothing."""
    if edge.child in own:
        return edge
    quantity = edge.quantity if edge.parent in own else Decimal(0)
    return replace(edge, quantity=quantity, job_order="", operation="")
