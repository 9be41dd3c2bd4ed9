"""What quality decided of pieces in production, counted at the operation where they lay."""

from datetime import datetime

from django.db import connection

from mes.commands import hints, reject_rates
from mes.models import JobOrder, JobSegment
from plant.locks import lock
from plant.models import JournalEntry, Person
from plant.transactions import command
from traceability.models import MaterialLot

# Whatever left an operation in the ledger and was not reported yet; where nobody worked on it, the place is the site.
COUNT = """
WITH missing AS (
  SELECT o.job_segment_id, o.lot_id, o.good - o.told_good AS good, o.scrap - o.told_scrap AS scrap,
         o.rework - o.told_rework AS rework
  FROM zz_outcome o JOIN mes_jobsegment js ON js.id = o.job_segment_id
  WHERE js.job_order_id = %(job)s AND (o.good, o.scrap, o.rework) <> (o.told_good, o.told_scrap, o.told_rework)
), counted AS (
  UPDATE mes_jobsegment js SET good = js.good + m.good, scrap = js.scrap + m.scrap, rework = js.rework + m.rework
  FROM (SELECT job_segment_id, sum(good) AS good, sum(scrap) AS scrap, sum(rework) AS rework FROM missing GROUP BY 1) m
  WHERE js.id = m.job_segment_id
)
INSERT INTO mes_jobresponse
  (job_segment_id, lot_id, station_id, person_id, good, scrap, rework, nonconformance, started_at, at)
SELECT m.job_segment_id, m.lot_id, coalesce((
         SELECT v.equipment_id FROM traceability_visit v
         WHERE v.lot_id = m.lot_id AND v.operation = s.code ORDER BY v.id DESC LIMIT 1), js.station_id, l.site_id),
       %(person)s, m.good, m.scrap, m.rework, %(nonconformance)s, %(at)s, %(at)s
FROM missing m JOIN mes_jobsegment js ON js.id = m.job_segment_id JOIN mes_segment s ON s.id = js.segment_id
JOIN traceability_materiallot l ON l.id = m.lot_id
RETURNING job_segment_id
"""


@command
def count(*, entry: JournalEntry, at: datetime) -> int:
    """Count what a decision about a lot moved, once however often the news comes; how many reports that made.

    What was decided late counts for the reject rate of its operation as what was reported there does.
    """
    lot = MaterialLot.objects.select_related("material").get(pk=entry.subject_id)
    job = JobOrder.objects.select_related("line").filter(number=lot.job_order).first() if lot.job_order else None
    if job is None:
        return 0
    lock(JobSegment.objects.filter(job_order=job))
    person = Person.objects.get(number=entry.actor)
    words = {"job": job.pk, "person": person.pk, "nonconformance": entry.data["nonconformance"], "at": entry.at}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, words)
        made = [row[0] for row in cursor.fetchall()]
    for row in JobSegment.objects.filter(pk__in=made).select_related("segment").order_by("pk"):
        reject_rates.judge(row=row, lot=lot, operation=row.segment.code, at=at)
    if made:
        hints.job_changed(job)
    return len(made)
