-- The last wall: whoever writes SQL, a chain of an FMEA that was handed in stays as it was read and signed.

CREATE FUNCTION zz_fmea_line_of_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  document bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.fmea_id ELSE NEW.fmea_id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM qms_fmea WHERE id = document AND status = 'DRAFT') THEN
    RAISE EXCEPTION 'FMEA % is not a draft: its chains stay as they are', document USING ERRCODE = 'ZZ016';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER zz_line_of_draft BEFORE INSERT OR UPDATE OR DELETE ON qms_fmealine
  FOR EACH ROW EXECUTE FUNCTION zz_fmea_line_of_draft();

SELECT zz_protect('qms_revisionopening');
