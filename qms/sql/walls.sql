-- The last wall: whoever writes SQL, a decision carries its decider's signature, and nothing closes half done.

CREATE FUNCTION zz_disposition_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM plant_signature s WHERE s.id = NEW.signature_id AND s.person_id = NEW.by_id AND s.meaning = 'DISPOSED'
      AND s.subject_kind = 'nonconformance' AND s.subject_id = NEW.nonconformance_id::text
  ) THEN
    RAISE EXCEPTION 'a disposition of nonconformance % needs its own signature', NEW.nonconformance_id
      USING ERRCODE = 'ZZ010';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_disposition_is_signed BEFORE INSERT ON qms_disposition
  FOR EACH ROW EXECUTE FUNCTION zz_disposition_is_signed();

CREATE FUNCTION zz_nonconformance_closes_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM qms_nonconformancelot WHERE nonconformance_id = NEW.id AND disposed < quantity) THEN
    RAISE EXCEPTION 'nonconformance % has undecided lots', NEW.number USING ERRCODE = 'ZZ011';
  END IF;
  IF EXISTS (
    SELECT 1 FROM traceability_hold
    WHERE cause_kind = 'NONCONFORMANCE' AND cause_id = NEW.number AND released_at IS NULL
  ) THEN
    RAISE EXCEPTION 'nonconformance % still holds something', NEW.number USING ERRCODE = 'ZZ012';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_closes_whole BEFORE UPDATE ON qms_nonconformance
  FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED')
  EXECUTE FUNCTION zz_nonconformance_closes_whole();

CREATE FUNCTION zz_capa_checked_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.checked_at < NEW.check_due_at THEN
    RAISE EXCEPTION 'CAPA % was checked before its day', NEW.number USING ERRCODE = 'ZZ013';
  END IF;
  IF EXISTS (SELECT 1 FROM qms_capaaction WHERE capa_id = NEW.id AND NEW.checked_by_id IN (owner_id, done_by_id)) THEN
    RAISE EXCEPTION 'CAPA % was checked by somebody who worked on it', NEW.number USING ERRCODE = 'ZZ014';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_checked_by_another BEFORE UPDATE ON qms_correctiveaction
  FOR EACH ROW WHEN (NEW.checked_by_id IS NOT NULL AND NEW.checked_at IS DISTINCT FROM OLD.checked_at)
  EXECUTE FUNCTION zz_capa_checked_by_another();
