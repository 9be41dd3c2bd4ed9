-- What people measure at a station names its gauge like what an inspector measures.
CREATE FUNCTION zz_station_measured_with() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM zz_gauge_measures(
    NEW.gauge_id, (SELECT gauge_type_id FROM mes_dataitem WHERE id = NEW.item_id), NEW.person_id, NEW.at);
  RETURN NEW;
END $$;
CREATE TRIGGER zz_measured_with BEFORE INSERT ON mes_datavalue
  FOR EACH ROW EXECUTE FUNCTION zz_station_measured_with();
CREATE TRIGGER zz_measured_with BEFORE INSERT ON mes_checkvalue
  FOR EACH ROW EXECUTE FUNCTION zz_station_measured_with();
