-- Output, whole in one statement: the move and the record that ties it. Consumption is in consume.sql.
-- The triggers of ledger.sql refuse what may not be.

CREATE FUNCTION zz_produce(
  p_lot bigint, p_quantity numeric, p_from_bucket text, p_from_place text, p_to_bucket text, p_to_place text,
  p_job text, p_operation text, p_equipment bigint, p_person bigint, p_at timestamptz
) RETURNS TABLE (id bigint, move_id bigint) LANGUAGE sql AS $$
  WITH moved AS (
    INSERT INTO traceability_move (lot_id, quantity, from_bucket, from_place, to_bucket, to_place, job_order, operation,
        equipment_id, person_id, reason, at)
      VALUES (p_lot, p_quantity, p_from_bucket, p_from_place, p_to_bucket, p_to_place, p_job, p_operation, p_equipment,
        p_person, '', p_at) RETURNING id
  )
  INSERT INTO traceability_materialactual (kind, lot_id, quantity, move_id, job_order, operation, equipment_id,
      person_id, at)
    SELECT 'PRODUCED', p_lot, p_quantity, moved.id, p_job, p_operation, p_equipment, p_person, p_at FROM moved
    RETURNING id, move_id
$$;
