-- What was dispatched before stations had queues takes its turn by due time.
UPDATE mes_jobsegment js SET rank = turn.rank
FROM (
  SELECT open.id, 1024 * row_number() OVER (PARTITION BY open.station_id ORDER BY job.due_at, open.id) AS rank
  FROM mes_jobsegment open JOIN mes_joborder job ON job.id = open.job_order_id
  WHERE open.station_id IS NOT NULL AND open.ended_at IS NULL AND job.status IN ('DISPATCHED', 'RUNNING', 'PAUSED')
) turn
WHERE turn.id = js.id;
