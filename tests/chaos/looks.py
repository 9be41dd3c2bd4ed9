"""Looking into a plant's database from outside, also while it comes and goes."""

import time
from contextlib import suppress
from typing import Any

import psycopg2

from benchmarks.plant import Plant

NEWEST_READING = "SELECT extract(epoch FROM max(at))::float8 FROM traceability_reading"
PULSES = "SELECT count(*) FROM plant_lease WHERE name LIKE 'pulse:%%' AND until > to_timestamp(%s)"
DRIFTS = "SELECT count(*) FROM spc_violation WHERE detected_at > to_timestamp(%s) AND nonconformance_id IS NOT NULL"
CALM = "SELECT (count(*) = 0)::int FROM spc_violation WHERE ended_at IS NULL"
HOLES = """
SELECT code, at, following FROM (
  SELECT stream_id, at, lead(at) OVER (PARTITION BY stream_id ORDER BY at, seq) AS following
  FROM traceability_reading WHERE at > to_timestamp(%s)
) r JOIN traceability_stream s ON s.id = r.stream_id
WHERE following - at > make_interval(secs => greatest(%s, 2 * s.period_ms / 1000.0))
  AND NOT EXISTS (SELECT 1 FROM traceability_gap g WHERE g.stream_id = r.stream_id
                  AND g.from_at < r.following AND g.to_at > r.at)
  AND NOT EXISTS (SELECT 1 FROM integrations_conditioning c WHERE c.stream_id = r.stream_id)
"""
"""Silences that no gap explains; of streams that speak seldom, of two of their turns. A conditioned stream keeps only
what moved; the raw one beside it is looked at."""


def wait(plant: Plant, statement: str, *words: Any, least: float, seconds: float) -> float:
    """Wait until the statement's one value is at least so much, outages included; how long that took."""
    began = time.monotonic()
    value = None
    while value is None or value < least:
        if time.monotonic() - began > seconds:
            raise AssertionError(f"{statement} gave {value}, not {least}, within {seconds:g} s\n{plant.tails()}")
        time.sleep(0.2)
        with suppress(psycopg2.Error):
            value = plant.ask(statement, *words)[0][0]
    return time.monotonic() - began
