"""A trace as the genealogy graph draws it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from traceability.models import LotKind
from traceability.queries.genealogy import Node, Trace


def as_json(trace: Trace) -> dict[str, Any]:
    """Nodes and edges, the roots in focus."""
    return {
        "nodes": [_node(node, focus=node.id in trace.roots) for node in trace.nodes],
        "edges": [
            {
                "source": edge.parent, "target": edge.child, "quantity": plain(edge.quantity) if edge.quantity else "",
                "at": edge.at.isoformat(), "operation": edge.operation, "job_order": edge.job_order,
                "certainty": edge.certainty.lower(),
            }
            for edge in trace.edges
        ],
        "is_cut": trace.is_cut,
    }


def _node(node: Node, *, focus: bool) -> dict[str, Any]:
    if node.is_elsewhere:
        return {"id": node.id, "label": _("Belongs elsewhere"), "kind": "elsewhere", "focus": focus}
    return {
        "id": node.id, "label": node.number, "kind": "serial" if node.kind == LotKind.SERIAL else "lot",
        "state": node.state, "material": node.material, "quantity": plain(node.quantity) if node.quantity else "",
        "url": reverse("traceability:lot-detail", args=[node.number]), "supplier": node.supplier, "focus": focus,
    }


def plain(quantity: Any) -> str:
    """A quantity without needless zeros and without an exponent."""
    return f"{quantity.normalize():f}"
