"""What should stand in the records of some lots beside what does: one set of facts, read by a score and by a page."""

# `fact` has a row for everything expected: the lot, the kind of gap, where, what, and whether it is missing.
FACTS = """
WITH RECURSIVE chosen AS (
  SELECT l.id, l.material_id, l.job_order, l.supplier_lot, j.id AS job_id, j.line_id
  FROM traceability_materiallot l LEFT JOIN mes_joborder j ON l.job_order <> '' AND j.number = l.job_order
  WHERE l.id = ANY(%(lots)s::bigint[])
), rule AS (  -- a product's own rule goes before that of every product, and that before what is built in
  SELECT m.material_id, k.kind, coalesce(own.weight, every.weight, k.weight) AS weight
  FROM (SELECT DISTINCT material_id FROM chosen) m
  CROSS JOIN unnest(%(kinds)s::text[], %(weights)s::int[]) AS k(kind, weight)
  LEFT JOIN mes_completenessrule own ON own.material_id = m.material_id AND own.kind = k.kind
  LEFT JOIN mes_completenessrule every ON every.material_id IS NULL AND every.kind = k.kind
  WHERE coalesce(own.is_on, every.is_on, true)
), family AS (  -- a lot that was split off carries what was done to the lot it came from
  SELECT id AS lot_id, id AS member, material_id, job_order FROM chosen
  UNION
  SELECT f.lot_id, p.id, p.material_id, p.job_order FROM family f
  JOIN traceability_link k ON k.child_id = f.member
  JOIN traceability_materiallot p ON p.id = k.parent_id AND p.material_id = f.material_id AND p.job_order = f.job_order
), kin AS (
  SELECT lot_id, member FROM family WHERE member <> lot_id
), reported AS (
  SELECT f.lot_id, js.segment_id, bool_or(f.member = f.lot_id) AS is_own, sum(r.good + r.rework) AS on_hand,
         bool_or(by.kind = 'HUMAN') AS has_person, (array_agg(place.code ORDER BY r.at DESC))[1] AS place
  FROM family f JOIN mes_jobresponse r ON r.lot_id = f.member AND r.nonconformance = ''
  JOIN mes_jobsegment js ON js.id = r.job_segment_id JOIN plant_person by ON by.id = r.person_id
  JOIN plant_equipment place ON place.id = r.station_id GROUP BY f.lot_id, js.segment_id
), passed AS (  -- operations that the lot itself went through
  SELECT r.*, s.code AS operation, s.sequence, c.material_id, c.job_id FROM reported r JOIN chosen c ON c.id = r.lot_id
  JOIN mes_segment s ON s.id = r.segment_id WHERE r.is_own
), need AS (
  SELECT p.lot_id, p.operation, p.place, jm.id AS line, jm.material_id FROM passed p
  JOIN mes_jobmaterial jm ON jm.job_order_id = p.job_id AND jm.segment_id = p.segment_id AND jm.stands_for_id IS NULL
  WHERE p.on_hand > 0
), used AS (
  SELECT DISTINCT f.lot_id, k.operation, p.material_id, p.material_id = f.material_id AS is_same
  FROM family f JOIN traceability_link k ON k.child_id = f.member AND k.reverses_id IS NULL
  JOIN traceability_materiallot p ON p.id = k.parent_id
  WHERE NOT EXISTS (SELECT FROM traceability_link back WHERE back.reverses_id = k.id)
), fed AS (
  SELECT lot_id, bool_or(NOT is_same) AS from_others FROM used GROUP BY lot_id
), stay AS (
  SELECT v.lot_id, v.operation, v.equipment_id, lower(v.during) AS from_at, upper(v.during) AS to_at
  FROM traceability_visit v WHERE v.lot_id = ANY(%(lots)s::bigint[]) AND NOT upper_inf(v.during)
), watched AS (  -- stays long enough for an instrument that was ever heard of to read something
  SELECT v.lot_id, v.operation, v.from_at, v.to_at, s.id AS stream, s.code, place.code AS place,
         make_interval(secs => s.period_ms / 1000.0) AS period
  FROM stay v JOIN traceability_stream s ON s.equipment_id = v.equipment_id AND s.active AND s.last_at IS NOT NULL
  JOIN plant_parameter a ON a.id = s.parameter_id AND a.kind <> 'ENVIRONMENT'
  JOIN plant_equipment place ON place.id = v.equipment_id
  WHERE v.operation <> '' AND v.to_at - v.from_at > make_interval(secs => s.period_ms / 1000.0) * 3
), fact AS (
  SELECT n.lot_id, 'CONSUMPTION' AS kind, n.operation, m.code AS what, n.place, NOT EXISTS (
    SELECT FROM used u WHERE u.lot_id = n.lot_id AND u.operation = n.operation AND u.material_id = n.material_id
  ) AND NOT EXISTS (
    SELECT FROM mes_jobmaterial other JOIN used u ON u.material_id = other.material_id
    WHERE other.stands_for_id = n.line AND u.lot_id = n.lot_id AND u.operation = n.operation
  ) AS is_missing FROM need n JOIN plant_materialdefinition m ON m.id = n.material_id
UNION ALL  -- finished, so every operation that is nobody's choice has its report
  SELECT last.lot_id, 'REPORT', s.code, '', '', r.lot_id IS NULL
  FROM passed last JOIN mes_jobsegment js ON js.job_order_id = last.job_id JOIN mes_segment s ON s.id = js.segment_id
  LEFT JOIN mes_segmentgroup g ON g.work_master_id = s.work_master_id AND g.code = s."group"
  LEFT JOIN reported r ON r.lot_id = last.lot_id AND r.segment_id = s.id
  WHERE last.on_hand > 0 AND coalesce(g.kind, '') <> 'ALTERNATIVE' AND NOT s.is_optional AND NOT EXISTS (
    SELECT FROM mes_segment later JOIN mes_jobsegment ends ON ends.segment_id = later.id
    WHERE ends.job_order_id = last.job_id AND later.sequence > last.sequence
  )
UNION ALL
  SELECT p.lot_id, 'OPERATOR', p.operation, '', p.place, NOT p.has_person FROM passed p
UNION ALL
  SELECT p.lot_id, 'STAY', p.operation, '', p.place, NOT EXISTS (
    SELECT FROM stay v WHERE v.lot_id = p.lot_id AND v.operation = p.operation
  ) AND NOT EXISTS (
    SELECT FROM kin f JOIN traceability_visit v ON v.lot_id = f.member
    WHERE f.lot_id = p.lot_id AND v.operation = p.operation
  ) FROM passed p
UNION ALL
  SELECT w.lot_id, 'READINGS', w.operation, w.code, w.place, EXISTS (
    SELECT FROM traceability_gap g WHERE g.stream_id = w.stream AND g.from_at < w.to_at AND g.to_at > w.from_at
      AND least(g.to_at, w.to_at) - greatest(g.from_at, w.from_at) > w.period * 3
  ) OR NOT (EXISTS (  -- a block with readings all along tells enough without being unpacked
    SELECT FROM (
      SELECT b.from_at, b.to_at, b.count FROM traceability_readingblock b
      WHERE b.stream_id = w.stream AND b.from_at <= w.to_at ORDER BY b.from_at DESC LIMIT 2
    ) AS near WHERE near.to_at - near.from_at <= w.period * near.count * 2
      AND least(near.to_at, w.to_at) - greatest(near.from_at, w.from_at) > w.period * 2
  ) OR EXISTS (
    SELECT FROM zz_readings(w.stream, w.from_at, w.to_at)
  ) OR EXISTS (
    SELECT FROM traceability_readinghour h
    WHERE h.stream_id = w.stream AND h.hour > w.from_at - interval '1 hour' AND h.hour <= w.to_at
  )) FROM watched w
UNION ALL
  SELECT p.lot_id, 'VALUES', p.operation, i.name, p.place, NOT EXISTS (
    SELECT FROM mes_datavalue d WHERE d.lot_id = p.lot_id AND d.item_id = i.id
  ) AND NOT EXISTS (
    SELECT FROM kin f JOIN mes_datavalue d ON d.lot_id = f.member AND d.item_id = i.id WHERE f.lot_id = p.lot_id
  ) FROM passed p JOIN mes_dataitem i ON i.segment_id = p.segment_id AND i.required
UNION ALL
  SELECT i.lot_id, 'INSPECTION', i.operation, i.number, '', i.status <> 'DECIDED' AND i.due_at < %(now)s
  FROM qms_inspection i WHERE i.lot_id = ANY(%(lots)s::bigint[]) AND i.status <> 'CANCELLED'
UNION ALL  -- made of nothing, though the bill lists material
  SELECT n.lot_id, 'ORIGIN', '', '', '', NOT coalesce(f.from_others, false)
  FROM (SELECT DISTINCT lot_id FROM need) n LEFT JOIN fed f ON f.lot_id = n.lot_id
UNION ALL  -- neither made here nor received with its supplier's lot
  SELECT c.id, 'ORIGIN', '', '', '', f.lot_id IS NULL AND NOT (
    c.supplier_lot <> ''
    AND EXISTS (SELECT FROM traceability_move m WHERE m.lot_id = c.id AND m.from_bucket = 'RECEIVED')
  ) FROM chosen c LEFT JOIN fed f ON f.lot_id = c.id WHERE c.job_id IS NULL
)
"""
SUMMED = FACTS + """, summed AS MATERIALIZED (
  SELECT lot_id, sum(weight * many)::int AS expected, coalesce(sum(weight * missing), 0)::int AS lacking,
         coalesce(jsonb_object_agg(kind, missing) FILTER (WHERE missing > 0), '{}') AS gaps
  FROM (
    SELECT f.lot_id, f.kind, r.weight, count(*) AS many, count(*) FILTER (WHERE f.is_missing) AS missing
    FROM fact f JOIN chosen c ON c.id = f.lot_id JOIN rule r ON r.material_id = c.material_id AND r.kind = f.kind
    GROUP BY f.lot_id, f.kind, r.weight
  ) AS by_kind GROUP BY lot_id
)
"""
SUMS = SUMMED + "SELECT lot_id, expected, lacking, gaps FROM summed"
JUDGE = SUMMED + """
INSERT INTO mes_lotscore (lot_id, job_order_id, line_id, reported_at, expected, lacking, gaps, judged_at)
SELECT c.id, c.job_id, c.line_id, told.at, coalesce(s.expected, 0), coalesce(s.lacking, 0), coalesce(s.gaps, '{}'),
       %(now)s
FROM chosen c LEFT JOIN summed s ON s.lot_id = c.id
CROSS JOIN LATERAL (SELECT max(r.at) AS at FROM mes_jobresponse r WHERE r.lot_id = c.id) AS told
WHERE c.job_id IS NOT NULL AND c.line_id IS NOT NULL AND told.at IS NOT NULL ORDER BY c.id
ON CONFLICT (lot_id) DO UPDATE SET (reported_at, expected, lacking, gaps, judged_at)
  = (excluded.reported_at, excluded.expected, excluded.lacking, excluded.gaps, excluded.judged_at)
WHERE mes_lotscore.judged_at <= excluded.judged_at
"""
MISSING = FACTS + """
SELECT f.lot_id, l.number, f.kind, f.operation, f.what, f.place, r.weight
FROM fact f JOIN chosen c ON c.id = f.lot_id JOIN rule r ON r.material_id = c.material_id AND r.kind = f.kind
JOIN traceability_materiallot l ON l.id = f.lot_id
WHERE f.is_missing ORDER BY array_position(%(lots)s::bigint[], f.lot_id), r.weight DESC, f.kind, f.operation, f.what
LIMIT %(most)s
"""
# Lots with news since they were judged, then those that lacked something an hour ago (what was late may be there), and
# those that were judged before a rule of theirs changed.
STALE = """
(SELECT r.lot_id FROM mes_jobresponse r
 JOIN traceability_materiallot l ON l.id = r.lot_id JOIN mes_joborder j ON j.number = l.job_order
 LEFT JOIN mes_lotscore s ON s.lot_id = r.lot_id
 WHERE r.at > %(since)s AND r.at <= %(now)s AND j.line_id IS NOT NULL AND (s.lot_id IS NULL OR s.reported_at < r.at)
 GROUP BY r.lot_id ORDER BY max(r.at) LIMIT %(most)s)
UNION
(SELECT lot_id FROM mes_lotscore WHERE lacking > 0 AND judged_at < %(again)s AND reported_at > %(since)s
 ORDER BY judged_at LIMIT %(most)s)
UNION
(SELECT s.lot_id FROM mes_lotscore s JOIN traceability_materiallot l ON l.id = s.lot_id
 WHERE s.reported_at > %(since)s AND s.judged_at < (
   SELECT max(c.decided_at) FROM mes_rulechange c
   WHERE c.status = 'APPROVED' AND (c.material_id IS NULL OR c.material_id = l.material_id)
 ) ORDER BY s.judged_at LIMIT %(most)s)
"""
