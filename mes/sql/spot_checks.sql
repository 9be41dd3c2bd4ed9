-- A draw is proof: what was drawn, from what and by which seed, stays as it was; only its state goes on.
SELECT zz_protect('mes_spotlot');

CREATE FUNCTION zz_spot_check_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.plan_id, OLD.week, OLD.seed, OLD.candidates, OLD.fingerprint, OLD.from_at, OLD.to_at, OLD.drawn_at)
     IS DISTINCT FROM
     (NEW.plan_id, NEW.week, NEW.seed, NEW.candidates, NEW.fingerprint, NEW.from_at, NEW.to_at, NEW.drawn_at) THEN
    RAISE EXCEPTION 'a draw stays as it was drawn' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER zz_spot_check_stays BEFORE UPDATE ON mes_spotcheck FOR EACH ROW EXECUTE FUNCTION zz_spot_check_stays();
ALTER TABLE mes_spotcheck ENABLE ALWAYS TRIGGER zz_spot_check_stays;
