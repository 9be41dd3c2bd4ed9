-- How pieces left each operation of a work order, by lot: as the ledger has it, beside what was reported.
-- Good: what an operation produced, less what was taken out of stock again. Scrap: what left for scrap, or for another
-- grade, for it becomes nothing of this order. Rework: what went back, on a report or by a decision of quality, or is repaired
-- where it lies; a decision about pieces that lie where they are done again moves nothing.
-- A step that no report made (mes_routestep) counts nowhere.

CREATE VIEW zz_outcome AS
WITH ours AS (
  SELECT l.id AS lot_id, l.material_id, j.id AS job_id, j.number AS job, j.work_master_id,
         (SELECT s.code FROM mes_segment s WHERE s.work_master_id = j.work_master_id ORDER BY s.sequence DESC LIMIT 1) AS last
  FROM traceability_materiallot l JOIN mes_joborder j ON j.number = l.job_order AND j.status <> 'CANCELLED'
), went AS (
  SELECT o.job_id, m.lot_id, CASE m.from_bucket WHEN 'WIP' THEN m.from_place ELSE o.last END AS operation,
         m.quantity, m.from_bucket, m.to_bucket, m.to_place, a.kind = 'PRODUCED' AS is_produced,
         m.to_bucket = 'CONSUMED' AND child.material_id = o.material_id AS is_split, k.child_id,
         regraded.id IS NOT NULL AS is_regraded
  FROM ours o JOIN traceability_move m ON m.lot_id = o.lot_id
  LEFT JOIN traceability_materialactual a ON a.move_id = m.id
  LEFT JOIN traceability_link k ON k.id = a.link_id
  LEFT JOIN traceability_materiallot child ON child.id = k.child_id
  LEFT JOIN qms_disposition regraded ON regraded.rework_lot_id = k.child_id AND regraded.decision = 'REGRADE'
  WHERE (m.from_bucket = 'WIP' OR (m.from_bucket = 'STOCK' AND (m.to_bucket IN ('SCRAP', 'WIP') OR regraded.id IS NOT NULL)))
    AND NOT EXISTS (SELECT 1 FROM mes_routestep step WHERE step.move_id = m.id)
), stayed AS (
  SELECT o.job_id, d.lot_id, d.rework_operation AS operation, d.quantity - coalesce((
           SELECT sum(m.quantity) FROM traceability_move m
           WHERE m.lot_id = d.lot_id AND m.at = d.at AND m.person_id = d.by_id AND m.to_bucket = 'WIP'
             AND m.to_place = d.rework_operation), 0) AS quantity
  FROM (SELECT lot_id, by_id, at, rework_operation, sum(quantity) AS quantity FROM qms_disposition
        WHERE decision IN ('REWORK', 'REPAIR') AND rework_operation <> '' GROUP BY 1, 2, 3, 4) d JOIN ours o ON o.lot_id = d.lot_id
), outcome(job_id, lot_id, operation, good, scrap, rework) AS (
  SELECT job_id, lot_id, operation, CASE WHEN is_produced THEN quantity WHEN from_bucket = 'STOCK' THEN -quantity ELSE 0 END,
         CASE WHEN to_bucket = 'SCRAP' OR is_regraded THEN quantity ELSE 0 END,
         CASE WHEN to_bucket = 'WIP' AND is_produced IS NOT TRUE THEN quantity
              WHEN is_split AND NOT EXISTS (SELECT 1 FROM qms_disposition d WHERE d.rework_lot_id = child_id) THEN quantity
              ELSE 0 END
  FROM went
  UNION ALL SELECT job_id, lot_id, operation, 0, 0, quantity FROM stayed WHERE quantity > 0
), told AS (
  SELECT r.job_segment_id, r.lot_id, sum(r.good) AS good, sum(r.scrap) AS scrap, sum(r.rework) AS rework
  FROM mes_jobresponse r GROUP BY 1, 2
), left_it AS (
  SELECT js.id AS job_segment_id, x.lot_id, sum(x.good) AS good, sum(x.scrap) AS scrap, sum(x.rework) AS rework
  FROM outcome x JOIN mes_jobsegment js ON js.job_order_id = x.job_id
  JOIN mes_segment s ON s.id = js.segment_id AND s.code = x.operation GROUP BY 1, 2
)
SELECT job_segment_id, lot_id, coalesce(l.good, 0) AS good, coalesce(l.scrap, 0) AS scrap, coalesce(l.rework, 0) AS rework,
       coalesce(t.good, 0) AS told_good, coalesce(t.scrap, 0) AS told_scrap, coalesce(t.rework, 0) AS told_rework
FROM left_it l FULL JOIN told t USING (job_segment_id, lot_id);
