-- Work orders that are not cancelled never add up to more than their production order asks for, whoever writes SQL.

CREATE FUNCTION zz_planned_sum(p_requests bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  over record;
BEGIN
  PERFORM 1 FROM mes_workrequest WHERE id = ANY (p_requests) ORDER BY id FOR NO KEY UPDATE;
  SELECT w.number, w.quantity, sum(j.quantity) AS planned INTO over
    FROM mes_workrequest w JOIN mes_joborder j ON j.work_request_id = w.id AND j.status <> 'CANCELLED'
    WHERE w.id = ANY (p_requests) GROUP BY w.id HAVING sum(j.quantity) > w.quantity LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'order % asks for %, but % is planned', over.number, over.quantity, over.planned
      USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_sum';
  END IF;
END $$;

CREATE FUNCTION zz_planned_sum_of_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_planned_sum(array_agg(DISTINCT work_request_id)) FROM fresh;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_planned_sum_new AFTER INSERT ON mes_joborder REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION zz_planned_sum_of_new();

CREATE FUNCTION zz_planned_sum_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_planned_sum(ARRAY[NEW.work_request_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_planned_sum_more AFTER UPDATE OF quantity, status, work_request_id ON mes_joborder FOR EACH ROW
  WHEN (NEW.status <> 'CANCELLED' AND (NEW.quantity > OLD.quantity OR OLD.status = 'CANCELLED'
    OR NEW.work_request_id <> OLD.work_request_id))
  EXECUTE FUNCTION zz_planned_sum_of_job();

CREATE FUNCTION zz_planned_sum_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_planned_sum(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_planned_sum_less AFTER UPDATE OF quantity ON mes_workrequest FOR EACH ROW
  WHEN (NEW.quantity < OLD.quantity) EXECUTE FUNCTION zz_planned_sum_of_order();
