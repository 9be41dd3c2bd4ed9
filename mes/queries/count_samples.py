"""Counted samples that production and inspection have told of, and that their stream does not have yet."""

from datetime import datetime, timedelta

from django.db import connection

from plant.queries import places
from spc.models import CountFeed, CountOf, CountPer
from spc.queries.counts import Sample

LOOK_BACK = timedelta(days=7)
SETTLED = timedelta(minutes=2)  # an interval is counted once reports of its end have had time to come
MOST = 2_000
# What is counted: a time, a number that tells it apart, bad ones, all. Quality's later decisions count no second time.
REPORTED = """
SELECT r.at, r.id, (r.scrap + r.rework)::float8 AS bad, (r.good + r.scrap + r.rework)::float8 AS size,
       js.id AS job, js.ended_at
FROM mes_jobresponse r JOIN mes_jobsegment js ON js.id = r.job_segment_id JOIN mes_segment s ON s.id = js.segment_id
WHERE r.station_id = ANY(%(places)s) AND (%(operation)s = '' OR s.code = %(operation)s) AND r.nonconformance = ''
  AND r.at > %(since)s AND r.at <= %(at)s
"""
INSPECTED = """
SELECT i.decided_at AS at, i.id, count(*) FILTER (WHERE NOT r.passed)::float8 AS bad, count(*)::float8 AS size,
       NULL::bigint AS job, NULL::timestamptz AS ended_at
FROM qms_inspection i
JOIN qms_inspectionitem m ON m.inspection_id = i.id JOIN qms_inspectionresult r ON r.item_id = m.id
WHERE i.status = 'DECIDED' AND i.equipment_id = ANY(%(places)s) AND i.decided_at > %(since)s AND i.decided_at <= %(at)s
  AND (%(operation)s = '' OR i.operation = %(operation)s)
  AND NOT EXISTS (SELECT FROM qms_inspectionresult x WHERE x.supersedes_id = r.id)
GROUP BY i.id
"""
SAMPLES = {
    CountPer.EACH: "SELECT at, id AS seq, bad, size FROM counted",
    CountPer.JOB_ORDER: """
        SELECT ended_at AS at, job AS seq, sum(bad) AS bad, sum(size) AS size FROM counted
        WHERE ended_at IS NOT NULL GROUP BY job, ended_at
    """,
    CountPer.TIME: """
        SELECT to_timestamp((1 + floor(extract(epoch FROM at) / %(every)s)) * %(every)s) AS at,
               floor(extract(epoch FROM at) / %(every)s)::bigint AS seq, sum(bad) AS bad, sum(size) AS size
        FROM counted GROUP BY 1, 2
    """,
}
NEW = """
WITH counted AS ({counted}), samples AS ({samples})
SELECT at, seq, bad, size FROM samples
WHERE size > 0 AND at <= %(until)s AND NOT EXISTS (
  SELECT FROM zz_readings(%(stream)s, %(since)s, 'infinity') o WHERE o.at = samples.at AND o.seq = samples.seq
) ORDER BY at, seq LIMIT %(most)s
"""


def waiting(feed: CountFeed, at: datetime) -> list[Sample]:
    """The samples of a feed that are complete and not kept yet, oldest first."""
    every = 60 * (feed.every_minutes or 1)
    since = max(feed.counts_from, at - LOOK_BACK)
    if feed.per == CountPer.TIME:  # whole intervals only
        since = datetime.fromtimestamp(-(-since.timestamp() // every) * every, since.tzinfo)
    counted = REPORTED if feed.of == CountOf.REPORTS else INSPECTED
    with connection.cursor() as cursor:
        cursor.execute(NEW.format(counted=counted, samples=SAMPLES[CountPer(feed.per)]), {
            "places": [one.pk for one in places.within(feed.stream.equipment)], "operation": feed.operation,
            "since": since, "at": at, "until": at - SETTLED if feed.per == CountPer.TIME else at, "every": every,
            "stream": feed.stream_id, "most": MOST,
        })
        return [Sample(*row) for row in cursor.fetchall()]
