CREATE SEQUENCE zz_number_scar START 1001;
CREATE SEQUENCE zz_number_ppap START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('scar', 'SCAR', 5), ('ppap', 'PPAP', 5);

-- What a supplier wrote and what we said to it is written once.
SELECT zz_protect('qms_stepanswer');
SELECT zz_protect('qms_answerfile');
SELECT zz_protect('qms_stepverdict');

-- A request is closed when every step is accepted, whoever writes SQL.
CREATE FUNCTION zz_supplier_request_closes_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM qms_requeststep WHERE request_id = NEW.id AND status <> 'ACCEPTED') THEN
    RAISE EXCEPTION 'request % has steps that are not accepted', NEW.number USING ERRCODE = 'ZZ024';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_closes_whole BEFORE UPDATE ON qms_supplierrequest
  FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED')
  EXECUTE FUNCTION zz_supplier_request_closes_whole();
