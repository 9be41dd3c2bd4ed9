-- A case of a board is decided by its board; what was reworked is looked at before the case closes; a concession is
-- used within its limits, whoever writes the SQL.

CREATE FUNCTION zz_disposition_of_a_board() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE asked bigint;
BEGIN
  SELECT board_id INTO asked FROM qms_nonconformance WHERE id = NEW.nonconformance_id;
  IF asked IS NOT NULL AND NEW.decision <> 'SORTED' AND NEW.quantity > 0 AND NOT EXISTS (
    SELECT 1 FROM qms_boardreview
    WHERE id = NEW.review_id AND nonconformance_id = NEW.nonconformance_id AND status = 'DECIDED'
  ) THEN
    RAISE EXCEPTION 'nonconformance % is decided by its board', NEW.nonconformance_id USING ERRCODE = 'ZZ404';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_of_a_board BEFORE INSERT ON qms_disposition
  FOR EACH ROW EXECUTE FUNCTION zz_disposition_of_a_board();

-- Decided: at least as many members agree as the quorum asks for, every required role among them, nobody disagrees.
CREATE FUNCTION zz_review_has_quorum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM qms_boardvote WHERE review_id = NEW.id AND agrees)
     < (SELECT quorum FROM qms_reviewboard WHERE id = NEW.board_id)
    OR EXISTS (SELECT 1 FROM qms_boardvote WHERE review_id = NEW.id AND NOT agrees)
    OR EXISTS (
      SELECT 1 FROM qms_boardseat s WHERE s.board_id = NEW.board_id AND s.required AND NOT EXISTS (
        SELECT 1 FROM qms_boardvote v WHERE v.review_id = NEW.id AND v.role = s.role AND v.agrees
      )
    )
  THEN
    RAISE EXCEPTION 'board review % has no quorum', NEW.id USING ERRCODE = 'ZZ405';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_has_quorum BEFORE UPDATE ON qms_boardreview
  FOR EACH ROW WHEN (NEW.status = 'DECIDED' AND OLD.status <> 'DECIDED') EXECUTE FUNCTION zz_review_has_quorum();

CREATE FUNCTION zz_vote_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM plant_signature s JOIN qms_boardreview r ON r.id = NEW.review_id
    WHERE s.id = NEW.signature_id AND s.person_id = NEW.person_id AND s.subject_kind = 'nonconformance'
      AND s.subject_id = r.nonconformance_id::text
  ) THEN
    RAISE EXCEPTION 'a vote in review % needs its own signature', NEW.review_id USING ERRCODE = 'ZZ406';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_vote_is_signed BEFORE INSERT ON qms_boardvote
  FOR EACH ROW EXECUTE FUNCTION zz_vote_is_signed();

CREATE FUNCTION zz_concession_use_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c qms_concession;
BEGIN
  SELECT * INTO c FROM qms_concession WHERE id = NEW.concession_id FOR NO KEY UPDATE;
  IF c.status <> 'APPROVED' OR NEW.at < c.valid_from OR NEW.at >= c.valid_to THEN
    RAISE EXCEPTION 'concession % is not in force', c.number USING ERRCODE = 'ZZ407';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM traceability_materiallot WHERE id = NEW.lot_id AND material_id = c.material_id)
    OR (EXISTS (SELECT 1 FROM qms_concessionlot WHERE concession_id = c.id)
        AND NOT EXISTS (SELECT 1 FROM qms_concessionlot WHERE concession_id = c.id AND lot_id = NEW.lot_id))
  THEN
    RAISE EXCEPTION 'concession % is not for this lot', c.number USING ERRCODE = 'ZZ408';
  END IF;
  UPDATE qms_concession SET used = used + NEW.quantity WHERE id = c.id;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_use_within BEFORE INSERT ON qms_concessionuse
  FOR EACH ROW EXECUTE FUNCTION zz_concession_use_within();

CREATE OR REPLACE FUNCTION zz_nonconformance_closes_whole() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF EXISTS (SELECT 1 FROM zz_recheck_due WHERE nonconformance_id = NEW.id) THEN
    RAISE EXCEPTION 'nonconformance % has reworked pieces that nobody looked at', NEW.number USING ERRCODE = 'ZZ409';
  END IF;
  RETURN NEW;
END $$;

-- What was reworked or repaired and not looked at since: neither by hand nor by an inspection that passed.
CREATE VIEW zz_recheck_due AS
SELECT d.id, d.nonconformance_id FROM qms_disposition d
WHERE d.decision IN ('REWORK', 'REPAIR') AND d.quantity > 0
  AND NOT EXISTS (SELECT 1 FROM qms_recheck r WHERE r.disposition_id = d.id)
  AND NOT EXISTS (
    SELECT 1 FROM qms_inspection i
    WHERE i.lot_id = d.rework_lot_id AND i.verdict = 'PASS' AND i.decided_at > d.at
  );

SELECT zz_protect('qms_recheck');
SELECT zz_protect('qms_boardvote');
SELECT zz_protect('qms_concessionuse');
SELECT zz_protect('qms_returnline');
CREATE SEQUENCE zz_number_concession START 1001;
CREATE SEQUENCE zz_number_supplier_return START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('concession', 'CN', 6), ('supplier_return', 'RTV', 6);
