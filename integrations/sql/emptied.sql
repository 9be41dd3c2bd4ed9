-- A finished message may be emptied of its contents, once and for good; everything else of it stays as it came.

CREATE OR REPLACE FUNCTION zz_keep_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  emptied boolean;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'messages of connections are never taken away' USING ERRCODE = 'check_violation';
  END IF;
  emptied := OLD.emptied_at IS NULL AND NEW.emptied_at IS NOT NULL AND OLD.status IN ('DONE', 'IGNORED', 'DROPPED')
    AND NEW.body = '' AND NEW.edited IS NULL AND NEW.proposed IS NULL AND NEW.words IS NULL;
  IF NEW.emptied_at IS DISTINCT FROM OLD.emptied_at AND NOT emptied THEN
    RAISE EXCEPTION 'only a finished message is emptied, wholly and once' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.emptied_at IS NOT NULL
     AND (NEW.body, NEW.edited, NEW.proposed, NEW.words) IS DISTINCT FROM (OLD.body, OLD.edited, OLD.proposed, OLD.words)
  THEN
    RAISE EXCEPTION 'what was emptied stays empty' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.connection_id, NEW.direction, NEW.seq, NEW.claim, NEW.noun, NEW.subject, NEW.version, NEW.made_at, NEW.key)
     IS DISTINCT FROM
     (OLD.connection_id, OLD.direction, OLD.seq, OLD.claim, OLD.noun, OLD.subject, OLD.version, OLD.made_at, OLD.key)
     OR (OLD.body_hash <> '' AND NEW.body_hash IS DISTINCT FROM OLD.body_hash)
     OR (OLD.body_hash <> '' AND NEW.body IS DISTINCT FROM OLD.body AND NOT emptied) THEN
    RAISE EXCEPTION 'a message of a connection stays as it came' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.status IN ('DONE', 'IGNORED', 'DROPPED') AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'what was carried out or given up stays so' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
