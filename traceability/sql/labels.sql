-- Printed labels stay as they were; only that one was scanned back is added, once.

CREATE FUNCTION zz_label_print_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.checked_at IS NOT NULL OR (to_jsonb(NEW) - 'checked_at' - 'checked_by_id')
      IS DISTINCT FROM (to_jsonb(OLD) - 'checked_at' - 'checked_by_id') THEN
    RAISE EXCEPTION 'label print % stays as it is', OLD.id USING ERRCODE = 'ZZ901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_stays BEFORE UPDATE ON traceability_labelprint
  FOR EACH ROW EXECUTE FUNCTION zz_label_print_stays();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_labelprint
  FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
