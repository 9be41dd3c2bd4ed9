-- A scan comes in: one statement enters the place, keeps the tablet's order, claims the event and, where it is the
-- everyday one, does it (zz_scan_component). What it returns, mes/commands/everyday.py reads.
--
-- The order (I22): a tablet numbers the scans that it keeps. The row of its queue is locked until the transaction ends,
-- so a scan is taken when the one before it is. `p_gone` names numbers that the tablet has no scan for any more.

DROP FUNCTION IF EXISTS zz_take_scan(
  text, uuid, text, timestamptz, timestamptz, uuid, bigint, bigint[], text, bigint, text, numeric, bigint);
CREATE OR REPLACE FUNCTION zz_take_scan(
  p_device text, p_event uuid, p_hash text, p_device_at timestamptz, p_at timestamptz, p_queue uuid, p_seq bigint,
  p_gone bigint[], p_code text, p_station bigint, p_job text, p_quantity numeric, p_person bigint, p_way text DEFAULT ''
) RETURNS TABLE (event bigint, known_hash text, known_answer jsonb, last_seq bigint, verdict text,
  into_number text, amount numeric, symbol text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  seen bigint;
  id_new bigint;
  known record;
  done record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(23120, p_station::int);  -- plant.locks.enter
  PERFORM set_config('zhizao.way', p_way, true);  -- how whatever this scan books came in (traceability/sql/came_in.sql)
  verdict := 'NEXT';
  IF p_queue IS NOT NULL THEN
    INSERT INTO mes_scanqueue (id, device, last_seq, at) VALUES (p_queue, p_device, 0, p_at) ON CONFLICT DO NOTHING;
    SELECT q.last_seq INTO seen FROM mes_scanqueue q WHERE q.id = p_queue FOR NO KEY UPDATE;
    verdict := CASE WHEN p_seq <= seen THEN 'PASSED'
      WHEN EXISTS (SELECT 1 FROM generate_series(seen + 1, least(p_seq - 1, seen + 1000)) AS n WHERE n <> ALL (p_gone))
        OR p_seq > seen + 1000 THEN 'EARLY'
      WHEN p_seq > seen + 1 THEN 'SKIPPED' ELSE 'NEXT' END;
  END IF;
  SELECT e.request_hash, e.answer INTO known FROM plant_deviceevent e
    WHERE e.device = p_device AND e.event_id = p_event;
  IF known.request_hash IS NULL AND verdict <> 'EARLY' THEN
    INSERT INTO plant_deviceevent (device, event_id, request_hash, outcome, device_at, at)
      VALUES (p_device, p_event, p_hash, '', p_device_at, p_at)
      ON CONFLICT (device, event_id) DO NOTHING RETURNING id INTO id_new;
    IF id_new IS NULL THEN  -- another transaction was faster, and has committed: this one waited for it
      SELECT e.request_hash, e.answer INTO known FROM plant_deviceevent e
        WHERE e.device = p_device AND e.event_id = p_event;
    END IF;
  END IF;
  IF verdict IN ('NEXT', 'SKIPPED') AND p_queue IS NOT NULL THEN
    UPDATE mes_scanqueue q SET last_seq = p_seq, device = p_device, at = p_at WHERE q.id = p_queue;
  END IF;
  IF id_new IS NOT NULL AND verdict <> 'PASSED' AND p_code IS NOT NULL THEN
    SELECT * INTO done FROM zz_scan_component(p_code, p_station, p_job, p_quantity, p_person, p_at);
    into_number := done.into_number;
    amount := done.amount;
    symbol := done.symbol;
  END IF;
  event := id_new;
  known_hash := known.request_hash;
  known_answer := known.answer;
  last_seq := seen;
  RETURN NEXT;
END $$;
