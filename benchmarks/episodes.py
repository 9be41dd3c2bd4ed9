"""From a register that changes to a hold that is committed, and from there to a number on the wall."""

import random
import time
from typing import Any

from benchmarks.browser import Wall
from benchmarks.plant import Plant, Unreachable
from benchmarks.throughput import percentile

PAUSE, PATIENCE, CALM = 0.01, 15.0, 60.0
CLOCK = "before the Modbus write → commit timestamp of the hold in PostgreSQL (1 µs) → Date.now() on the wall (1 ms)"
STANDING = """
SELECT count(*) FROM traceability_visit v JOIN plant_equipment e ON e.id = v.equipment_id
WHERE e.code = 'L1-REFLOW' AND upper_inf(v.during)
"""
NEWEST = "SELECT coalesce(max(id), 0) FROM traceability_hold"
FRESH = """
SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8, cause_id FROM traceability_hold
WHERE id > %s AND cause_kind = 'NONCONFORMANCE' AND lot_id IS NOT NULL ORDER BY id LIMIT 1
"""
RUNNING = "SELECT count(*) FROM spc_violation WHERE ended_at IS NULL"
TWICE = """
SELECT count(*) FROM (SELECT lot_id FROM traceability_hold WHERE cause_id = %s AND lot_id IS NOT NULL
GROUP BY lot_id HAVING count(*) > 1) doubled
"""


class Watch:
    """Looks into the plant's database from outside."""

    def __init__(self, plant: Plant) -> None:
        self._cursor = plant.connect().cursor()

    def ask(self, statement: str, *words: Any) -> Any:
        self._cursor.execute(statement, words)
        return self._cursor.fetchone()

    def wait(self, statement: str, *words: Any, seconds: float, what: str) -> Any:
        """The first row that comes, looked for every hundredth of a second."""
        deadline = time.monotonic() + seconds
        while (row := self.ask(statement, *words)) is None:
            if time.monotonic() > deadline:
                raise Unreachable(f"{what} did not come within {seconds:g} s")
            time.sleep(PAUSE)
        return row

    def calm(self) -> None:
        """Wait until no violation runs any more."""
        deadline = time.monotonic() + CALM
        while self.ask(RUNNING)[0]:
            if time.monotonic() > deadline:
                raise Unreachable(f"a violation still ran after {CALM:g} s with the normal value")
            time.sleep(0.1)


def one(plant: Plant, watch: Watch, wall: Wall | None) -> dict[str, Any]:
    """One drift: when the hold was committed and when its number was seen, in seconds."""
    time.sleep(random.uniform(0, 0.5))  # another phase of the poll each time
    before = watch.ask(NEWEST)[0]
    written_at = time.time()
    plant.write_drift(drifted=True)
    try:
        held_at, number = watch.wait(FRESH, before, seconds=PATIENCE, what="the hold")
        seen_at = wall.seen_at(number, within=PATIENCE) if wall else None
    finally:
        plant.write_drift(drifted=False)
    watch.calm()
    return {
        "detect": held_at - written_at, "seen": seen_at - held_at if seen_at else None, "number": number,
        "twice": watch.ask(TWICE, number)[0],
    }


def measure(plant: Plant, wall: Wall | None, *, count: int) -> dict[str, Any]:
    """Drift after drift, with calm between."""
    watch = Watch(plant)
    plant.write_drift(drifted=False)
    watch.calm()
    if not watch.ask(STANDING)[0]:
        raise Unreachable("no lot stands at the oven, so nothing can be held: start the demonstration plant afresh")
    found = [one(plant, watch, wall) for _ in range(count)]
    detect = [episode["detect"] for episode in found]
    seen = [episode["seen"] for episode in found if episode["seen"] is not None]
    return {
        "episodes": count,
        "clock": CLOCK,
        "detect_p50_ms": percentile(detect, 0.5), "detect_p95_ms": percentile(detect, 0.95),
        "detect_worst_ms": percentile(detect, 1.0),
        "seen": len(seen), "seen_p50_ms": percentile(seen, 0.5), "seen_p95_ms": percentile(seen, 0.95),
        "seen_worst_ms": percentile(seen, 1.0),
        "lots_held_twice_for_one_cause": sum(episode["twice"] for episode in found),
    }
