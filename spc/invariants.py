"""What must always be true of charts and violations."""

from traceability.invariants import register

register(
    "I36", "one-nonconformance-for-a-violation",
    "A violation has opened at most one nonconformance at a time, and carries it.",
    """
    SELECT v.id, 'violation carries nonconformance', v.nonconformance_id, 'whose source is', n.source_id
    FROM spc_violation v JOIN qms_nonconformance n ON n.id = v.nonconformance_id
    WHERE n.source_kind <> 'VIOLATION' OR split_part(n.source_id, '/', 1) <> v.id::text
    UNION ALL
    SELECT min(n.id), 'and others are open at once for violation', split_part(n.source_id, '/', 1)::bigint, '', ''
    FROM qms_nonconformance n WHERE n.source_kind = 'VIOLATION' AND n.status <> 'CLOSED'
    GROUP BY split_part(n.source_id, '/', 1) HAVING count(*) > 1
    """,
)
register(
    "I36", "flags-belong-to-their-violation",
    "Every flagged point lies on its violation's chart and within the violation's time; every violation has a flag.",
    """
    SELECT p.id, 'point at', p.at::text, 'is not within violation', v.id
    FROM spc_violationpoint p JOIN spc_violation v ON v.id = p.violation_id
    WHERE p.chart_id <> v.chart_id OR p.at > v.last_at
    UNION ALL
    SELECT v.id, 'violation has no point that opened it', v.rule, v.at::text, v.id
    FROM spc_violation v
    WHERE NOT EXISTS (
      SELECT 1 FROM spc_violationpoint p WHERE p.violation_id = v.id AND p.rule = v.rule AND p.seq = v.seq
    )
    """,
)
register(
    "I37", "every-reading-is-judged",
    "No reading of an active chart has waited longer than half a minute for its judgement.",
    """
    SELECT c.id, 'chart', c.code, 'has not judged the reading of', r.at
    FROM spc_controlchart c JOIN traceability_stream s ON s.id = c.stream_id
    JOIN LATERAL (
      SELECT at, recorded_at FROM zz_readings(c.stream_id, c.evaluated_at, s.last_at) WHERE at > c.evaluated_at
      ORDER BY at LIMIT 1
    ) AS r ON true
    WHERE c.active AND r.recorded_at < clock_timestamp() - interval '30 seconds'
    """,
)
