-- Readings by day: a covering key, no surrogate, numbers only.

CREATE TABLE traceability_reading (
  stream_id bigint NOT NULL,
  at timestamptz NOT NULL,
  seq bigint NOT NULL,
  value double precision CHECK (value > '-Infinity' AND value < 'Infinity'),
  quality smallint NOT NULL,
  source smallint NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (value IS NOT NULL OR quality > 0),
  PRIMARY KEY (stream_id, at, seq) INCLUDE (value, quality)
) PARTITION BY RANGE (at);

CREATE TABLE traceability_reading_default PARTITION OF traceability_reading DEFAULT;

CREATE FUNCTION zz_reading_partitions(p_from date, p_to date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  day date := p_from;
  made integer := 0;
BEGIN
  WHILE day <= p_to LOOP
    IF to_regclass('traceability_reading_' || to_char(day, 'YYYYMMDD')) IS NULL THEN
      EXECUTE format('CREATE TABLE traceability_reading_%s PARTITION OF traceability_reading FOR VALUES FROM (%L) TO (%L)',
                     to_char(day, 'YYYYMMDD'), day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
      made := made + 1;
    END IF;
    day := day + 1;
  END LOOP;
  RETURN made;
END $$;

SELECT zz_reading_partitions((now() - interval '1 day')::date, (now() + interval '7 days')::date);
