-- Numbers of projects; a gate is passed in order, by somebody else than the project's leader, with everything delivered
-- that it waits for; and what it rests on stays.

CREATE SEQUENCE zz_number_apqp START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('apqp', 'AP', 6);
SELECT zz_protect('qms_validationreport');

CREATE FUNCTION zz_gate_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM qms_apqpdeliverable
    WHERE phase_id = NEW.id AND is_required AND status NOT IN ('DONE', 'WAIVED')
  ) THEN
    RAISE EXCEPTION 'gate % waits for deliverables', NEW.number USING ERRCODE = 'ZZ017';
  END IF;
  IF EXISTS (
    SELECT 1 FROM qms_apqpphase WHERE project_id = NEW.project_id AND number < NEW.number AND status <> 'PASSED'
  ) THEN
    RAISE EXCEPTION 'gate % comes after another one that is not passed', NEW.number USING ERRCODE = 'ZZ018';
  END IF;
  IF EXISTS (SELECT 1 FROM qms_apqpproject WHERE id = NEW.project_id AND owner_id = NEW.passed_by_id) THEN
    RAISE EXCEPTION 'the leader of the project does not sign gate %', NEW.number USING ERRCODE = 'ZZ019';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_gate_waits BEFORE UPDATE ON qms_apqpphase
  FOR EACH ROW WHEN (NEW.status = 'PASSED' AND OLD.status <> 'PASSED') EXECUTE FUNCTION zz_gate_waits();

CREATE FUNCTION zz_gate_rests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM qms_apqpphase p WHERE p.id = NEW.phase_id AND p.status = 'PASSED'
  ) AND NEW.is_required AND NEW.status NOT IN ('DONE', 'WAIVED') THEN
    RAISE EXCEPTION 'a gate that was passed rests on deliverable %', NEW.id USING ERRCODE = 'ZZ020';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_gate_rests BEFORE INSERT OR UPDATE ON qms_apqpdeliverable
  FOR EACH ROW EXECUTE FUNCTION zz_gate_rests();
