"""The statements behind the figures about orders; every one takes the ids of the work orders that a person sees."""

LAST_GOOD = """
SELECT DISTINCT ON (js.job_order_id) js.job_order_id AS job, js.good, js.id AS row
FROM mes_jobsegment js JOIN mes_segment s ON s.id = js.segment_id
WHERE js.job_order_id = ANY(%(jobs)s) ORDER BY js.job_order_id, s.sequence DESC
"""
# What was due in a stretch, what of it was made, and what of it in time.
ATTAINED = f"""
WITH made AS MATERIALIZED ({LAST_GOOD})
SELECT CASE %(by)s WHEN 'line' THEN coalesce(line.code, '') WHEN 'product' THEN m.code
         WHEN 'week' THEN to_char(job.due_at AT TIME ZONE %(zone)s, 'IYYY-IW')
         ELSE to_char(job.due_at AT TIME ZONE %(zone)s, 'YYYY-MM-DD') END AS key,
       count(*), sum(job.quantity), sum(coalesce(made.good, 0)), sum(coalesce(punctual.good, 0)),
       min((job.due_at AT TIME ZONE %(zone)s)::date), max((job.due_at AT TIME ZONE %(zone)s)::date)
FROM mes_joborder job JOIN mes_workrequest r ON r.id = job.work_request_id
JOIN plant_materialdefinition m ON m.id = r.material_id LEFT JOIN plant_equipment line ON line.id = job.line_id
LEFT JOIN made ON made.job = job.id
LEFT JOIN LATERAL (
  SELECT sum(p.good) AS good FROM mes_jobresponse p WHERE p.job_segment_id = made.row AND p.at <= job.due_at
) punctual ON true
WHERE job.id = ANY(%(jobs)s) GROUP BY 1 ORDER BY 1
"""
# How long the lots of a work order took from their making to the end of the last operation: in visits (run), before an
# operation until its visit began (queue), and the rest, after an operation until they went on (wait).
LEAD = """
WITH job AS MATERIALIZED (
  SELECT id, number, ended_at FROM mes_joborder WHERE id = ANY(%(jobs)s)
), lot AS (
  SELECT lot.id, job.id AS job, made.at AS start, made.quantity,
         greatest(made.at, CASE WHEN job.ended_at IS NULL THEN %(at)s ELSE coalesce(done.at, job.ended_at) END)
           AS finish
  FROM job JOIN traceability_materiallot lot ON lot.job_order = job.number
  JOIN LATERAL (
    SELECT min(m.at) AS at, sum(m.quantity) AS quantity FROM traceability_move m
    WHERE m.lot_id = lot.id AND m.from_bucket = 'MADE' AND m.to_bucket = 'WIP'
  ) made ON made.at IS NOT NULL
  LEFT JOIN LATERAL (
    SELECT max(m.at) AS at FROM traceability_move m WHERE m.lot_id = lot.id AND m.from_bucket = 'WIP'
  ) done ON true
), visit AS (
  SELECT lot.id, lower(v.during) AS start, least(coalesce(upper(v.during), lot.finish), lot.finish) AS finish,
         greatest(came.at, lag(upper(v.during)) OVER (PARTITION BY lot.id ORDER BY lower(v.during), v.id)) AS came
  FROM lot JOIN traceability_visit v ON v.lot_id = lot.id AND lower(v.during) <= lot.finish
  LEFT JOIN LATERAL (
    SELECT max(m.at) AS at FROM traceability_move m WHERE m.lot_id = v.lot_id AND m.to_bucket = 'WIP'
      AND m.to_place = v.operation AND m.at <= lower(v.during)
  ) came ON true
), spent AS (
  SELECT id, sum(extract(epoch FROM greatest(finish - start, '0'))) AS run,
         sum(extract(epoch FROM greatest(start - came, '0'))) AS queue
  FROM visit GROUP BY id
)
SELECT lot.job, count(*), sum(lot.quantity),
       sum(lot.quantity * extract(epoch FROM lot.finish - lot.start)) / sum(lot.quantity),
       sum(lot.quantity * coalesce(spent.queue, 0)) / sum(lot.quantity),
       sum(lot.quantity * coalesce(spent.run, 0)) / sum(lot.quantity)
FROM lot LEFT JOIN spent ON spent.id = lot.id GROUP BY lot.job
"""
# Time signed on, and how much of it a lot was in work at that station.
LABOUR = """
WITH session AS (
  SELECT s.id, s.person_id, s.station_id,
         tstzrange(greatest(s.started_at, %(from)s), least(coalesce(s.ended_at, %(at)s), %(to)s)) AS during
  FROM mes_stationsession s
  WHERE s.station_id = ANY(%(stations)s) AND s.started_at < %(to)s AND coalesce(s.ended_at, %(at)s) > %(from)s
    AND s.started_at < least(coalesce(s.ended_at, %(at)s), %(to)s)
), booked AS (
  SELECT session.id, (
    SELECT sum(extract(epoch FROM upper(part) - lower(part))) FROM unnest(range_agg(v.during * session.during)) AS part
  ) AS seconds
  FROM session JOIN traceability_visit v ON v.equipment_id = session.station_id AND v.during && session.during
  GROUP BY session.id
)
SELECT CASE %(by)s WHEN 'station' THEN station.code ELSE person.number END AS key,
       min(CASE %(by)s WHEN 'station' THEN station.name ELSE person.name END), count(*),
       sum(extract(epoch FROM upper(session.during) - lower(session.during))), sum(coalesce(booked.seconds, 0))
FROM session JOIN plant_person person ON person.id = session.person_id
JOIN plant_equipment station ON station.id = session.station_id LEFT JOIN booked ON booked.id = session.id
GROUP BY 1 ORDER BY 1
"""
# What happened to the pieces at each operation.
STEPS = """
SELECT coalesce(line.code, ''), s.code, min(s.sequence), count(DISTINCT r.lot_id), count(DISTINCT job.id),
       sum(r.good + r.scrap + r.rework), sum(r.good), sum(r.scrap), sum(r.rework),
       sum(extract(epoch FROM r.at - r.started_at)), sum((r.good + r.scrap + r.rework) * s.seconds_per_piece)
FROM mes_jobresponse r JOIN mes_jobsegment js ON js.id = r.job_segment_id JOIN mes_segment s ON s.id = js.segment_id
JOIN mes_joborder job ON job.id = js.job_order_id LEFT JOIN plant_equipment line ON line.id = job.line_id
WHERE r.at >= %(from)s AND r.at < %(to)s AND job.id = ANY(%(jobs)s)
GROUP BY 1, 2 ORDER BY 1, 3, 2
"""
