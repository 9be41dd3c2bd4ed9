"""Rules of the gate: held means held, all the way down, and once per cause."""

from traceability.invariants import register

# Door times don't tell who came first, commits do: where the server keeps commit times, the transactions that wrote
# the move and the journal's entries (rows that never change) are compared. Where it doesn't, only a move is named whose
# own time is after the hold was recorded under the lot's lock, and well before its release.
register(
    "I01", "held-lots-stand",
    "No lot goes forward between the moment it is held and the moment it is released.",
    """
    WITH marked AS (
      SELECT kind, (data->>'hold')::bigint AS hold_id, at,
             CASE WHEN current_setting('track_commit_timestamp') = 'on' THEN pg_xact_commit_timestamp(xmin) END AS done
      FROM plant_journalentry WHERE kind IN ('lot.held', 'hold.released') AND data ? 'hold'
    ), stood AS (
      SELECT h.id, h.lot_id, coalesce(p.at, h.placed_at) AS from_at, p.done AS from_done,
             h.released_at - interval '5 seconds' AS to_at, f.done AS to_done
      FROM traceability_hold h
      LEFT JOIN marked p ON p.hold_id = h.id AND p.kind = 'lot.held'
      LEFT JOIN marked f ON f.hold_id = h.id AND f.kind = 'hold.released'
      WHERE h.lot_id IS NOT NULL
    ), went AS (
      SELECT m.id, m.lot_id, m.to_bucket, m.at,
        CASE WHEN current_setting('track_commit_timestamp') = 'on' THEN pg_xact_commit_timestamp(m.xmin) END AS done
      FROM traceability_move m
      WHERE m.to_bucket NOT IN ('SCRAP', 'RETURNED', 'REWORK', 'LOST')
        AND m.from_bucket NOT IN ('RECEIVED', 'MADE', 'FOUND', 'LOST', 'SHIPPED')
        AND m.id NOT IN (
          SELECT (data->>'move')::bigint FROM plant_journalentry WHERE kind = 'lot.set-aside' AND data ? 'move')
    )
    SELECT w.id, 'lot', l.number, 'went to', w.to_bucket, 'while hold', s.id, 'stood'
    FROM stood s JOIN went w ON w.lot_id = s.lot_id JOIN traceability_materiallot l ON l.id = w.lot_id
    WHERE CASE WHEN w.done IS NOT NULL AND s.from_done IS NOT NULL AND (s.to_at IS NULL OR s.to_done IS NOT NULL)
      THEN w.done > s.from_done AND (s.to_at IS NULL OR w.done < s.to_done)
      ELSE w.at > s.from_at AND (s.to_at IS NULL OR w.at < s.to_at) END
    """,
)

register(
    "I03", "holds-reach-all-children",
    "What was made from a lot that a cause holds was held by it too, but for what was released or made in between.",
    """
    WITH RECURSIVE reached(cause_kind, cause_id, lot_id) AS (
      SELECT cause_kind, cause_id, lot_id FROM traceability_hold
      WHERE lot_id IS NOT NULL AND released_at IS NULL
      UNION
      SELECT r.cause_kind, r.cause_id, k.child_id
      FROM reached r JOIN traceability_link k ON k.parent_id = r.lot_id AND k.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM traceability_link b WHERE b.reverses_id = k.id)
      WHERE NOT EXISTS (
        SELECT 1 FROM traceability_hold h WHERE h.cause_kind = r.cause_kind AND h.cause_id = r.cause_id
          AND (h.lot_id = k.child_id AND h.released_at IS NOT NULL OR h.lot_id = r.lot_id AND h.released_at <= k.at))
    )
    SELECT r.lot_id, 'lot', l.number, 'is not held by', r.cause_kind, r.cause_id
    FROM reached r JOIN traceability_materiallot l ON l.id = r.lot_id
    WHERE NOT EXISTS (
      SELECT 1 FROM traceability_hold h
      WHERE h.lot_id = r.lot_id AND h.cause_kind = r.cause_kind AND h.cause_id = r.cause_id)
    ORDER BY 1
    """,
)

register(
    "I02", "spread-holds-have-their-origin",
    "A hold that spread came from a hold of the same cause on a lot it was made from, or from a rule.",
    """
    SELECT h.id, 'hold on', h.target_label, 'did not spread from hold', o.id
    FROM traceability_hold h JOIN traceability_hold o ON o.id = h.spread_from_id
    WHERE (h.cause_kind, h.cause_id) <> (o.cause_kind, o.cause_id)
       OR (o.lot_id IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM traceability_link k WHERE k.parent_id = o.lot_id AND k.child_id = h.lot_id))
    """,
)

register(
    "I04", "hold-counters-agree",
    "A lot counts exactly its open holds, and is held if and only if it has one.",
    """
    SELECT l.id, 'lot', l.number, 'counts', l.open_holds, 'holds, has', count(h.id), 'and is', l.status
    FROM traceability_materiallot l
    LEFT JOIN traceability_hold h ON h.lot_id = l.id AND h.released_at IS NULL
    GROUP BY l.id
    HAVING l.open_holds <> count(h.id) OR (l.status = 'HELD') <> (count(h.id) > 0)
    """,
)

register(
    "I36", "one-open-hold-per-cause",
    "A cause holds a target once.",
    """
    SELECT min(id), target_kind, target_label, 'is held', count(*), 'times by', cause_kind, cause_id
    FROM traceability_hold WHERE released_at IS NULL
    GROUP BY target_kind, target_id, target_label, cause_kind, cause_id HAVING count(*) > 1
    """,
)
