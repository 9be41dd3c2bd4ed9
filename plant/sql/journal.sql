-- The record book: written once, chained per stream, in one round trip.

CREATE FUNCTION zz_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME USING ERRCODE = 'ZZ900';
END $$;

CREATE FUNCTION zz_protect(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER zz_written_once BEFORE UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION zz_append_only()', target);
  EXECUTE format('CREATE TRIGGER zz_never_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION zz_append_only()', target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER zz_written_once', target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER zz_never_emptied', target);
END $$;

SELECT zz_protect('plant_journalentry');
SELECT zz_protect('plant_signature');

CREATE FUNCTION zz_journal_hash(
  prev text, stream text, seq bigint, kind text, subject_kind text, subject_id text, subject_label text,
  actor text, actor_name text, at timestamptz, reason text, data jsonb
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    prev, stream, seq, kind, subject_kind, subject_id, subject_label, actor, actor_name,
    (extract(epoch FROM at) * 1000000)::bigint, reason, data)::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION zz_journal(
  p_stream text, p_kind text, p_subject_kind text, p_subject_id text, p_label text,
  p_actor text, p_actor_name text, p_reason text, p_data jsonb, p_subscribers text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head plant_journalhead;
  moment timestamptz := clock_timestamp();
  digest text;
  entry bigint;
BEGIN
  INSERT INTO plant_journalhead AS h (stream, seq, hash) VALUES (p_stream, 1, '')
    ON CONFLICT (stream) DO UPDATE SET seq = h.seq + 1 RETURNING * INTO head;
  digest := zz_journal_hash(head.hash, p_stream, head.seq, p_kind, p_subject_kind, p_subject_id, p_label,
                            p_actor, p_actor_name, moment, p_reason, p_data);
  INSERT INTO plant_journalentry (stream, seq, kind, subject_kind, subject_id, subject_label, actor, actor_name,
                                  at, reason, data, prev_hash, hash, txid)
    VALUES (p_stream, head.seq, p_kind, p_subject_kind, p_subject_id, p_label, p_actor, p_actor_name,
            moment, p_reason, p_data, head.hash, digest, pg_current_xact_id()::text::bigint)
    RETURNING id INTO entry;
  UPDATE plant_journalhead SET hash = digest WHERE stream = p_stream;
  INSERT INTO plant_delivery (entry_id, stream, subscriber, attempts, last_error)
    SELECT entry, p_stream, name, 0, '' FROM unnest(p_subscribers) AS name;
  RETURN entry;
END $$;

CREATE INDEX journal_feed ON plant_journalentry (txid, id);

-- Numbers: one sequence per series, so that nobody waits and nothing repeats.
CREATE SEQUENCE zz_number_lot START 1001;
CREATE SEQUENCE zz_number_serial START 1001;
CREATE SEQUENCE zz_number_work_request START 1001;
CREATE SEQUENCE zz_number_job_order START 1001;
CREATE SEQUENCE zz_number_inspection START 1001;
CREATE SEQUENCE zz_number_nonconformance START 1001;
CREATE SEQUENCE zz_number_capa START 1001;

INSERT INTO plant_numberingseries (code, prefix, width) VALUES
  ('lot', 'L', 7), ('serial', 'S', 8), ('work_request', 'PO', 6), ('job_order', 'WO', 6),
  ('inspection', 'IN', 6), ('nonconformance', 'NCR', 6), ('capa', 'CAPA', 5);
