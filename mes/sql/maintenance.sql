-- Numbers of maintenance orders; what was ticked off and moved stays as written, and moves carry the stock of parts.

CREATE SEQUENCE zz_number_maintenance_order START 1001;
INSERT INTO plant_numberingseries (code, prefix, width) VALUES ('maintenance_order', 'MT', 6);

SELECT zz_protect('mes_maintenancetick');
SELECT zz_protect('mes_sparemove');

CREATE FUNCTION zz_spare_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE mes_sparepart SET stock = stock + NEW.quantity WHERE id = NEW.part_id;
  RETURN NULL;
END $$;
CREATE TRIGGER zz_spare_stock AFTER INSERT ON mes_sparemove FOR EACH ROW EXECUTE FUNCTION zz_spare_stock();
