-- Packed and picked lots: the database's own walls, whoever writes the SQL.

SELECT zz_protect('traceability_shipmentreturn');

-- What lies in a carton goes nowhere but with it: to another store, or out of the door. Fires after zz_gate, which
-- locked the lot, so a carton that is packed meanwhile is seen.
CREATE FUNCTION zz_packed_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE carton text;
BEGIN
  SELECT u.number INTO carton FROM traceability_packedlot p JOIN traceability_handlingunit u ON u.id = p.unit_id
    WHERE p.lot_id = NEW.lot_id AND p.ended_at IS NULL;
  IF carton IS NOT NULL THEN
    RAISE EXCEPTION 'lot % is packed in %', NEW.lot_id, carton USING ERRCODE = 'ZZ006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_packed BEFORE INSERT ON traceability_move FOR EACH ROW
  WHEN (NEW.to_bucket NOT IN ('STOCK', 'SHIPPED')) EXECUTE FUNCTION zz_packed_gate();

-- A lot is packed free and unexpired, and all of it lies in stock.
CREATE FUNCTION zz_pack_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_lot_gate(NEW.lot_id, 'SHIPPED');
  IF NEW.quantity <> (
    SELECT coalesce(sum(quantity), 0) FROM traceability_lotbalance
    WHERE lot_id = NEW.lot_id AND bucket NOT IN ('SCRAP', 'RETURNED', 'SHIPPED', 'CONSUMED', 'LOST')
  ) OR NEW.quantity <> (
    SELECT coalesce(sum(quantity), 0) FROM traceability_lotbalance WHERE lot_id = NEW.lot_id AND bucket = 'STOCK'
  ) THEN
    RAISE EXCEPTION 'lot % is not % in stock', NEW.lot_id, NEW.quantity USING ERRCODE = 'ZZ003';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_gate BEFORE INSERT ON traceability_packedlot FOR EACH ROW EXECUTE FUNCTION zz_pack_gate();

-- A line never has more picked than was ordered. The row of the line orders those who pick for it.
CREATE FUNCTION zz_pick_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE line traceability_shipmentline;
BEGIN
  SELECT * INTO STRICT line FROM traceability_shipmentline WHERE id = NEW.line_id FOR NO KEY UPDATE;
  PERFORM zz_lot_gate(NEW.lot_id, 'SHIPPED');
  IF line.quantity < NEW.quantity + (
    SELECT coalesce(sum(quantity), 0) FROM traceability_shipmentpick WHERE line_id = line.id AND removed_at IS NULL
  ) THEN
    RAISE EXCEPTION 'line % has too much picked', line.id USING ERRCODE = 'ZZ007';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_gate BEFORE INSERT ON traceability_shipmentpick FOR EACH ROW EXECUTE FUNCTION zz_pick_gate();

-- Numbers of a company prefix only go on.
CREATE FUNCTION zz_sscc_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.given > 0 AND (TG_OP = 'DELETE' OR NEW.given < OLD.given OR NEW.prefix <> OLD.prefix) THEN
    RAISE EXCEPTION 'numbers of prefix % were given already', OLD.prefix USING ERRCODE = 'ZZ901';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER zz_goes_on BEFORE UPDATE OR DELETE ON traceability_ssccseries
  FOR EACH ROW EXECUTE FUNCTION zz_sscc_goes_on();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_handlingunit
  FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_packedlot
  FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();
CREATE TRIGGER zz_never_deleted BEFORE DELETE ON traceability_shipmentpick
  FOR EACH ROW EXECUTE FUNCTION zz_never_deleted();

-- What comes back from a customer is let in though it is held: that is why it comes back.
CREATE OR REPLACE FUNCTION zz_move_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_aside boolean;
BEGIN
  is_aside := NEW.to_bucket = 'LOST' OR (NEW.to_bucket = 'STOCK' AND (
    NEW.from_bucket IN ('FOUND', 'LOST', 'SHIPPED') OR (NEW.from_bucket IN ('STOCK', 'ISSUED') AND EXISTS (
      SELECT FROM traceability_storageplace p JOIN plant_equipment e ON e.id = p.equipment_id
      WHERE e.code = NEW.to_place AND p.kind = 'BLOCKED'))));
  PERFORM zz_lot_gate(NEW.lot_id, CASE WHEN is_aside THEN 'SCRAP' ELSE NEW.to_bucket END);
  RETURN NEW;
END $$;

CREATE SEQUENCE zz_number_shipment START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('shipment', 'SH', 6);
