-- An 8D goes through its stages in order, nobody of its team judges its effect, and it holds nothing once it is closed.

CREATE OR REPLACE FUNCTION zz_capa_checked_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.checked_at < NEW.check_due_at THEN
    RAISE EXCEPTION 'CAPA % was checked before its day', NEW.number USING ERRCODE = 'ZZ013';
  END IF;
  IF EXISTS (SELECT 1 FROM qms_capaaction WHERE capa_id = NEW.id AND NEW.checked_by_id IN (owner_id, done_by_id))
    OR EXISTS (
      SELECT 1 FROM qms_capamember
      WHERE capa_id = NEW.id AND person_id = NEW.checked_by_id AND role <> 'SPONSOR'
    )
  THEN
    RAISE EXCEPTION 'CAPA % was checked by somebody who worked on it', NEW.number USING ERRCODE = 'ZZ014';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION zz_capa_goes_on_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('EFFECTIVENESS', 'CLOSED') AND EXISTS (
    SELECT 1 FROM qms_capaaction WHERE capa_id = NEW.id AND done_at IS NULL
  ) THEN
    RAISE EXCEPTION 'CAPA % has actions that are not done', NEW.number USING ERRCODE = 'ZZ401';
  END IF;
  IF NEW.method = 'EIGHT_D' AND NEW.status IN ('EFFECTIVENESS', 'CLOSED') AND (
    SELECT count(*) FROM qms_capastage
    WHERE capa_id = NEW.id AND status = 'DONE' AND (NEW.status = 'CLOSED' OR code <> 'D8')
  ) < (CASE NEW.status WHEN 'CLOSED' THEN 9 ELSE 8 END) THEN
    RAISE EXCEPTION 'CAPA % has stages that are not finished', NEW.number USING ERRCODE = 'ZZ402';
  END IF;
  IF NEW.status = 'CLOSED' AND EXISTS (
    SELECT 1 FROM traceability_hold WHERE cause_kind = 'CAPA' AND cause_id = NEW.number AND released_at IS NULL
  ) THEN
    RAISE EXCEPTION 'CAPA % still holds something', NEW.number USING ERRCODE = 'ZZ403';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_goes_on_whole BEFORE UPDATE ON qms_correctiveaction
  FOR EACH ROW WHEN (NEW.status <> OLD.status) EXECUTE FUNCTION zz_capa_goes_on_whole();

SELECT zz_protect('qms_capastagerevision');
SELECT zz_protect('qms_capachange');
