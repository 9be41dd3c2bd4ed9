-- A work order and everything that follows its routing speak of one revision; and a lot belongs to the work order that
-- began it, so it may go to another one only before anybody worked on it.

CREATE FUNCTION zz_pinned_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong text;
BEGIN
  SELECT j.number INTO wrong FROM fresh f JOIN mes_joborder j ON j.id = f.job_order_id
    JOIN mes_segment s ON s.id = f.segment_id WHERE s.work_master_id <> j.work_master_id LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION '% of work order % belongs to another revision', TG_TABLE_NAME, wrong
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pinned_revision';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_pinned_new AFTER INSERT ON mes_jobsegment REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION zz_pinned_parts();
CREATE TRIGGER zz_pinned_new AFTER INSERT ON mes_jobmaterial REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION zz_pinned_parts();

CREATE FUNCTION zz_pinned_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  job mes_joborder;
BEGIN
  SELECT * INTO job FROM mes_joborder WHERE id = (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
  IF EXISTS (SELECT 1 FROM mes_jobsegment r JOIN mes_segment s ON s.id = r.segment_id
             WHERE r.job_order_id = job.id AND s.work_master_id <> job.work_master_id)
    OR EXISTS (SELECT 1 FROM mes_jobmaterial r JOIN mes_segment s ON s.id = r.segment_id
               WHERE r.job_order_id = job.id AND s.work_master_id <> job.work_master_id)
  THEN
    RAISE EXCEPTION 'operations or materials of work order % belong to another revision', job.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pinned_revision';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER zz_pinned AFTER UPDATE ON mes_joborder DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.work_master_id <> OLD.work_master_id) EXECUTE FUNCTION zz_pinned_order('id');
CREATE CONSTRAINT TRIGGER zz_pinned_changed AFTER UPDATE ON mes_jobsegment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.segment_id <> OLD.segment_id) EXECUTE FUNCTION zz_pinned_order('job_order_id');

CREATE FUNCTION zz_lot_changes_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM traceability_visit WHERE lot_id = NEW.id) THEN
    RAISE EXCEPTION 'lot % was begun for work order %', NEW.number, OLD.job_order
      USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_keeps_its_order';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_changes_order BEFORE UPDATE OF job_order ON traceability_materiallot FOR EACH ROW
  WHEN (NEW.job_order <> OLD.job_order) EXECUTE FUNCTION zz_lot_changes_order();
