-- What was judged by eye is written once, like what was measured.
SELECT zz_protect('qms_inspectioncount');
SELECT zz_protect('qms_inspectiondefect');

-- Whoever writes SQL: a lot passes only when every characteristic was decided, by its own numbers.
CREATE FUNCTION zz_inspection_by_its_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM qms_inspectionitem i WHERE i.inspection_id = NEW.id
      AND (i.accepted IS NULL OR i.accepted <> (i.found < i.re))
  ) OR (NEW.verdict = 'PASS') <> NOT EXISTS (
    SELECT 1 FROM qms_inspectionitem i WHERE i.inspection_id = NEW.id AND i.accepted IS NOT TRUE
  ) THEN
    RAISE EXCEPTION 'inspection % was not decided by its numbers', NEW.number USING ERRCODE = 'ZZ015';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_by_its_numbers BEFORE UPDATE ON qms_inspection
  FOR EACH ROW WHEN (NEW.status = 'DECIDED' AND OLD.status <> 'DECIDED')
  EXECUTE FUNCTION zz_inspection_by_its_numbers();
