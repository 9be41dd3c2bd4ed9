-- Retention: blocks that are old enough go, and what they said by the hour stays.

CREATE TABLE traceability_readinghour (
  stream_id bigint NOT NULL,
  hour timestamptz NOT NULL,
  count bigint NOT NULL CHECK (count > 0),
  good bigint NOT NULL CHECK (good BETWEEN 0 AND count),
  -- Of the good readings: no numbers where there are none.
  low double precision,
  high double precision,
  mean double precision,
  squares double precision,  -- sum of squared distances from the mean
  first double precision,
  last double precision,
  first_at timestamptz,
  last_at timestamptz,
  PRIMARY KEY (stream_id, hour),
  CHECK ((good = 0) = (mean IS NULL))
);
SELECT zz_guard_readings('traceability_readinghour');

-- Drop up to p_most blocks of a stream that end before a moment, but for those that touch a stretch to be kept, and add
-- what they said to their hours. Readings that come for such a time later are packed, and added when they are dropped.
CREATE FUNCTION zz_drop_readings(p_stream bigint, p_before timestamptz, p_keep tstzrange[], p_most integer)
RETURNS TABLE (blocks bigint, readings bigint, from_at timestamptz, to_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('zz.packing', 'on', true);
  RETURN QUERY
  WITH gone AS (
    DELETE FROM traceability_readingblock d WHERE d.stream_id = p_stream AND d.from_at IN (
      SELECT x.from_at FROM traceability_readingblock x
      WHERE x.stream_id = p_stream AND x.to_at < least(p_before, now() - interval '1 day')
        AND NOT tstzrange(x.from_at, x.to_at, '[]') && ANY(p_keep)
      ORDER BY x.from_at LIMIT p_most
    ) RETURNING d AS block
  ), hourly AS (
    SELECT date_trunc('hour', u.at, 'UTC') AS hour, count(*) AS count, count(*) FILTER (WHERE u.quality = 0) AS good,
           min(u.value) FILTER (WHERE u.quality = 0) AS low, max(u.value) FILTER (WHERE u.quality = 0) AS high,
           avg(u.value) FILTER (WHERE u.quality = 0) AS mean,
           regr_sxx(u.value, u.value) FILTER (WHERE u.quality = 0) AS squares,
           (array_agg(u.value ORDER BY u.at, u.seq) FILTER (WHERE u.quality = 0))[1] AS first,
           (array_agg(u.value ORDER BY u.at DESC, u.seq DESC) FILTER (WHERE u.quality = 0))[1] AS last,
           min(u.at) FILTER (WHERE u.quality = 0) AS first_at, max(u.at) FILTER (WHERE u.quality = 0) AS last_at
    FROM gone CROSS JOIN LATERAL zz_unpacked(gone.block) AS u GROUP BY 1
  ), kept AS (
    INSERT INTO traceability_readinghour AS h
    SELECT p_stream, hourly.* FROM hourly
    ON CONFLICT (stream_id, hour) DO UPDATE SET
      count = h.count + excluded.count, good = h.good + excluded.good,
      low = least(h.low, excluded.low), high = greatest(h.high, excluded.high),
      mean = CASE WHEN h.good > 0 AND excluded.good > 0
        THEN h.mean + (excluded.mean - h.mean) * excluded.good / (h.good + excluded.good)
        ELSE coalesce(h.mean, excluded.mean) END,
      squares = CASE WHEN h.good > 0 AND excluded.good > 0
        THEN h.squares + excluded.squares
          + (excluded.mean - h.mean) ^ 2 * h.good * excluded.good / (h.good + excluded.good)
        ELSE coalesce(h.squares, excluded.squares) END,
      first = CASE WHEN h.first_at <= excluded.first_at THEN h.first ELSE coalesce(excluded.first, h.first) END,
      last = CASE WHEN h.last_at > excluded.last_at THEN h.last ELSE coalesce(excluded.last, h.last) END,
      first_at = least(h.first_at, excluded.first_at), last_at = greatest(h.last_at, excluded.last_at)
  )
  SELECT count(*), coalesce(sum((gone.block).count), 0)::bigint, min((gone.block).from_at), max((gone.block).to_at)
  FROM gone;
  PERFORM set_config('zz.packing', 'off', true);
END $$;

-- The days ahead; a day that strays lie of in the default table waits until they are packed. A new day's table is closed to
-- changes like its parent.
CREATE OR REPLACE FUNCTION zz_reading_partitions(p_from date, p_to date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  day date := p_from;
  made integer := 0;
  name text;
  begins timestamptz;
  ends timestamptz;
  other text;
BEGIN
  WHILE day <= p_to LOOP
    name := 'traceability_reading_' || to_char(day, 'YYYYMMDD');
    begins := day::timestamp AT TIME ZONE 'UTC';
    ends := (day + 1)::timestamp AT TIME ZONE 'UTC';
    IF to_regclass(name) IS NULL
       AND NOT EXISTS (SELECT FROM traceability_reading_default WHERE at >= begins AND at < ends) THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF traceability_reading FOR VALUES FROM (%L) TO (%L)', name, begins, ends);
      FOR other IN SELECT DISTINCT a.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) a
                   WHERE c.oid = name::regclass AND a.grantee NOT IN (0, c.relowner) LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %s', name, other);
      END LOOP;
      made := made + 1;
    END IF;
    day := day + 1;
  END LOOP;
  RETURN made;
END $$;

-- Drop days before p_before that nobody can see a reading in any more: packing emptied them, and vacuum found no
-- transaction left that still sees one, so the file is empty. Never waits long for anybody.
CREATE FUNCTION zz_drop_empty_days(p_before date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '200ms' AS $$
DECLARE
  name text;
  dropped integer := 0;
BEGIN
  FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = 'traceability_reading'::regclass AND c.relname ~ '_\d{8}$'
                AND right(c.relname, 8) < to_char(p_before, 'YYYYMMDD') AND pg_relation_size(c.oid) = 0 ORDER BY 1 LOOP
    BEGIN
      EXECUTE format('LOCK TABLE traceability_reading, %I IN ACCESS EXCLUSIVE MODE', name);
      IF pg_relation_size(name::regclass) = 0 THEN
        EXECUTE format('DROP TABLE %I', name);
        dropped := dropped + 1;
      END IF;
    EXCEPTION WHEN lock_not_available THEN
      RETURN dropped;  -- the next hour tries again
    END;
  END LOOP;
  RETURN dropped;
END $$;
