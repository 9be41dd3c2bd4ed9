"""Sample data of the charts in the gallery of components."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


def chart() -> dict[str, Any]:
    values = [
        round(240 + 1.6 * math.sin(i * 2.1) + 1.1 * math.cos(i * 5.3) + max(0, i - 46) * 0.55, 2) for i in range(60)
    ]
    at = [(NOON + timedelta(minutes=2 * i)).timestamp() * 1000 for i in range(60)]
    limits = {
        "version": 1, "from": at[0], "center": 240, "ucl": 245.4, "lcl": 234.6, "sigma": 1.8, "range_center": 2.03,
        "range_ucl": 6.63,
    }
    return {
        "title": _("Reflow zone 3, individual values"), "unit": "°C", "from": at[0], "to": at[-1], "at": at,
        "value": values, "range": [None, *(abs(b - a) for a, b in pairwise(values))], "limits": [limits],
        "rules": {"Nelson 1": [_("Beyond three sigma"), _("Beyond three sigma")]},
        "hits": [[i, "Nelson 1", at[i], 0] for i, value in enumerate(values) if value > 245.4],
        "ghosts": [], "marks": [{"at": at[20], "kind": "comment", "title": _("Note"), "text": "", "by": "Wang Fang"}],
    }


def trend() -> dict[str, Any]:
    points = [
        {"at": (NOON + timedelta(minutes=i)).isoformat(), "value": round(0.9 + 0.02 * math.sin(i / 7), 4)}
        for i in range(120)
    ]
    return {
        "title": _("Conveyor speed"), "unit": "m/min", "points": points,
        "lines": [{"label": "USL", "value": 0.93}, {"label": "LSL", "value": 0.87}],
        "ranges": [{"from": points[70]["at"], "to": points[85]["at"], "label": _("Held"), "tone": "held"}],
    }


def pareto() -> dict[str, Any]:
    names = [_("Solder bridge"), _("Tombstone"), _("Missing part"), _("Polarity"), _("Scratch")]
    bars = zip(names, (42, 27, 13, 6, 3), strict=True)
    return {"title": _("Defects by cause"), "unit": _("pcs"), "bars": [{"label": k, "value": v} for k, v in bars]}


def graph() -> dict[str, Any]:
    nodes = [
        ("a", "PCB-2610-07", "lot", "AVAILABLE"), ("b", "PASTE-88", "lot", "AVAILABLE"),
        ("c", "IC-4411", "lot", "CONSUMED"), ("d", "LOT-2611-0042", "lot", "HELD"),
        ("e", "SN-000871", "serial", "HELD"), ("f", "SN-000872", "serial", "SHIPPED"),
    ]
    edges = [("a", "d", 240), ("b", "d", "0.4"), ("c", "d", 480), ("d", "e", 1), ("d", "f", 1)]
    return {
        "nodes": [{"id": i, "label": n, "kind": k, "state": s, "url": "#", "focus": i == "d"} for i, n, k, s in nodes],
        "edges": [{"source": s, "target": t, "quantity": q, "at": NOON.isoformat(), "operation": _("Placement")}
                  for s, t, q in edges],
    }


def explorer() -> dict[str, Any]:
    drawn = graph()
    drawn["groups"] = [{"id": "g", "label": "312", "kind": "group", "material": "CB-100", "count": 312, "held": 18,
                        "opened": 0, "quantity": "", "state": "HELD"}]
    links = [{**edge, "links": 1, "quantity": f"{edge['quantity']} pcs"} for edge in drawn["edges"]]
    drawn["edges"] = [*links, {"source": "d", "target": "g", "links": 312, "quantity": "312 pcs", "operation": ""}]
    return drawn


def flows() -> dict[str, Any]:
    steps = [
        ([0, "PCB-100"], [1, "CB-100"], 240, "pcs"), ([0, "PASTE"], [1, "CB-100"], 96, "g"),
        ([1, "CB-100"], [2, "CTRL"], 200, "pcs"),
    ]
    return {
        "title": _("Quantities"),
        "flows": [{"from": a, "to": b, "value": value, "unit": unit, "links": 3} for a, b, value, unit in steps],
    }


SAMPLES = {
    "chart": chart, "trend": trend, "pareto": pareto, "graph": graph, "explorer": explorer, "flows": flows,
    "spark": trend,
}
