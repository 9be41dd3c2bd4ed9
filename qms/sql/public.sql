-- A verdict changes what the customer's page tells, in the same transaction and by whatever path.

CREATE FUNCTION zz_public_inspection() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_public_changed(NEW.lot_id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_public AFTER UPDATE OF status, verdict ON qms_inspection
  FOR EACH ROW WHEN ((OLD.status, OLD.verdict) IS DISTINCT FROM (NEW.status, NEW.verdict))
  EXECUTE FUNCTION zz_public_inspection();
CREATE TRIGGER zz_public_again AFTER INSERT ON qms_inspection
  FOR EACH ROW WHEN (NEW.repeats_id IS NOT NULL) EXECUTE FUNCTION zz_public_inspection();
