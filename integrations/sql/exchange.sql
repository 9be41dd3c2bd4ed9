-- Messages of connections are numbered without a gap, stay as they came, and are never taken away.

CREATE FUNCTION zz_number_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO integrations_exchangecounter AS c (connection_id, direction, last)
  VALUES (NEW.connection_id, NEW.direction, 1)
  ON CONFLICT (connection_id, direction) DO UPDATE SET last = c.last + 1
  RETURNING last INTO NEW.seq;
  RETURN NEW;
END $$;

CREATE TRIGGER zz_number_exchange BEFORE INSERT ON integrations_exchange
FOR EACH ROW EXECUTE FUNCTION zz_number_exchange();

CREATE FUNCTION zz_keep_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'messages of connections are never taken away' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.connection_id, NEW.direction, NEW.seq, NEW.claim, NEW.noun, NEW.subject, NEW.version, NEW.made_at, NEW.key)
     IS DISTINCT FROM
     (OLD.connection_id, OLD.direction, OLD.seq, OLD.claim, OLD.noun, OLD.subject, OLD.version, OLD.made_at, OLD.key)
     OR (OLD.body_hash <> '' AND (NEW.body, NEW.body_hash) IS DISTINCT FROM (OLD.body, OLD.body_hash)) THEN
    RAISE EXCEPTION 'a message of a connection stays as it came' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.status IN ('DONE', 'IGNORED', 'DROPPED') AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'what was carried out or given up stays so' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER zz_keep_exchange BEFORE UPDATE OR DELETE ON integrations_exchange
FOR EACH ROW EXECUTE FUNCTION zz_keep_exchange();
CREATE TRIGGER zz_never_emptied BEFORE TRUNCATE ON integrations_exchange
FOR EACH STATEMENT EXECUTE FUNCTION zz_append_only();
