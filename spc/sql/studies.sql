-- What was measured for a study stands once the study is concluded, whoever writes the SQL.
CREATE OR REPLACE FUNCTION zz_study_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found text;
BEGIN
  SELECT status INTO found FROM spc_study WHERE id = coalesce(NEW.study_id, OLD.study_id) FOR NO KEY UPDATE;
  IF found <> 'COLLECTING' THEN
    RAISE EXCEPTION 'The study is %, so its readings and parts stay as they are.', lower(found)
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE OR REPLACE TRIGGER study_reading_of_open_study BEFORE INSERT OR UPDATE OR DELETE ON spc_studyreading
  FOR EACH ROW EXECUTE FUNCTION zz_study_is_open();
CREATE OR REPLACE TRIGGER study_part_of_open_study BEFORE INSERT OR UPDATE OR DELETE ON spc_studypart
  FOR EACH ROW EXECUTE FUNCTION zz_study_is_open();
