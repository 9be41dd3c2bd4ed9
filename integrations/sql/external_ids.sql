-- The version that was taken of something in another system never goes back, whoever writes the SQL.
CREATE OR REPLACE FUNCTION zz_external_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version < OLD.version OR (NEW.version IS NULL AND OLD.version IS NOT NULL) THEN
    RAISE EXCEPTION 'version % of % % came after version %', NEW.version, OLD.source, OLD.external_id, OLD.version
      USING ERRCODE = 'check_violation', CONSTRAINT = 'external_id_version_goes_on';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS zz_external_version ON integrations_externalid;
CREATE TRIGGER zz_external_version BEFORE UPDATE ON integrations_externalid
  FOR EACH ROW EXECUTE FUNCTION zz_external_version();
