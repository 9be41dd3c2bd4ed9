-- What a letter of a recall says and to whom stays as it was written; only its way changes. It is never deleted.

CREATE FUNCTION zz_letter_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'letter % of a recall stays as it was written', OLD.id USING ERRCODE = 'ZZ901';
END $$;
CREATE TRIGGER zz_stays BEFORE UPDATE ON qms_recallletter FOR EACH ROW
  WHEN ((OLD.recall_id, OLD.customer_id, OLD."to", OLD.language, OLD.title, OLD.text, OLD.lots, OLD.made_by_id, OLD.made_at)
    IS DISTINCT FROM
    (NEW.recall_id, NEW.customer_id, NEW."to", NEW.language, NEW.title, NEW.text, NEW.lots, NEW.made_by_id, NEW.made_at))
  EXECUTE FUNCTION zz_letter_stays();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON qms_recallletter FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
