-- The last wall: whoever writes SQL, nothing is measured with a gauge that may not measure at that moment.

SELECT zz_protect('qms_calibration');
SELECT zz_protect('qms_calibrationpoint');

CREATE FUNCTION zz_gauge_measures(p_gauge bigint, p_type bigint, p_person bigint, p_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  g qms_gauge;
  c qms_calibration;
  demanded bigint;
BEGIN
  IF p_gauge IS NULL THEN
    IF p_type IS NOT NULL THEN
      RAISE EXCEPTION 'this is measured with a gauge of type %', p_type USING ERRCODE = 'ZZ030';
    END IF;
    RETURN;
  END IF;
  -- The lock puts a measurement before or after whatever is decided of the gauge.
  SELECT * INTO g FROM qms_gauge WHERE id = p_gauge FOR NO KEY UPDATE;
  IF g.type_id IS DISTINCT FROM coalesce(p_type, g.type_id) THEN
    RAISE EXCEPTION 'gauge % is of another type', g.code USING ERRCODE = 'ZZ030';
  END IF;
  IF NOT g.active OR (g.status <> 'IN_USE' AND g.stopped_at <= p_at) THEN
    RAISE EXCEPTION 'gauge % is not in use', g.code USING ERRCODE = 'ZZ031';
  END IF;
  IF g.uses >= g.every_uses THEN
    RAISE EXCEPTION 'gauge % has measured as often as its calibration holds for', g.code USING ERRCODE = 'ZZ031';
  END IF;
  SELECT * INTO c FROM qms_calibration WHERE gauge_id = g.id AND at <= p_at ORDER BY at DESC LIMIT 1;
  IF c.id IS NULL OR c.result = 'FAILED' OR c.next_due_at <= p_at THEN
    RAISE EXCEPTION 'gauge % was not in calibration at %', g.code, p_at USING ERRCODE = 'ZZ031';
  END IF;
  IF EXISTS (SELECT 1 FROM qms_calibration l WHERE l.gauge_id = g.id AND l.at > p_at AND l.result <> 'PASSED') THEN
    RAISE EXCEPTION 'gauge % was found out after %', g.code, p_at USING ERRCODE = 'ZZ031';
  END IF;
  SELECT t.skill_id INTO demanded FROM qms_gaugetype t WHERE t.id = g.type_id;
  -- A program reports what its machine measured, so it needs no skill.
  IF demanded IS NOT NULL AND (SELECT kind FROM plant_person WHERE id = p_person) = 'HUMAN' AND NOT EXISTS (
    SELECT 1 FROM plant_personqualification q WHERE q.person_id = p_person AND q.qualification_id = demanded
      AND q.level > 1 AND q.valid_from <= p_at AND (q.valid_to IS NULL OR q.valid_to > p_at)
  ) THEN
    RAISE EXCEPTION 'person % may not measure with gauge %', p_person, g.code USING ERRCODE = 'ZZ032';
  END IF;
  UPDATE qms_gauge SET uses = uses + 1 WHERE id = g.id;
END $$;

CREATE FUNCTION zz_measured_with() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_gauge_measures(
    NEW.gauge_id, (SELECT gauge_type_id FROM qms_inspectionitem WHERE id = NEW.item_id), NEW.by_id, NEW.at);
  RETURN NEW;
END $$;
CREATE TRIGGER zz_measured_with BEFORE INSERT ON qms_inspectionresult
  FOR EACH ROW EXECUTE FUNCTION zz_measured_with();
-- A row that takes a count back, and looks at nothing, needs no gauge.
CREATE TRIGGER zz_measured_with BEFORE INSERT ON qms_inspectioncount
  FOR EACH ROW WHEN (NEW.inspected > 0) EXECUTE FUNCTION zz_measured_with();

CREATE FUNCTION zz_impact_closes_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM qms_impactitem WHERE review_id = NEW.id AND decision = '') THEN
    RAISE EXCEPTION 'impact review % has undecided measurements', NEW.number USING ERRCODE = 'ZZ033';
  END IF;
  IF NOT EXISTS (
    SELECT 1 FROM plant_signature s WHERE s.person_id = NEW.closed_by_id AND s.meaning = 'CLOSED'
      AND s.subject_kind = 'impactreview' AND s.subject_id = NEW.id::text
  ) THEN
    RAISE EXCEPTION 'impact review % closes under a signature', NEW.number USING ERRCODE = 'ZZ033';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_closes_whole BEFORE UPDATE ON qms_impactreview
  FOR EACH ROW WHEN (NEW.status = 'CLOSED' AND OLD.status <> 'CLOSED')
  EXECUTE FUNCTION zz_impact_closes_whole();

CREATE SEQUENCE zz_number_impact START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('impact', 'IR', 6);
