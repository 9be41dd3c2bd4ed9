-- What a customer's page tells: whoever changes it, by whatever path, makes the page anew in the same transaction.

CREATE FUNCTION zz_public_changed(p_lot bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE traceability_publicpage SET version = version + 1 WHERE lot_id = p_lot;
$$;

CREATE FUNCTION zz_public_lot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_public_changed(NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_public AFTER UPDATE OF status, supplier_lot, expires_at, created_at ON traceability_materiallot
  FOR EACH ROW WHEN ((OLD.status, OLD.supplier_lot, OLD.expires_at, OLD.created_at)
    IS DISTINCT FROM (NEW.status, NEW.supplier_lot, NEW.expires_at, NEW.created_at))
  EXECUTE FUNCTION zz_public_lot();

CREATE FUNCTION zz_public_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_public_changed(NEW.child_id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_public AFTER INSERT ON traceability_link FOR EACH ROW EXECUTE FUNCTION zz_public_link();

CREATE FUNCTION zz_public_pick() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_public_changed(NEW.lot_id);
  RETURN NULL;
END $$;
CREATE TRIGGER zz_public AFTER UPDATE OF move_id ON traceability_shipmentpick
  FOR EACH ROW EXECUTE FUNCTION zz_public_pick();

-- What concerns every page: settings, recalls. Rows are counted, so the order of their commits does not matter.
CREATE FUNCTION zz_public_everything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO traceability_publicepoch (at) VALUES (clock_timestamp());
  RETURN NULL;
END $$;
CREATE TRIGGER zz_public AFTER INSERT OR UPDATE OR DELETE ON traceability_publicview
  FOR EACH STATEMENT EXECUTE FUNCTION zz_public_everything();
CREATE TRIGGER zz_public AFTER INSERT OR UPDATE ON traceability_recallnotice
  FOR EACH STATEMENT EXECUTE FUNCTION zz_public_everything();
CREATE TRIGGER zz_public AFTER INSERT ON traceability_recalledlot
  FOR EACH STATEMENT EXECUTE FUNCTION zz_public_everything();
