-- A sealed dossier stays as it is, whoever writes the SQL; only its bytes may be let go, once.
CREATE FUNCTION zz_dossier_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - ARRAY['dropped_at', 'key'] <> to_jsonb(OLD) - ARRAY['dropped_at', 'key']
    OR OLD.dropped_at IS NOT NULL OR NEW.dropped_at IS NULL THEN
    RAISE EXCEPTION 'dossier % of lot % is sealed', OLD.revision, OLD.lot_id USING ERRCODE = 'ZZ901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_dossier_stays BEFORE UPDATE ON traceability_dossierfile
  FOR EACH ROW EXECUTE FUNCTION zz_dossier_stays();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_dossierfile
  FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
