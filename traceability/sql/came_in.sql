-- How a consumption, a stay or a report came in: a scan says so for its transaction, else it follows from who acts.
-- Rows from before this was kept say nothing.
CREATE FUNCTION zz_came_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(NEW.way, '') = '' THEN
    NEW.way := coalesce(nullif(current_setting('zhizao.way', true), ''), (
      SELECT CASE p.kind WHEN 'SYSTEM' THEN 'AUTO' WHEN 'INTEGRATION' THEN 'API' ELSE 'HAND' END
      FROM plant_person p WHERE p.id = NEW.person_id));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_came_in BEFORE INSERT ON traceability_materialactual FOR EACH ROW EXECUTE FUNCTION zz_came_in();
CREATE TRIGGER zz_came_in BEFORE INSERT ON traceability_visit FOR EACH ROW EXECUTE FUNCTION zz_came_in();
