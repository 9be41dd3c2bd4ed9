-- Trace data changes by an approved change only, whoever writes the SQL; what was proposed and decided stays as it was.
CREATE SEQUENCE zz_number_correction START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('correction', 'TC', 6);

CREATE FUNCTION zz_correction_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'PROPOSED' AND NOT (OLD.status = 'APPROVED' AND OLD.booked_id IS NULL
      AND to_jsonb(NEW) - 'booked_id' = to_jsonb(OLD) - 'booked_id') THEN
    RAISE EXCEPTION 'change % is decided', OLD.number USING ERRCODE = 'ZZ901';
  END IF;
  IF to_jsonb(NEW) - ARRAY['status', 'decided_by_id', 'decided_at', 'signature_id', 'booked_id']
      <> to_jsonb(OLD) - ARRAY['status', 'decided_by_id', 'decided_at', 'signature_id', 'booked_id'] THEN
    RAISE EXCEPTION 'what change % proposes stays as it was', OLD.number USING ERRCODE = 'ZZ901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_correction_stays BEFORE UPDATE ON traceability_correction
  FOR EACH ROW EXECUTE FUNCTION zz_correction_stays();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_correction
  FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();

CREATE FUNCTION zz_visit_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.person_id IS DISTINCT FROM OLD.person_id AND NOT EXISTS (SELECT 1 FROM traceability_correction
      WHERE visit_id = OLD.id AND kind = 'OPERATOR' AND status = 'APPROVED' AND person_id = NEW.person_id)
    OR NEW.equipment_id IS DISTINCT FROM OLD.equipment_id AND NOT EXISTS (SELECT 1 FROM traceability_correction
      WHERE visit_id = OLD.id AND kind = 'EQUIPMENT' AND status = 'APPROVED' AND equipment_id = NEW.equipment_id)
  THEN
    RAISE EXCEPTION 'visit % changes by an approved change only', OLD.id USING ERRCODE = 'ZZ901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_corrected BEFORE UPDATE OF person_id, equipment_id ON traceability_visit
  FOR EACH ROW EXECUTE FUNCTION zz_visit_corrected();
