"""How a hold has spread, and how far its release reaches."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from traceability.models import Hold

BELOW = """
WITH RECURSIVE below(id) AS (
  SELECT %(hold)s::bigint
  UNION
  SELECT h.id FROM traceability_hold h JOIN below b ON h.spread_from_id = b.id
)
SELECT h.* FROM traceability_hold h JOIN below USING (id)
WHERE h.id <> %(hold)s AND h.released_at IS NULL AND (h.cause_kind, h.cause_id) = (%(kind)s, %(cause)s)
ORDER BY h.id
"""
# What these lots were made from, as far as the same cause holds that now.
HELD_PARENTS = """
SELECT DISTINCT l.child_id, l.parent_id FROM traceability_link l
JOIN traceability_hold h ON h.lot_id = l.parent_id AND h.released_at IS NULL
  AND (h.cause_kind, h.cause_id) = (%(kind)s, %(cause)s)
WHERE l.child_id = ANY(%(lots)s) AND l.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM traceability_link r WHERE r.reverses_id = l.id)
"""


def along(hold: Hold) -> list[Hold]:
    """The open holds that go with the release of this one: of its cause, on lots that nothing else of it reaches."""
    words: dict[str, Any] = {"hold": hold.pk, "kind": hold.cause_kind, "cause": hold.cause_id}
    below = {one.lot_id: one for one in Hold.objects.raw(BELOW, words) if one.lot_id is not None}
    going = set(below)
    if hold.lot_id is not None and going:
        with connection.cursor() as cursor:
            cursor.execute(HELD_PARENTS, {**words, "lots": list(below)})
            going = freed(going, hold.lot_id, cursor.fetchall())
    return [one for lot, one in below.items() if lot in going]


def freed(going: set[int], root: int, made: Iterable[tuple[int, int]]) -> set[int]:
    """Those that nothing keeps: take away what a lot that stays held went into, until nothing more is taken away."""
    edges, left = list(made), set(going)
    while True:
        kept = {child for child, parent in edges if child in left and parent != root and parent not in left}
        if not kept:
            return left
        left -= kept


def gone(hold: Hold) -> list[Hold]:
    """The holds that were released together with this one."""
    same = Hold.objects.filter(cause_kind=hold.cause_kind, cause_id=hold.cause_id, released_at=hold.released_at)
    return list(same.exclude(pk=hold.pk).order_by("pk"))
