-- The numbers are kept as they are; whoever decides otherwise has signed.
CREATE OR REPLACE FUNCTION zz_inspection_by_its_numbers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM qms_inspectionitem i WHERE i.inspection_id = NEW.id
      AND (i.accepted IS NULL OR i.accepted <> (i.found < i.re))
  ) OR (NEW.computed = 'PASS') <> NOT EXISTS (
    SELECT 1 FROM qms_inspectionitem i WHERE i.inspection_id = NEW.id AND i.accepted IS NOT TRUE
  ) THEN
    RAISE EXCEPTION 'inspection % was not decided by its numbers', NEW.number USING ERRCODE = 'ZZ015';
  END IF;
  IF NEW.verdict <> NEW.computed AND (
    NOT EXISTS (
      SELECT 1 FROM plant_signature s WHERE s.id = NEW.signature_id AND s.person_id = NEW.inspector_id
        AND s.meaning = 'APPROVED' AND s.subject_kind = 'inspection' AND s.subject_id = NEW.id::text
    ) OR EXISTS (
      SELECT 1 FROM qms_inspectionresult r JOIN qms_inspectionitem i ON i.id = r.item_id
      WHERE i.inspection_id = NEW.id AND r.by_id = NEW.inspector_id
      UNION ALL
      SELECT 1 FROM qms_inspectioncount c JOIN qms_inspectionitem i ON i.id = c.item_id
      WHERE i.inspection_id = NEW.id AND c.by_id = NEW.inspector_id
    )
  ) THEN
    RAISE EXCEPTION 'inspection % was decided otherwise than its numbers without the signature of somebody else',
      NEW.number USING ERRCODE = 'ZZ034';
  END IF;
  RETURN NEW;
END $$;
