-- The everyday scan in one statement: a free lot of what the operation here takes goes into the lot that stands here.
-- Whatever is out of the ordinary gives no row and writes nothing; mes.commands.scans then finds out what to say.
-- Locks: the operations of the work order at this station, then both lots, lower id first (plant/locks.py).

CREATE OR REPLACE FUNCTION zz_scan_component(
  p_code text, p_station bigint, p_job text, p_quantity numeric, p_person bigint, p_at timestamptz
) RETURNS TABLE (into_number text, amount numeric, symbol text) LANGUAGE plpgsql AS $$
DECLARE
  lot traceability_materiallot;
  target traceability_materiallot;
  session mes_stationsession;
  job mes_joborder;
  step record;
  spot record;
  above record;
  need numeric;
  has_its_turn boolean;
BEGIN
  SELECT * INTO lot FROM traceability_materiallot WHERE number = p_code;
  SELECT * INTO session FROM mes_stationsession WHERE station_id = p_station AND ended_at IS NULL;
  SELECT * INTO job FROM mes_joborder
    WHERE CASE WHEN p_job <> '' THEN number = p_job ELSE id = session.job_order_id END AND status = 'RUNNING';
  IF lot.id IS NULL OR job.id IS NULL OR lot.job_order = job.number OR session.quantity IS NOT NULL
    OR session.position_id IS NOT NULL THEN RETURN; END IF;

  WITH RECURSIVE up(id, code, parent_id, height) AS (
    SELECT e.id, e.code, e.parent_id, 0 FROM plant_equipment e WHERE e.id = p_station
    UNION ALL
    SELECT e.id, e.code, e.parent_id, up.height + 1 FROM plant_equipment e JOIN up ON e.id = up.parent_id
  ) SELECT array_agg(code::text) AS codes, (array_agg(id ORDER BY height))[1:2] AS here,
      (array_agg(id ORDER BY height DESC))[1] AS site INTO above FROM up;
  -- Its own list says what the order takes; a substitute stands for a listed row and goes the patient way, to be noted;
  -- so does what positions feed, what is taken with the report, and what has its place in a serial, to be told.
  SELECT s.code, m.id, m.segment_id, m.quantity_per, m.positions, u.symbol INTO step FROM mes_jobmaterial m
    JOIN mes_segment s ON s.id = m.segment_id
    JOIN mes_segment_stations x ON x.segment_id = s.id AND x.equipment_id = p_station
    JOIN plant_materialdefinition d ON d.id = lot.material_id JOIN plant_unit u ON u.code = d.unit_id
    WHERE m.job_order_id = job.id AND m.material_id = lot.material_id AND m.stands_for_id IS NULL
      AND NOT m.is_backflushed AND NOT EXISTS (SELECT 1 FROM mes_setupline l JOIN mes_feedposition p ON p.id = l.position_id
        WHERE l.segment_id = s.id AND l.material_id = m.material_id AND p.station_id = p_station AND p.active)
    ORDER BY s.sequence LIMIT 1;
  IF step.code IS NULL OR job.line_id <> ALL (above.here) OR lot.site_id <> above.site THEN RETURN; END IF;

  PERFORM 1 FROM mes_jobsegment r
    JOIN mes_segment_stations x ON x.segment_id = r.segment_id AND x.equipment_id = p_station
    WHERE r.job_order_id = job.id ORDER BY r.id FOR NO KEY UPDATE OF r;
  -- The order may have gone to another revision while this waited for it: then it takes something else.
  IF NOT EXISTS (SELECT 1 FROM mes_jobmaterial WHERE id = step.id) THEN RETURN; END IF;
  SELECT l.* INTO target FROM traceability_visit v JOIN traceability_materiallot l ON l.id = v.lot_id
    WHERE v.equipment_id = p_station AND v.job_order = job.number AND upper_inf(v.during)
    ORDER BY v.lot_id = session.lot_id DESC NULLS LAST, v.id DESC LIMIT 1;
  PERFORM 1 FROM traceability_materiallot WHERE id IN (lot.id, target.id) ORDER BY id FOR NO KEY UPDATE;
  IF target.id IS NULL OR target.kind = 'SERIAL' AND step.positions <> '' OR lot.expires_at <= p_at
    OR EXISTS (SELECT 1 FROM traceability_materiallot WHERE id IN (lot.id, target.id) AND open_holds > 0)
    OR EXISTS (SELECT 1 FROM traceability_hold h WHERE h.released_at IS NULL
      AND (h.target_kind, h.target_id) = ANY (
        SELECT 'EQUIPMENT', unnest(above.codes) UNION ALL SELECT 'JOB_ORDER', job.number
        UNION ALL SELECT 'OPERATION', job.number || ':' || step.code))
  THEN RETURN; END IF;

  -- A lot that was split off was equipped in the lot it came from: it needs nothing (mes/queries/needs.py).
  SELECT step.quantity_per * coalesce(sum(m.quantity), 0) INTO need FROM traceability_move m
    WHERE m.lot_id = target.id AND m.from_bucket = 'MADE' AND NOT EXISTS (
      SELECT 1 FROM traceability_link k JOIN traceability_materiallot p ON p.id = k.parent_id
      WHERE k.child_id = target.id AND p.material_id = target.material_id);
  SELECT round(need - coalesce(sum(k.quantity / m.ratio), 0), 6) INTO need FROM traceability_link k
    JOIN traceability_materiallot p ON p.id = k.parent_id
    JOIN mes_jobmaterial m ON m.job_order_id = job.id AND m.segment_id = step.segment_id
      AND m.material_id = p.material_id AND coalesce(m.stands_for_id, m.id) = step.id
    WHERE k.child_id = target.id AND k.operation = step.code AND k.reverses_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM traceability_link back WHERE back.reverses_id = k.id);
  -- Where the store has a say (a picking rule that is kept, a call that this answers), the patient way asks it.
  has_its_turn := NOT EXISTS (SELECT 1 FROM traceability_pickrule r
      WHERE r.material_id = lot.material_id AND r.other_lot <> 'FREE')
    AND NOT EXISTS (SELECT 1 FROM traceability_materialcall c
      WHERE c.station_id = p_station AND c.material_id = lot.material_id AND c.status = 'OPEN');
  SELECT b.bucket, b.place, b.quantity INTO spot FROM traceability_lotbalance b
    WHERE b.lot_id = lot.id AND b.quantity > 0
      AND (b.bucket = 'STOCK' AND has_its_turn OR (b.bucket = 'ISSUED' AND b.place = (SELECT code FROM plant_equipment WHERE id = p_station)))
    ORDER BY b.bucket, b.place LIMIT 1;
  amount := coalesce(p_quantity, need);
  IF amount <= 0 OR amount > need OR amount <> round(amount, 6) OR spot.quantity IS NULL OR amount > spot.quantity
  THEN RETURN; END IF;

  BEGIN
    PERFORM zz_consume(lot.id, target.id, amount, spot.bucket, spot.place, job.number, step.code, p_station, p_person, p_at);
  EXCEPTION WHEN SQLSTATE 'ZZ001' OR SQLSTATE 'ZZ002' OR SQLSTATE 'ZZ003' OR SQLSTATE 'ZZ004' OR check_violation THEN
    RETURN;  -- the ledger's own gates said no
  END;
  into_number := target.number;
  symbol := step.symbol;
  RETURN NEXT;
END $$;
