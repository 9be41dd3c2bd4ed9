"""What became of every number that a farm's controllers served, and of every alarm that their values were worth."""

import time
from typing import Any

from benchmarks.farm import Farm
from benchmarks.plant import Plant

TOLERANCE = 0.2  # seconds between a question, which is what a gap is told by, and its answer
SETTLING = 90.0
NUMBERS = "SELECT value::bigint FROM traceability_reading WHERE stream_id = %s AND quality = 0 ORDER BY at, seq"
GAPS = """
SELECT extract(epoch FROM from_at)::float8, extract(epoch FROM to_at)::float8 FROM traceability_gap WHERE stream_id = %s
"""
ALARMS = """
WITH mine AS (
  SELECT c.id, c.stream_id, l.center + 3 * l.sigma AS upper, l.valid_from FROM spc_controlchart c
  JOIN spc_limitset l ON l.chart_id = c.id WHERE c.id = ANY(%s)
), beyond AS (
  SELECT id FROM mine WHERE EXISTS (
    SELECT FROM traceability_reading r WHERE r.stream_id = mine.stream_id AND r.at >= mine.valid_from
    AND r.quality = 0 AND r.value > mine.upper)
), alarm AS (
  SELECT v.chart_id, v.id, (
    SELECT count(*) FROM traceability_hold h WHERE h.cause_kind = 'NONCONFORMANCE' AND h.cause_id = n.number
    AND h.released_at IS NULL) AS holds
  FROM spc_violation v JOIN mine ON mine.id = v.chart_id LEFT JOIN qms_nonconformance n ON n.id = v.nonconformance_id
)
SELECT (SELECT count(*) FROM beyond), (SELECT count(*) FROM alarm),
       (SELECT count(*) FROM alarm WHERE holds <> 1),
       (SELECT count(*) FROM beyond WHERE id NOT IN (SELECT chart_id FROM alarm))
"""


def accounts(plant: Plant, served: Farm, numbers: list[int]) -> dict[str, int]:
    """Every number served is stored once, or lies in a gap that says why it is not."""
    total = stored = in_gaps = unexplained = doubled = 0
    for stream, times in zip(numbers, served.served(), strict=True):
        values = [value for (value,) in plant.ask(NUMBERS, stream)]
        gaps = plant.ask(GAPS, stream)
        missing = set(range(len(times))) - set(values)
        explained = sum(any(a - TOLERANCE <= times[one] <= b + TOLERANCE for a, b in gaps) for one in missing)
        total, stored, in_gaps = total + len(times), stored + len(set(values)), in_gaps + explained
        unexplained, doubled = unexplained + len(missing) - explained, doubled + len(values) - len(set(values))
    return {"served": total, "stored": stored, "in_gaps": in_gaps, "unexplained": unexplained, "doubled": doubled}


def alarms(plant: Plant, charts: list[int]) -> dict[str, int]:
    """Each chart with a value beyond its limits has an alarm, and each alarm exactly one open hold."""
    drifted, violations, held_otherwise, missed = plant.ask(ALARMS, charts)[0]
    return {
        "charts_drifted": drifted, "violations": violations, "without_exactly_one_hold": held_otherwise,
        "drifts_without_violation": missed,
    }


def settled(plant: Plant, served: Farm, connected: dict[str, list[int]]) -> dict[str, Any]:
    """Both, once what still waits in spools and sweeps has come through."""
    deadline = time.monotonic() + SETTLING
    while True:
        told = accounts(plant, served, connected["numbers"]) | alarms(plant, connected["charts"])
        if is_whole(told) or time.monotonic() > deadline:
            return told
        time.sleep(2.0)


def is_whole(told: dict[str, int]) -> bool:
    """Nothing lost, nothing twice, every alarm held once."""
    wrong = ("unexplained", "doubled", "without_exactly_one_hold", "drifts_without_violation")
    return not any(told[name] for name in wrong)
