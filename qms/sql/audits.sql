-- What was answered stays as it was signed once the audit is reported; only what it led to is still noted.

CREATE FUNCTION zz_audit_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT status FROM qms_audit WHERE id = NEW.audit_id) NOT IN ('PLANNED', 'RUNNING')
    AND (TG_OP = 'INSERT' OR (NEW.answer, NEW.points, NEW.evidence) IS DISTINCT FROM (OLD.answer, OLD.points, OLD.evidence))
  THEN
    RAISE EXCEPTION 'the answers of audit % are signed', NEW.audit_id USING ERRCODE = 'ZZ410';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_answer_stays BEFORE INSERT OR UPDATE ON qms_auditanswer
  FOR EACH ROW EXECUTE FUNCTION zz_audit_answer_stays();
CREATE SEQUENCE zz_number_audit START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('audit', 'AU', 6);
