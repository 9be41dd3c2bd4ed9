"""What must always be true of nonconformances and measurements (checked by `manage.py check_invariants`)."""

from traceability.invariants import register

register(
    "I39", "dispositions-add-up",
    "What a nonconformance counts as decided is what was decided; closed, nothing is left undecided.",
    """
    WITH decided AS (
      SELECT nonconformance_id, lot_id, sum(quantity) AS quantity FROM qms_disposition GROUP BY 1, 2
    )
    SELECT l.id, 'lot', l.lot_id, 'of', n.number, 'counts', l.disposed, 'of', l.quantity, 'decided',
           coalesce(d.quantity, 0), n.status
    FROM qms_nonconformancelot l JOIN qms_nonconformance n ON n.id = l.nonconformance_id
    LEFT JOIN decided d ON d.nonconformance_id = l.nonconformance_id AND d.lot_id = l.lot_id
    WHERE l.disposed <> coalesce(d.quantity, 0) OR (n.status = 'CLOSED' AND l.disposed <> l.quantity)
    """,
)

register(
    "I41", "measured-in-calibration",
    "What was measured with a gauge was measured while its calibration held, and what asks for a gauge names one.",
    """
    WITH measured AS (
      SELECT 'result' AS what, id, item_id, gauge_id, at FROM qms_inspectionresult
      UNION ALL SELECT 'count', id, item_id, gauge_id, at FROM qms_inspectioncount WHERE inspected > 0
    )
    SELECT m.what, m.id, 'gauge', g.code, 'at', m.at
    FROM measured m JOIN qms_inspectionitem i ON i.id = m.item_id LEFT JOIN qms_gauge g ON g.id = m.gauge_id
    LEFT JOIN LATERAL (
      SELECT result, next_due_at FROM qms_calibration c WHERE c.gauge_id = m.gauge_id AND c.at <= m.at
      ORDER BY c.at DESC LIMIT 1) c ON true
    WHERE (i.gauge_type_id IS NOT NULL AND g.type_id IS DISTINCT FROM i.gauge_type_id)
       OR (m.gauge_id IS NOT NULL AND (c.next_due_at IS NULL OR c.next_due_at <= m.at))
    """,
)
register(
    "I41", "found-out-is-reviewed",
    "A calibration that found a gauge wrong has its review, and every inspection that the gauge measured is in it.",
    """
    SELECT c.id, 'calibration of', g.code, 'has no review', NULL::text
    FROM qms_calibration c JOIN qms_gauge g ON g.id = c.gauge_id
    WHERE c.result <> 'PASSED' AND NOT EXISTS (SELECT 1 FROM qms_impactreview r WHERE r.calibration_id = c.id)
    UNION ALL
    SELECT r.id, 'review', r.number, 'lacks a measurement of item', m.item_id::text
    FROM qms_impactreview r JOIN qms_inspectionresult m ON m.gauge_id = r.gauge_id
      AND m.at >= coalesce(r.since, '-infinity') AND m.at < (SELECT at FROM qms_calibration WHERE id = r.calibration_id)
    WHERE NOT EXISTS (SELECT 1 FROM qms_impactitem i WHERE i.review_id = r.id AND i.item_id = m.item_id)
    """,
)

register(
    "I43", "concessions-add-up",
    "What a concession counts as used is what was used under it, and never more than it allows.",
    """
    SELECT c.id, 'concession', c.number, 'counts', c.used, 'of', c.quantity, 'used', coalesce(sum(u.quantity), 0)
    FROM qms_concession c LEFT JOIN qms_concessionuse u ON u.concession_id = c.id
    GROUP BY c.id HAVING c.used <> coalesce(sum(u.quantity), 0) OR c.used > c.quantity
    """,
)
