-- Packing: readings become blocks in one transaction, and nobody else may take either away.

-- The two tables are written once, but for the functions below, which mark their transaction for a moment. Whoever lacks
-- the right to delete gains nothing by the mark (grant_app_role takes it from the application's role).
CREATE FUNCTION zz_guard_readings(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($t$CREATE TRIGGER zz_written_once BEFORE UPDATE OR DELETE ON %s FOR EACH ROW
    WHEN (current_setting('zz.packing', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION zz_append_only()$t$, target);
  EXECUTE format('CREATE TRIGGER zz_never_emptied BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION zz_append_only()', target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER zz_written_once', target);
  EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER zz_never_emptied', target);
END $$;
SELECT zz_guard_readings('traceability_reading');
SELECT zz_guard_readings('traceability_readingblock');

-- One block of readings in order.
CREATE FUNCTION zz_block(
  p_stream bigint, p_ats timestamptz[], p_seqs bigint[], p_values float8[], p_qualities bigint[], p_sources bigint[],
  p_lags bigint[]
) RETURNS traceability_readingblock LANGUAGE plpgsql STABLE AS $$
DECLARE
  b traceability_readingblock;
  after bigint[];
BEGIN
  b.stream_id := p_stream;
  b.from_at := p_ats[1];
  b.to_at := p_ats[cardinality(p_ats)];
  b.count := cardinality(p_ats);
  b.good := (SELECT count(*) FILTER (WHERE q = 0) FROM unnest(p_qualities) AS q);
  after := ARRAY(SELECT zz_micros(m - b.from_at) FROM unnest(p_ats) WITH ORDINALITY AS u(m, i) ORDER BY i);
  b.ats := zz_numbers(after, zz_step(after));
  b.seqs := zz_numbers(p_seqs, zz_step(p_seqs));
  b.lags := zz_numbers(p_lags, 0);
  b.qualities := zz_numbers(p_qualities, 0);
  b.sources := zz_numbers(p_sources, 0);
  RETURN zz_values(b, p_values);
END $$;

-- Pack the readings of a stream from one moment to another together with the blocks there, about p_size to a block;
-- what a new block says is compared with what is taken away. The number of readings that were rows.
CREATE FUNCTION zz_pack_stretch(p_stream bigint, p_from timestamptz, p_to timestamptz, p_size integer) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  part record;
  b traceability_readingblock;
  packed bigint := 0;
BEGIN
  FOR part IN
    WITH gone AS (
      DELETE FROM traceability_reading WHERE stream_id = p_stream AND at >= p_from AND at <= p_to
      RETURNING at, seq, value, quality, source, recorded_at
    ), opened AS (
      DELETE FROM traceability_readingblock x WHERE stream_id = p_stream AND from_at <= p_to AND to_at >= p_from
      RETURNING x AS block
    ), taken AS (
      SELECT gone.*, true AS was_row FROM gone
      UNION ALL SELECT u.*, false FROM opened CROSS JOIN LATERAL zz_unpacked(opened.block) AS u
    )
    SELECT array_agg(at ORDER BY at, seq) AS ats, array_agg(seq ORDER BY at, seq) AS seqs,
           array_agg(value ORDER BY at, seq) AS vals, array_agg(quality::bigint ORDER BY at, seq) AS qualities,
           array_agg(source::bigint ORDER BY at, seq) AS sources,
           array_agg(zz_micros(recorded_at - at) ORDER BY at, seq) AS lags, count(*) FILTER (WHERE was_row) AS rows
    FROM (SELECT *, (rank() OVER (ORDER BY at) - 1) / p_size AS place FROM taken) AS numbered GROUP BY place
  LOOP
    b := zz_block(p_stream, part.ats, part.seqs, part.vals, part.qualities, part.sources, part.lags);
    IF (SELECT (array_agg(u.at), array_agg(u.seq), array_agg(u.value::text), array_agg(u.quality::bigint),
                array_agg(u.source::bigint), array_agg(zz_micros(u.recorded_at - u.at))) FROM zz_unpacked(b) AS u)
       IS DISTINCT FROM (part.ats, part.seqs, part.vals::text[], part.qualities, part.sources, part.lags) THEN
      RAISE EXCEPTION 'a block of stream % from % would not say what its readings said', p_stream, b.from_at;
    END IF;
    INSERT INTO traceability_readingblock SELECT b.*;
    packed := packed + part.rows;
  END LOOP;
  RETURN packed;
END $$;

-- Pack what a stream read before a moment, beginning with the oldest, up to about p_most readings or to the next block;
-- the number packed, 0 when nothing is left. A reading of the last hour stays a row: one that comes twice is known by the
-- row's key within the hour, and looked for in the blocks later (whoever stores old readings holds the same lock, shared).
CREATE FUNCTION zz_pack_readings(p_stream bigint, p_before timestamptz, p_size integer, p_most bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  micro interval := '1 microsecond';
  stop timestamptz := least(p_before, now() - interval '1 hour') - micro;
  start timestamptz;
  last timestamptz;
  beside traceability_readingblock;
  packed bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('zz_readings'));
  SELECT min(at) INTO start FROM traceability_reading WHERE stream_id = p_stream AND at <= stop;
  IF start IS NULL THEN RETURN 0; END IF;
  SELECT at INTO last FROM traceability_reading WHERE stream_id = p_stream AND at <= stop AND at >= start
    ORDER BY at OFFSET p_most - 1 LIMIT 1;
  SELECT * INTO beside FROM traceability_readingblock
    WHERE stream_id = p_stream AND from_at <= start ORDER BY from_at DESC LIMIT 1;
  IF beside.to_at >= start THEN stop := least(stop, last, beside.to_at);
  ELSE
    stop := least(stop, last, (SELECT min(from_at) - micro FROM traceability_readingblock
                               WHERE stream_id = p_stream AND from_at > start));
  END IF;
  -- A block that these readings belong into, or that has room before them, is packed anew with them.
  IF beside.to_at >= start OR beside.count < p_size / 2 THEN start := beside.from_at; END IF;
  PERFORM set_config('zz.packing', 'on', true);
  packed := zz_pack_stretch(p_stream, start, stop, p_size);
  PERFORM set_config('zz.packing', 'off', true);
  RETURN packed;
END $$;
