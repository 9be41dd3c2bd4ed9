CREATE SEQUENCE zz_number_supplier_assessment START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('supplier_assessment', 'SA', 5);

-- Whoever writes SQL: a supplier is admitted under the signature of whoever decided.
CREATE FUNCTION zz_assessment_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM plant_signature s WHERE s.person_id = NEW.decided_by_id AND s.meaning = 'APPROVED'
      AND s.subject_kind = 'supplierassessment' AND s.subject_id = NEW.id::text
  ) THEN
    RAISE EXCEPTION 'assessment % needs the signature of its decider', NEW.number USING ERRCODE = 'ZZ023';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_is_signed BEFORE UPDATE ON qms_supplierassessment
  FOR EACH ROW WHEN (NEW.status = 'DECIDED' AND OLD.status <> 'DECIDED')
  EXECUTE FUNCTION zz_assessment_is_signed();
