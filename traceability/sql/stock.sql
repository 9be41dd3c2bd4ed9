-- A held lot may be set aside in blocked stock, and a count may correct it; anything else stays refused.

CREATE OR REPLACE FUNCTION zz_move_gate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE is_aside boolean;
BEGIN
  is_aside := NEW.to_bucket = 'LOST' OR (NEW.to_bucket = 'STOCK' AND (
    NEW.from_bucket IN ('FOUND', 'LOST') OR (NEW.from_bucket IN ('STOCK', 'ISSUED') AND EXISTS (
      SELECT FROM traceability_storageplace p JOIN plant_equipment e ON e.id = p.equipment_id
      WHERE e.code = NEW.to_place AND p.kind = 'BLOCKED'))));
  PERFORM zz_lot_gate(NEW.lot_id, CASE WHEN is_aside THEN 'SCRAP' ELSE NEW.to_bucket END);
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION zz_move_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.from_bucket NOT IN ('RECEIVED', 'MADE', 'FOUND') THEN
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

CREATE SEQUENCE zz_number_goods_receipt START 1001;
CREATE SEQUENCE zz_number_stock_count START 1001;
CREATE SEQUENCE zz_number_material_call START 1001;

INSERT INTO plant_numberingseries (code, prefix, width) VALUES
  ('goods_receipt', 'GR', 6), ('stock_count', 'CT', 6), ('material_call', 'MC', 6);
