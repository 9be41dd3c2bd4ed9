"""The genealogy explorer: a trace of thousands of lots, gathered, and opened where somebody looks closer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plant.templatetags import zz_states
from plant.web.access import needs
from traceability.models import LotKind, MaterialLot
from traceability.queries import flows, gathered, genealogy, genealogy_seen, impact, scanned
from traceability.queries.genealogy import Direction, Node, Trace
from traceability.web.graph import plain

MOST = 10_000
MOST_OPENED = 400


@needs("lot.read")
def page(request: HttpRequest) -> HttpResponse:
    """The explorer of one lot; without one it asks for it."""
    asked, direction = request.GET.get("lot", "").strip(), way(request)
    lot = found_lot(asked, request)
    context: dict[str, Any] = {"asked": asked, "lot": lot, "direction": direction, "directions": directions()}
    if lot is not None:
        trace = walked(lot, direction, request)
        told = gathered.gather(trace, {})
        context |= {
            "trace": trace, "groups": rows(told), "streams": streams(trace, told),
            "reach": impact.seen_by(request.user, [lot.pk]),
            "behind": len(trace.upstream), "held": sum(node.open_holds > 0 for node in trace.nodes),
        }
    return render(request, "traceability/lot/explorer.html", context)


@needs("lot.read")
def graph(request: HttpRequest) -> HttpResponse:
    """What is drawn now: `open` names the groups that were opened, each with how many of it."""
    lot = found_lot(request.GET.get("lot", ""), request)
    if lot is None:
        return JsonResponse({"nodes": [], "groups": [], "edges": []})
    trace = walked(lot, way(request), request)
    told = gathered.gather(trace, opened(request), request.GET.get("find", "").strip())
    return JsonResponse({
        "nodes": [_node(node, focus=node.id in trace.roots) for node in told.nodes],
        "groups": [_group(group) for group in told.groups],
        "edges": [
            {
                "source": bundle.source, "target": bundle.target, "links": bundle.links,
                "quantity": _amount(bundle.quantity, bundle.unit), "operation": ", ".join(bundle.operations),
                "certainty": bundle.certainty.lower(),
            }
            for bundle in told.bundles
        ],
    })


def streams(trace: Trace, told: gathered.Gathered) -> dict[str, Any]:
    """The same as amounts that flow from material to material, as the chart takes them."""
    return {
        "title": _("Quantities"),
        "flows": [
            {
                "from": list(flow.source), "to": list(flow.target), "value": float(flow.quantity), "unit": flow.unit,
                "links": flow.links,
            }
            for flow in flows.between(trace, told.ranks)
        ],
    }


def found_lot(asked: str, request: HttpRequest) -> MaterialLot | None:
    """The lot that was typed or scanned, as far as the reader may see it."""
    return scanned.lot(asked, request.user) if asked.strip() else None


def walked(lot: MaterialLot, direction: Direction, request: HttpRequest) -> Trace:
    """The trace within the reader's reach."""
    return genealogy_seen.seen_by(genealogy.trace(lot, direction, most=MOST), request.user)


def way(request: HttpRequest) -> Direction:
    """Which way to look; both, unless asked for one."""
    return next((one for one in genealogy.DIRECTIONS if one == request.GET.get("direction")), "both")


def directions() -> list[tuple[str, str]]:
    """The ways with their words."""
    return [("upstream", _("What it was made from")), ("downstream", _("What was made from it"))]


def opened(request: HttpRequest) -> dict[str, int]:
    """`open=KEY~30` for each opened group; what is not understood is left out."""
    pairs = (part.rpartition("~") for part in request.GET.getlist("open"))
    return {key: min(int(many), MOST_OPENED) for key, _sign, many in pairs if key and many.isdigit()}


def rows(told: gathered.Gathered) -> list[dict[str, Any]]:
    """The graph as a table: what stands together, nearest first."""
    by_key: dict[str, list[Node]] = {group.key: list(group.members) for group in told.groups}
    for node in told.nodes:
        by_key.setdefault(gathered.key_of(node, told.ranks[node.id]), []).append(node)
    found = [
        {
            "rank": told.ranks[nodes[0].id], "node": nodes[0], "lots": len(nodes),
            "held": sum(node.open_holds > 0 for node in nodes), "single": nodes[0] if len(nodes) == 1 else None,
            "quantity": sum(node.quantity for node in nodes),
        }
        for nodes in by_key.values()
    ]
    return sorted(found, key=lambda row: (abs(row["rank"]), row["rank"], row["node"].material))


def _node(node: Node, *, focus: bool) -> dict[str, Any]:
    if node.is_elsewhere:
        return {"id": node.id, "label": _("Belongs elsewhere"), "kind": "elsewhere", "focus": focus}
    return {
        "id": node.id, "label": node.number, "kind": "serial" if node.kind == LotKind.SERIAL else "lot",
        "state": node.state, "said": zz_states.look(node.state)[2], "material": node.material,
        "name": node.material_name, "supplier": node.supplier,
        "quantity": _amount(node.quantity, node.unit), "focus": focus, "holds": node.open_holds,
        "url": reverse("traceability:lot-detail", args=[node.number]),
    }


def _group(group: gathered.Group) -> dict[str, Any]:
    count = len(group.members)
    label = ngettext("%(count)s more", "%(count)s more", count) if group.opened else ngettext(
        "%(count)s lot", "%(count)s lots", count
    )
    return {
        "id": group.key, "label": label % {"count": count}, "kind": "group", "material": group.material,
        "name": group.material_name, "count": count, "held": group.held, "opened": group.opened,
        "quantity": _amount(group.quantity, group.unit), "state": "HELD" if group.held else "",
    }


def _amount(quantity: Any, unit: str) -> str:
    return f"{plain(quantity)} {unit}".strip() if quantity else ""
