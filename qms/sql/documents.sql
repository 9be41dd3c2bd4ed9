-- Who read what, and what was looked over, is written once.
SELECT zz_protect('qms_documenttraining');
SELECT zz_protect('qms_documentreview');

-- Whoever writes SQL: a revision comes into force under its approver's own signature.
CREATE FUNCTION zz_document_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM plant_signature s WHERE s.person_id = NEW.approved_by_id AND s.meaning = 'APPROVED'
      AND s.subject_kind = 'document' AND s.subject_id = NEW.id::text
  ) THEN
    RAISE EXCEPTION 'document % / % needs the signature of its approver', NEW.code, NEW.revision
      USING ERRCODE = 'ZZ020';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_is_signed BEFORE UPDATE ON qms_document
  FOR EACH ROW WHEN (NEW.approved_by_id IS NOT NULL AND OLD.approved_by_id IS NULL)
  EXECUTE FUNCTION zz_document_is_signed();

-- What was handed in for review is what is signed and read.
CREATE FUNCTION zz_document_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'document % / % was handed in and stays as it is', OLD.code, OLD.revision USING ERRCODE = 'ZZ021';
END $$;
CREATE TRIGGER zz_stays BEFORE UPDATE ON qms_document
  FOR EACH ROW WHEN (OLD.status <> 'DRAFT' AND
    (NEW.code, NEW.revision, NEW.kind, NEW.name, NEW.name_zh, NEW.change, NEW.issuer, NEW.edition, NEW.sha256, NEW.key,
     NEW.author_id)
    IS DISTINCT FROM
    (OLD.code, OLD.revision, OLD.kind, OLD.name, OLD.name_zh, OLD.change, OLD.issuer, OLD.edition, OLD.sha256, OLD.key,
     OLD.author_id))
  EXECUTE FUNCTION zz_document_stays();

-- A training counts under the signature of whoever stands for it, given under that very revision.
CREATE FUNCTION zz_training_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM plant_signature s WHERE s.id = NEW.signature_id AND s.person_id = NEW.by_id AND s.meaning = 'READ'
      AND s.subject_kind = 'document' AND s.subject_id = NEW.document_id::text
  ) THEN
    RAISE EXCEPTION 'a training on document % needs its own signature', NEW.document_id USING ERRCODE = 'ZZ022';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER zz_is_signed BEFORE INSERT ON qms_documenttraining
  FOR EACH ROW EXECUTE FUNCTION zz_training_is_signed();
