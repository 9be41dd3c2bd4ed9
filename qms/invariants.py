"""What must always be true of nonconformances (checked by `manage.py check_invariants`)."""

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
