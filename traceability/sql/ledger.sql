-- The last wall: whoever writes SQL, a held or expired lot does not go on, and the ledger adds up.

SELECT zz_protect('traceability_move');
SELECT zz_protect('traceability_link');
SELECT zz_protect('traceability_materialactual');
SELECT zz_protect('traceability_replacement');

CREATE FUNCTION zz_lot_gate(p_lot bigint, p_to text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE lot traceability_materiallot;
BEGIN
  SELECT * INTO STRICT lot FROM traceability_materiallot WHERE id = p_lot FOR NO KEY UPDATE;
  IF lot.status = 'HELD' AND p_to NOT IN ('SCRAP', 'RETURNED', 'REWORK') THEN
    RAISE EXCEPTION 'lot % is held', lot.number USING ERRCODE = 'ZZ001';
  END IF;
  IF lot.expires_at <= clock_timestamp() AND p_to IN ('ISSUED', 'CONSUMED', 'SHIPPED') THEN
    RAISE EXCEPTION 'lot % has expired', lot.number USING ERRCODE = 'ZZ002';
  END IF;
END $$;

CREATE FUNCTION zz_move_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_lot_gate(NEW.lot_id, NEW.to_bucket);
  RETURN NEW;
END $$;
CREATE TRIGGER zz_gate BEFORE INSERT ON traceability_move FOR EACH ROW EXECUTE FUNCTION zz_move_gate();

CREATE FUNCTION zz_move_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.from_bucket NOT IN ('RECEIVED', 'MADE') THEN
    UPDATE traceability_lotbalance SET quantity = quantity - NEW.quantity
      WHERE lot_id = NEW.lot_id AND bucket = NEW.from_bucket AND place = NEW.from_place
        AND quantity >= NEW.quantity;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'lot % has less than % in %', NEW.lot_id, NEW.quantity, NEW.from_bucket USING ERRCODE = 'ZZ003';
    END IF;
  END IF;
  INSERT INTO traceability_lotbalance AS b (lot_id, bucket, place, quantity)
    VALUES (NEW.lot_id, NEW.to_bucket, NEW.to_place, NEW.quantity)
    ON CONFLICT (lot_id, bucket, place) DO UPDATE SET quantity = b.quantity + NEW.quantity;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_balance AFTER INSERT ON traceability_move FOR EACH ROW EXECUTE FUNCTION zz_move_balance();

CREATE FUNCTION zz_link_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM traceability_materiallot WHERE id IN (NEW.parent_id, NEW.child_id) ORDER BY id FOR NO KEY UPDATE;
  IF NEW.reverses_id IS NULL THEN
    PERFORM zz_lot_gate(NEW.parent_id, 'LINKED');
  END IF;
  IF EXISTS (SELECT 1 FROM traceability_link WHERE parent_id = NEW.child_id) AND EXISTS (
    WITH RECURSIVE up(id) AS (
      SELECT NEW.parent_id
      UNION
      SELECT l.parent_id FROM traceability_link l JOIN up ON l.child_id = up.id
    ) SELECT 1 FROM up WHERE id = NEW.child_id
  ) THEN
    RAISE EXCEPTION 'lot % would be made of itself', NEW.child_id USING ERRCODE = 'ZZ004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_gate BEFORE INSERT ON traceability_link FOR EACH ROW EXECUTE FUNCTION zz_link_gate();

CREATE FUNCTION zz_consumption_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM traceability_materialactual WHERE move_id = NEW.id AND kind = 'CONSUMED') THEN
    RAISE EXCEPTION 'move % consumes without a genealogy link', NEW.id USING ERRCODE = 'ZZ005';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER zz_consumption_is_whole AFTER INSERT ON traceability_move
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.to_bucket = 'CONSUMED')
  EXECUTE FUNCTION zz_consumption_is_whole();

CREATE FUNCTION zz_never_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never deleted', TG_TABLE_NAME USING ERRCODE = 'ZZ901';
END $$;
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_hold FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_materiallot FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
