-- Blocks alone, for whoever wants the newest or oldest few of a stretch: an index gives the rows in order and ends early,
-- which it can't do for rows and blocks together (traceability/queries/few.py asks both).
CREATE FUNCTION zz_packed(p_stream bigint, p_from timestamptz, p_to timestamptz) RETURNS TABLE (
  at timestamptz, seq bigint, value double precision, quality smallint, source smallint, recorded_at timestamptz
) LANGUAGE sql STABLE AS $$
  SELECT u.at, u.seq, u.value, u.quality, u.source, u.recorded_at
  FROM traceability_readingblock b CROSS JOIN LATERAL zz_unpacked(b) AS u
  WHERE b.stream_id = p_stream AND b.from_at <= p_to AND b.to_at >= p_from AND u.at >= p_from AND u.at <= p_to
    AND b.from_at >= coalesce((
      SELECT max(x.from_at) FROM traceability_readingblock x WHERE x.stream_id = p_stream AND x.from_at <= p_from
    ), '-infinity')
$$;
