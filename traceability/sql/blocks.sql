-- Old readings, packed: about a thousand of one stream in one row, each column as small whole numbers beside a straight
-- line, exactly as they were. The database packs and unpacks by itself, so no reading ever leaves it to be moved.

CREATE TYPE zz_numbers AS (base bigint, step bigint, low smallint[], high bigint[]);

CREATE TABLE traceability_readingblock (
  stream_id bigint NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  count integer NOT NULL CHECK (count > 0),
  good integer NOT NULL CHECK (good BETWEEN 0 AND count),
  ats zz_numbers NOT NULL,       -- µs after from_at
  seqs zz_numbers NOT NULL,
  lags zz_numbers NOT NULL,      -- µs from at to recorded_at
  qualities zz_numbers NOT NULL,
  sources zz_numbers NOT NULL,
  scale smallint CHECK (scale BETWEEN 0 AND 6),  -- values are mantissas / 10^scale, or else stand in full
  single boolean NOT NULL,                       -- rounded to single precision
  mantissas zz_numbers,
  singles real[],
  doubles double precision[],
  CHECK (from_at <= to_at),
  PRIMARY KEY (stream_id, from_at) INCLUDE (to_at, count, good),
  EXCLUDE USING gist (stream_id WITH =, tstzrange(from_at, to_at, '[]') WITH &&)
);

-- x[i] = base + step·(i-1) + 65536·high[i] + low[i] + 32768; without arrays x lies on the line.
CREATE FUNCTION zz_numbers(p_x bigint[], p_step bigint) RETURNS zz_numbers LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  first bigint := CASE WHEN p_step = 0 THEN 0 ELSE p_x[1] END;
  rest bigint[];
  least bigint;
  most bigint;
  found zz_numbers;
BEGIN
  SELECT array_agg(x - first - p_step * (i - 1) ORDER BY i), min(x - first - p_step * (i - 1)),
         max(x - first - p_step * (i - 1))
    INTO rest, least, most FROM unnest(p_x) WITH ORDINALITY AS u(x, i);
  found.base := first;
  found.step := p_step;
  IF least = most AND array_position(rest, NULL) IS NULL THEN
    found.base := first + least;
  ELSIF most::numeric - least < 65536 THEN
    found.base := first + least;
    SELECT array_agg((r - least - 32768)::smallint ORDER BY i) INTO found.low FROM unnest(rest) WITH ORDINALITY AS u(r, i);
  ELSE
    SELECT array_agg(((r & 65535) - 32768)::smallint ORDER BY i), array_agg(r >> 16 ORDER BY i)
      INTO found.low, found.high FROM unnest(rest) WITH ORDINALITY AS u(r, i);
  END IF;
  RETURN found;
END $$;

CREATE FUNCTION zz_micros(p_span interval) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN round(date_part('epoch', p_span) * 1000000)::bigint;

-- How far the numbers rise from one to the next on average; none for what is no line.
CREATE FUNCTION zz_step(p_x bigint[]) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN CASE WHEN cardinality(p_x) > 1 AND abs(p_x[1]::numeric) < 1e18 AND abs(p_x[cardinality(p_x)]::numeric) < 1e18
            THEN (p_x[cardinality(p_x)] - p_x[1]) / (cardinality(p_x) - 1) ELSE 0 END;

-- Whether a value comes back bit by bit from a whole number and a power of ten.
CREATE FUNCTION zz_fits(p_value float8, p_power float8, p_single boolean) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN CASE WHEN p_value IS NULL THEN true
            WHEN p_value = 0 THEN p_value::text = '0'
            WHEN abs(p_value) >= 9e15 / p_power THEN false
            WHEN p_single THEN CASE WHEN abs(p_value) BETWEEN 1e-30 AND 1e30 AND abs(round(p_value * p_power)) >= 1
                                    THEN (round(p_value * p_power) / p_power)::float4::float8 = p_value ELSE false END
            ELSE round(p_value * p_power) / p_power = p_value END;

CREATE FUNCTION zz_values(p_block traceability_readingblock, p_values float8[]) RETURNS traceability_readingblock
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  power float8;
  sample float8[] := p_values[1:16];
BEGIN
  SELECT bool_and(CASE WHEN v IS NULL THEN true WHEN v = 0 THEN v::text = '0'
                       WHEN abs(v) BETWEEN 1e-30 AND 1e30 THEN v::float4::float8 = v ELSE false END)
    INTO p_block.single FROM unnest(p_values) AS v;
  FOR digits IN 0..6 LOOP
    power := 10::float8 ^ digits;
    CONTINUE WHEN NOT (SELECT bool_and(zz_fits(v, power, p_block.single)) FROM unnest(sample) AS v);
    CONTINUE WHEN NOT (SELECT bool_and(zz_fits(v, power, p_block.single)) FROM unnest(p_values) AS v);
    p_block.scale := digits;
    p_block.mantissas := zz_numbers(
      ARRAY(SELECT round(v * power)::bigint FROM unnest(p_values) WITH ORDINALITY AS u(v, i) ORDER BY i), 0);
    RETURN p_block;
  END LOOP;
  IF p_block.single THEN p_block.singles := p_values::real[]; ELSE p_block.doubles := p_values; END IF;
  RETURN p_block;
END $$;

-- The readings of one block, in order.
CREATE FUNCTION zz_unpacked(b traceability_readingblock) RETURNS TABLE (
  at timestamptz, seq bigint, value double precision, quality smallint, source smallint, recorded_at timestamptz
) LANGUAGE plpgsql STABLE ROWS 1000 AS $$
DECLARE
  a zz_numbers := b.ats; s zz_numbers := b.seqs; l zz_numbers := b.lags; m zz_numbers := b.mantissas;
  q zz_numbers := b.qualities; o zz_numbers := b.sources;
  a_base bigint := a.base + 32768 * (a.low IS NOT NULL)::int; a_step bigint := a.step;
  s_base bigint := s.base; s_step bigint := s.step; s_off int := 32768 * (s.low IS NOT NULL)::int;
  l_base bigint := l.base + 32768 * (l.low IS NOT NULL)::int;
  m_base bigint := m.base; m_off int := 32768 * (m.low IS NOT NULL)::int;
  q_base bigint := q.base + 32768 * (q.low IS NOT NULL)::int; o_base bigint := o.base + 32768 * (o.low IS NOT NULL)::int;
  start timestamptz := b.from_at; micro interval := '1 microsecond';
  is_whole boolean := b.scale IS NULL; is_single boolean := b.single; power float8 := 10::float8 ^ b.scale;
  has_values boolean := m.low IS NULL;
BEGIN
  RETURN QUERY
  SELECT u.moment, u.number,
         CASE WHEN is_whole THEN coalesce(u.in_full, u.in_half::float8)
              WHEN is_single THEN (u.mantissa / power)::float4::float8 ELSE u.mantissa / power END,
         (q_base + coalesce(u.q, 0))::smallint, (o_base + coalesce(u.o, 0))::smallint, u.moment + u.lag * micro
  FROM (
    SELECT start + (a_base + a_step * r.i + (coalesce(r.ah, 0) << 16) + coalesce(r.al, 0)) * micro AS moment,
           s_base + s_step * r.i + ((coalesce(r.sh, 0) << 16) + (coalesce(r.sl, 0) + s_off)) AS number,
           l_base + (coalesce(r.lh, 0) << 16) + coalesce(r.ll, 0) AS lag,
           (m_base + (coalesce(r.mh, 0) << 16) + (CASE WHEN has_values THEN 0 ELSE r.ml END + m_off))::float8 AS mantissa,
           r.f AS in_half, r.d AS in_full, r.q, r.o
    FROM ROWS FROM (
      generate_series(0, b.count - 1), unnest(a.low), unnest(a.high), unnest(s.low), unnest(s.high), unnest(l.low),
      unnest(l.high), unnest(m.low), unnest(m.high), unnest(q.low), unnest(o.low), unnest(b.singles), unnest(b.doubles)
    ) AS r(i, al, ah, sl, sh, ll, lh, ml, mh, q, o, f, d)
  ) AS u;
END $$;

-- What a stream read from one moment to another, rows and blocks alike: everybody reads through this.
CREATE FUNCTION zz_readings(p_stream bigint, p_from timestamptz, p_to timestamptz) RETURNS TABLE (
  at timestamptz, seq bigint, value double precision, quality smallint, source smallint, recorded_at timestamptz
) LANGUAGE sql STABLE AS $$
  SELECT r.at, r.seq, r.value, r.quality, r.source, r.recorded_at FROM traceability_reading r
  WHERE r.stream_id = p_stream AND r.at >= p_from AND r.at <= p_to
  UNION ALL
  SELECT u.at, u.seq, u.value, u.quality, u.source, u.recorded_at
  FROM traceability_readingblock b CROSS JOIN LATERAL zz_unpacked(b) AS u
  WHERE b.stream_id = p_stream AND b.from_at <= p_to AND b.to_at >= p_from AND u.at >= p_from AND u.at <= p_to
    AND b.from_at >= coalesce((  -- blocks of a stream do not overlap: only the last one that begins before may reach in
      SELECT max(x.from_at) FROM traceability_readingblock x WHERE x.stream_id = p_stream AND x.from_at <= p_from
    ), '-infinity')
$$;

-- From where on a stream has at least p_count readings (good ones, if only they count) up to p_to, so that whoever wants
-- the newest few need not unpack all blocks since p_from; and up to where, for whoever wants the oldest few.
CREATE FUNCTION zz_newest_from(p_stream bigint, p_from timestamptz, p_to timestamptz, p_count bigint, p_good boolean)
RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
DECLARE
  b record;
  left_over bigint := p_count;
BEGIN
  FOR b IN SELECT x.from_at, x.to_at, CASE WHEN p_good THEN x.good ELSE x.count END AS n FROM traceability_readingblock x
           WHERE x.stream_id = p_stream AND x.from_at <= p_to ORDER BY x.from_at DESC LOOP
    EXIT WHEN b.from_at <= p_from;
    IF b.to_at <= p_to THEN left_over := left_over - b.n; END IF;
    IF left_over <= 0 THEN RETURN b.from_at; END IF;
  END LOOP;
  RETURN p_from;
END $$;

CREATE FUNCTION zz_oldest_to(p_stream bigint, p_from timestamptz, p_to timestamptz, p_count bigint) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
DECLARE
  b record;
  left_over bigint := p_count;
BEGIN
  FOR b IN SELECT x.to_at, x.count FROM traceability_readingblock x
           WHERE x.stream_id = p_stream AND x.from_at >= p_from ORDER BY x.from_at LOOP
    EXIT WHEN b.to_at >= p_to;
    left_over := left_over - b.count;
    IF left_over <= 0 THEN RETURN b.to_at; END IF;
  END LOOP;
  RETURN p_to;
END $$;
