"""From Modbus servers to committed rows and judged charts: `python -m benchmarks.ingest [--seconds 600]`.

Run it against a migrated database of its own (DATABASE_URL, synchronous_commit on). The poller runs in this process as
the worker runs it; the farm in one of its own. Afterwards every number that a controller served must be stored, or lie
in a recorded gap. Run `benchmarks.loop --only scan` beside it to see what tablets feel.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
import numpy as np

django.setup()

from django.conf import settings  # noqa: E402 - settings come first
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.farm import Farm, farm, machine  # noqa: E402
from integrations.models import Plc, PlcTag  # noqa: E402
from integrations.plc import tasks  # noqa: E402
from tests.factories import station  # noqa: E402
from tests.spc import factories  # noqa: E402

LEAST_RATE, MOST_VERDICT, TOLERANCE = 10_000, 1.0, 0.05
MARKS = """
SELECT id, extract(epoch FROM evaluated_at)::float8, extract(epoch FROM clock_timestamp())::float8
FROM spc_controlchart WHERE id = ANY(%s)
"""
NUMBERS = "SELECT value::bigint FROM traceability_reading WHERE stream_id = %s AND quality = 0 ORDER BY at, seq"
GAPS = """
SELECT extract(epoch FROM from_at)::float8, extract(epoch FROM to_at)::float8 FROM traceability_gap WHERE stream_id = %s
"""
SIZE = """
SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits
WHERE inhparent = 'traceability_reading'::regclass
"""


def ask(statement: str, *words: Any) -> list[tuple[Any, ...]]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, words or None)
        return cursor.fetchall()


@transaction.atomic
def configure(ports: list[int], tags: int, period_ms: int) -> tuple[list[int], list[int]]:
    """A controller for each port; the streams of their poll numbers, and the charts of all their values."""
    factories.START = timezone.now() - timedelta(minutes=1)
    run, numbers, charts = int(time.time()), [], []
    for device, port in enumerate(ports):
        name = f"F{run}-{device}"
        plc = Plc.objects.create(
            code=name, name=name, host="127.0.0.1", port=port, period_ms=period_ms, equipment=station()
        )
        stream = factories.stream(f"{name}-N", "NUMBER")
        PlcTag.objects.create(plc=plc, name="number", address=0, data_type="uint32", stream=stream)
        numbers.append(stream.pk)
        for place in range(tags):
            chart = factories.chart(f"{name}-{place}", limited=False)
            factories.limit(chart, center=100.0 + place)
            charts.append(chart.pk)
            PlcTag.objects.create(
                plc=plc, name=f"value{place}", address=2 + 2 * place, data_type="float32", stream=chart.stream
            )
    return numbers, charts


def poll() -> None:
    """The task, in a thread that gives its connection back."""
    try:
        tasks.poll()
    finally:
        connection.close()


@contextmanager
def polling() -> Iterator[None]:
    """The poll task as the worker runs it."""
    with tempfile.TemporaryDirectory() as folder:
        settings.VAR_DIR = Path(folder)
        thread = threading.Thread(target=poll)
        thread.start()
        try:
            yield
        finally:
            tasks.STOPPING.set()
            thread.join(60)
            tasks.STOPPING.clear()


def warm(served: Farm, devices: int) -> None:
    """Wait until every controller has been polled for a while; the engine may be compiled first."""
    deadline = time.monotonic() + 120
    while served.ask("count")[0] < 10 * devices:
        if time.monotonic() > deadline:
            raise SystemExit("the poller does not poll")
        time.sleep(0.2)


def watch(charts: list[int], seconds: float) -> list[float]:
    """How old the newest judged reading of some charts was, looked at again and again: no verdict took longer."""
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        found += [now - at for _chart, at, now in ask(MARKS, charts) if at is not None]
        time.sleep(0.1)
    return found


def accounts(served: Farm, numbers: list[int]) -> dict[str, Any]:
    """Every number served is stored once, or lies in a gap that says why it is not."""
    total = stored = in_gaps = unexplained = doubled = 0
    for stream, times in zip(numbers, served.served(), strict=True):
        values = [value for (value,) in ask(NUMBERS, stream)]
        gaps = ask(GAPS, stream)
        missing = set(range(len(times))) - set(values)
        explained = sum(any(a - TOLERANCE <= times[one] <= b + TOLERANCE for a, b in gaps) for one in missing)
        total, stored, in_gaps = total + len(times), stored + len(set(values)), in_gaps + explained
        unexplained, doubled = unexplained + len(missing) - explained, doubled + len(values) - len(set(values))
    return {"served": total, "stored": stored, "in_gaps": in_gaps, "unexplained": unexplained, "doubled": doubled}


def measure(seconds: float, devices: int, tags: int, hertz: float) -> dict[str, Any]:
    """One run."""
    with farm(devices, tags=tags) as served:
        numbers, charts = configure(served.ports, tags, round(1000 / hertz))
        with polling():
            warm(served, devices)
            size, before, cpu, began = ask(SIZE)[0][0], served.ask("count")[0], time.process_time(), time.perf_counter()
            ages = watch(charts[:: max(len(charts) // 20, 1)], seconds)
            took, spent, polls = time.perf_counter() - began, time.process_time() - cpu, served.ask("count")[0] - before
            grown = ask(SIZE)[0][0] - size
        rows = polls * (tags + 1)
        told = accounts(served, numbers)
    return {
        "devices": devices, "hz": hertz, "charts": len(charts), "seconds": round(took, 1),
        "readings_per_second": round(rows / took), "poller_core": round(spent / took, 3),
        "cpu_us_per_reading": round(spent / rows * 1e6, 1), "bytes_per_reading": round(grown / rows, 1),
        "age_of_verdict_s": {p: round(float(np.quantile(ages, float(p))), 3) for p in ("0.5", "0.95", "0.99")}, **told,
    }


def main() -> int:
    """Print one JSON object; 1 when a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--devices", type=int, default=100)
    parser.add_argument("--tags", type=int, default=9)
    parser.add_argument("--hertz", type=float, default=10)
    options = parser.parse_args()
    found = measure(options.seconds, options.devices, options.tags, options.hertz)
    kept = {
        f"≥ {LEAST_RATE} readings/s": found["readings_per_second"] >= LEAST_RATE,
        "served = stored + gaps": found["unexplained"] == found["doubled"] == 0,
        f"verdict p95 ≤ {MOST_VERDICT} s": found["age_of_verdict_s"]["0.95"] <= MOST_VERDICT,
        "synchronous_commit": ask("SHOW synchronous_commit")[0][0] == "on",
    }
    print(json.dumps({"machine": machine(), **found, "kept": kept}, indent=1, ensure_ascii=False))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
