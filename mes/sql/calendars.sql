-- No two shifts of a week at the same time, also across Sunday's midnight; no overtime twice at a time.

CREATE FUNCTION zz_week(days boolean[], starts time, minutes integer) RETURNS int4multirange
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(range_agg(part), '{}'::int4multirange)
  FROM generate_series(0, 6) AS day,
       LATERAL (SELECT day * 1440 + (extract(hour FROM starts) * 60 + extract(minute FROM starts))::integer) AS one(begins),
       LATERAL (VALUES (int4range(begins, least(begins + minutes, 10080))),
                       (int4range(0, greatest(begins + minutes - 10080, 0)))) AS two(part)
  WHERE days[day + 1]
$$;

ALTER TABLE mes_calendarshift ADD CONSTRAINT calendar_shift_no_overlap EXCLUDE USING gist (
  calendar_id WITH =,
  zz_week(ARRAY[monday, tuesday, wednesday, thursday, friday, saturday, sunday], starts, minutes::integer) WITH &&
);

ALTER TABLE mes_calendarexception ADD CONSTRAINT calendar_overtime_no_overlap EXCLUDE USING gist (
  calendar_id WITH =,
  tsrange(day + starts, day + starts + minutes::integer * interval '1 minute') WITH &&
) WHERE (kind = 'OVERTIME');

SELECT zz_protect('mes_stopreason');
