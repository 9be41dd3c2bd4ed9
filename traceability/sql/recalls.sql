-- Once a recall is declared, none of its lots leaves it again, and what ended does not begin anew.

CREATE FUNCTION zz_recalled_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM traceability_recallnotice WHERE id = OLD.notice_id AND since_at IS NOT NULL) THEN
    RAISE EXCEPTION 'lot % stays in its recall', OLD.lot_id USING ERRCODE = 'ZZ901';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER zz_recalled_stays BEFORE UPDATE OR DELETE ON traceability_recalledlot
  FOR EACH ROW EXECUTE FUNCTION zz_recalled_stays();

CREATE FUNCTION zz_notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.until_at IS NOT NULL OR (OLD.since_at IS NOT NULL AND NEW.since_at IS DISTINCT FROM OLD.since_at) THEN
    RAISE EXCEPTION 'notice % stays as it was', OLD.number USING ERRCODE = 'ZZ901';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_notice_stays BEFORE UPDATE ON traceability_recallnotice
  FOR EACH ROW EXECUTE FUNCTION zz_notice_stays();
