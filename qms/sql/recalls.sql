-- What a customer was told and said stays as it was; a closed recall is closed.

CREATE SEQUENCE zz_number_recall START 1001;
CREATE SEQUENCE zz_number_drill START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('recall', 'RCL', 6), ('drill', 'DRL', 6);

SELECT zz_protect('qms_recallmessage');
SELECT zz_protect('qms_recallanswer');

CREATE FUNCTION zz_recall_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('CLOSED', 'CANCELLED') THEN
    RAISE EXCEPTION 'recall % is over', OLD.number USING ERRCODE = 'ZZ901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_stays_closed BEFORE UPDATE ON qms_recall FOR EACH ROW EXECUTE FUNCTION zz_recall_stays_closed();
