"""What must always be true of control charts (checked by `manage.py check_invariants`)."""

from traceability.invariants import register

register(
    "I36", "one-running-violation-per-chart",
    "A chart has at most one running violation, and a point is flagged by a rule once.",
    """
    SELECT min(id), 'chart', chart_id, 'has', count(*), 'running violations'
    FROM spc_violation WHERE ended_at IS NULL GROUP BY chart_id HAVING count(*) > 1
    UNION ALL
    SELECT min(id), 'chart', chart_id, 'point', seq, 'flagged ' || count(*) || ' times by ' || rule
    FROM spc_violationpoint GROUP BY chart_id, rule, at, seq HAVING count(*) > 1
    """,
)
