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
