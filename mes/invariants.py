"""What must always be true of orders and their reports (checked by `manage.py check_invariants`)."""

from traceability.invariants import register

register(
    "I08", "operations-count-their-reports",
    "An operation of a work order counts exactly what was reported on it.",
    """
    SELECT s.id, 'operation of', j.number, 'counts', s.good, s.scrap, s.rework, 'reports', coalesce(sum(r.good), 0),
           coalesce(sum(r.scrap), 0), coalesce(sum(r.rework), 0)
    FROM mes_jobsegment s JOIN mes_joborder j ON j.id = s.job_order_id
    LEFT JOIN mes_jobresponse r ON r.job_segment_id = s.id
    GROUP BY s.id, j.number
    HAVING s.good <> coalesce(sum(r.good), 0) OR s.scrap <> coalesce(sum(r.scrap), 0)
        OR s.rework <> coalesce(sum(r.rework), 0)
    """,
)

register(
    "I11", "one-sign-on-at-a-station",
    "At a station one person is signed on at a time.",
    """
    SELECT min(id), 'station', station_id, 'has', count(*), 'open sign-ons'
    FROM mes_stationsession WHERE ended_at IS NULL GROUP BY station_id HAVING count(*) > 1
    """,
)

register(
    "I08", "operations-count-what-the-ledger-moved",
    "What an operation counts is what left it in the ledger, lot by lot; but for a decision that is still on its way.",
    """
    SELECT o.job_segment_id, 'operation', s.code, 'of', j.number, 'lot', l.number, 'ledger', o.good, o.scrap, o.rework,
           'reports', o.told_good, o.told_scrap, o.told_rework
    FROM zz_outcome o JOIN mes_jobsegment js ON js.id = o.job_segment_id
    JOIN mes_segment s ON s.id = js.segment_id JOIN mes_joborder j ON j.id = js.job_order_id
    JOIN traceability_materiallot l ON l.id = o.lot_id
    WHERE j.status <> 'CANCELLED' AND (o.good, o.scrap, o.rework) <> (o.told_good, o.told_scrap, o.told_rework)
      AND NOT EXISTS (
        SELECT 1 FROM plant_delivery d JOIN plant_journalentry e ON e.id = d.entry_id
        JOIN traceability_materiallot told ON told.id::text = e.subject_id AND told.job_order = j.number
        WHERE d.subscriber = 'mes.count_decision' AND d.delivered_at IS NULL AND e.subject_kind = 'materiallot')
    """,
)

register(
    "I36", "one-deviation-of-a-golden-parameter",
    "A stream is outside a golden window in one running deviation at most, and none lies beyond its mark.",
    """
    SELECT min(id), 'stream', stream_id, 'is outside golden parameter', standard_id, count(*), 'times at once'
    FROM mes_deviation WHERE ended_at IS NULL GROUP BY stream_id, standard_id HAVING count(*) > 1
    UNION ALL
    SELECT d.id, 'deviation of stream', d.stream_id, 'goes beyond its mark, golden parameter', d.standard_id, 0, ''
    FROM mes_deviation d LEFT JOIN mes_goldenmark m ON m.stream_id = d.stream_id
    WHERE m.stream_id IS NULL OR d.last_at > m.at
    """,
)
register(
    "I36", "deviations-mark-what-was-there",
    "A lot that a deviation marks stood there between the last good reading and the end; its case is its own.",
    """
    SELECT l.id, 'lot', l.lot_id, 'is marked without a visit by deviation', d.id
    FROM mes_deviationlot l JOIN mes_deviation d ON d.id = l.deviation_id
    WHERE NOT EXISTS (
      SELECT 1 FROM traceability_visit v WHERE v.lot_id = l.lot_id
        AND v.during && tstzrange(d.last_good_at, greatest(coalesce(d.ended_at, l.at), l.at, d.last_at), '[]'))
    UNION ALL
    SELECT d.id, 'deviation', d.id, 'carries a nonconformance of', n.source_id::bigint
    FROM mes_deviation d JOIN qms_nonconformance n ON n.id = d.nonconformance_id
    WHERE n.source_kind <> 'DEVIATION' OR split_part(n.source_id, '/', 1) <> d.id::text
    """,
)
