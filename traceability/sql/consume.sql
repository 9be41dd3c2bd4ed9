-- Consumption, whole in one statement: the move, the genealogy link and the record that ties them.
-- The triggers of ledger.sql refuse what may not be; both lots are locked, lower id first (plant/locks.py).
-- A link is possible where several lots fed the piece and nobody knows which of them is in it.

DROP FUNCTION IF EXISTS zz_consume(
  bigint, bigint, numeric, text, text, text, text, bigint, bigint, timestamptz);
CREATE OR REPLACE FUNCTION zz_consume(
  p_lot bigint, p_into bigint, p_quantity numeric, p_bucket text, p_place text, p_job text, p_operation text,
  p_equipment bigint, p_person bigint, p_at timestamptz, p_certainty text DEFAULT 'EXACT'
) RETURNS TABLE (id bigint, move_id bigint, link_id bigint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM traceability_materiallot l WHERE l.id IN (p_lot, p_into) ORDER BY l.id FOR NO KEY UPDATE;
  RETURN QUERY
  WITH moved AS (
    INSERT INTO traceability_move (lot_id, quantity, from_bucket, from_place, to_bucket, to_place, job_order, operation,
        equipment_id, person_id, reason, at)
      VALUES (p_lot, p_quantity, p_bucket, p_place, 'CONSUMED', p_operation, p_job, p_operation, p_equipment, p_person,
        '', p_at) RETURNING traceability_move.id
  ), linked AS (
    INSERT INTO traceability_link (parent_id, child_id, quantity, job_order, operation, certainty, reason, at)
      VALUES (p_lot, p_into, p_quantity, p_job, p_operation, p_certainty, '', p_at) RETURNING traceability_link.id
  )
  INSERT INTO traceability_materialactual AS a (kind, lot_id, quantity, move_id, link_id, job_order, operation,
      equipment_id, person_id, at)
    SELECT 'CONSUMED', p_lot, p_quantity, moved.id, linked.id, p_job, p_operation, p_equipment, p_person, p_at
    FROM moved, linked RETURNING a.id, a.move_id, a.link_id;
END $$;
