"""The statements behind a trace: nested loops on two covering indexes, UNION so that every lot is visited once."""

from datetime import UTC, datetime

from traceability.models import SINKS, SOURCES, Bucket

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
AT_HAND = tuple(bucket.value for bucket in Bucket if bucket not in (*SINKS, *SOURCES))

# A recursion is planned without knowing how much it finds, so the planner is told: small steps, by index, no JIT.
SETTINGS = """
SELECT set_config('work_mem', '256MB', true), set_config('jit', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)
"""

# A link counts unless it undoes another or has been undone by the moment asked for.
NET = """
l.reverses_id IS NULL AND l.at <= %(as_of)s
AND NOT EXISTS (SELECT 1 FROM traceability_link r WHERE r.reverses_id = l.id AND r.at <= %(as_of)s)
"""

WALK = """
{name}(id, depth) AS (
  SELECT unnest(%(roots)s::bigint[]), 0
  UNION
  SELECT l.{near}_id, {step}
  FROM {name} w JOIN traceability_link l ON l.{far}_id = w.id
  WHERE {limit} {net}
)
"""

NODES = """
SELECT n.id, n.number, n.kind, n.status, n.open_holds, m.code, m.name, m.use, u.symbol,
       coalesce(p.name, ''), n.supplier_lot, n.created_at,
       (SELECT jsonb_object_agg(b.bucket, b.quantity) FROM (
          SELECT bucket, sum(quantity)::text AS quantity FROM traceability_lotbalance
          WHERE lot_id = n.id AND quantity > 0 GROUP BY bucket) b)
FROM traceability_materiallot n
JOIN plant_materialdefinition m ON m.id = n.material_id
JOIN plant_unit u ON u.code = m.unit_id
LEFT JOIN plant_partner p ON p.id = n.supplier_id
WHERE n.id = ANY(%(ids)s::bigint[]) ORDER BY n.id
"""

SIDES = {"upstream": ("up",), "downstream": ("down",), "both": ("up", "down")}
ENDS = {"up": ("parent", "child"), "down": ("child", "parent")}


def walks(direction: str, *, limited: bool) -> str:
    """The recursive part; without a limit it carries no depth, so that no lot is visited twice."""
    step, limit = ("w.depth + 1", "w.depth < %(depth)s AND") if limited else ("0", "")
    parts = [
        WALK.format(name=name, near=ENDS[name][0], far=ENDS[name][1], step=step, limit=limit, net=NET)
        for name in SIDES[direction]
    ]
    return "WITH RECURSIVE " + ", ".join(parts)


COLUMNS = "l.id, l.parent_id, l.child_id, l.quantity, l.job_order, l.operation, l.at, l.certainty"
ALONG = """
SELECT {columns} FROM (SELECT DISTINCT id FROM {name} w WHERE {inner} true) w
JOIN traceability_link l ON l.{far}_id = w.id WHERE {net}
"""
# A recursion read under LIMIT stops once it has found that many; their edges are few when sought from the child.
AMONG = """
SELECT {columns} FROM (SELECT array_agg(id) AS ids FROM (SELECT id FROM {name} LIMIT %(most)s) first) w
JOIN traceability_link l ON l.child_id = ANY(w.ids) AND l.parent_id = ANY(w.ids) WHERE {net}
"""


def edges(direction: str, *, limited: bool, capped: bool = False) -> str:
    """Every edge that the walk went along, oldest first; capped, those among the nearest lots."""
    inner = "w.depth < %(depth)s AND" if limited else ""
    part = AMONG if capped else ALONG
    found = " UNION ".join(
        part.format(columns=COLUMNS, name=name, far=ENDS[name][1], inner=inner, net=NET) for name in SIDES[direction]
    )
    columns = COLUMNS.replace("l.id, ", "").replace("l.", "")
    return f"{walks(direction, limited=limited)} SELECT {columns} FROM ({found}) found ORDER BY at, id"


def ids(direction: str, *, limited: bool) -> str:
    """Every lot that the walk reached, the roots included."""
    found = " UNION ".join(f"SELECT id FROM {name}" for name in SIDES[direction])
    return f"{walks(direction, limited=limited)} {found}"
