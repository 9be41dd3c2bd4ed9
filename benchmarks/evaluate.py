"""Judging new readings of many charts at once, beside one chart and one reading at a time through the ORM.

Run it against a migrated database of its own (DATABASE_URL): `python -m benchmarks.evaluate [charts] [ticks]`. Both
judges see the same readings in transactions that are rolled back, and must flag the same points. Prints JSON.
"""

import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import django
import numpy as np

django.setup()

from django.db import connection, transaction  # noqa: E402 - settings come first

from plant.queries import persons  # noqa: E402
from spc import rulebook  # noqa: E402
from spc.commands import measurements  # noqa: E402
from spc.models import ControlChart, ViolationPoint  # noqa: E402
from tests.spc import factories  # noqa: E402
from traceability.commands import readings  # noqa: E402
from traceability.commands.readings import ReadingRow  # noqa: E402
from traceability.models import Quality, Reading, Source  # noqa: E402

Flags = set[tuple[int, str, int]]
HISTORY = 60
BEGIN = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=20)
DRIFT = 3  # every third chart drifts


class Counter:
    """Counts the statements that pass it."""

    count = 0

    def __call__(self, execute: Callable[..., object], *given: object) -> object:
        self.count += 1
        return execute(*given)


def values_of(number: int, points: int, is_drifting: bool) -> list[float]:
    """Noise in which, on a calm day, no rule fires; else a shift of 1.5 sigma on every third chart."""
    if not is_drifting:
        return [240.0 + (-1) ** n * (n * number % 5) / 4 for n in range(points)]
    noise = np.random.default_rng(number).normal(0, 1, points)
    return (240 + noise + (np.arange(points) > HISTORY) * (1.5 if number % DRIFT == 0 else 0)).tolist()


def rows_at(charts: list[ControlChart], values: list[list[float]], tick: int) -> list[ReadingRow]:
    moment = BEGIN + timedelta(seconds=tick)
    return [
        ReadingRow(chart.stream_id, moment, tick, mine[tick], Quality.GOOD, Source.AUTO)
        for chart, mine in zip(charts, values, strict=True)
    ]


def one_by_one(charts: list[ControlChart]) -> Flags:
    """What a plain program does: for each chart its newest readings, then each rule in a loop."""
    found: Flags = set()
    for chart in charts:
        fresh = ControlChart.objects.select_related("stream").get(pk=chart.pk)
        limits = fresh.limit_sets.filter(valid_from__lte=datetime.now(UTC)).order_by("-valid_from").first()
        newest = list(Reading.objects.filter(stream=fresh.stream, quality=0).order_by("-at", "-seq")[:9])[::-1]
        for rule in rulebook.parse(fresh.rules):
            if fires(rule.kind, rule.k, [reading.value for reading in newest], limits.center, limits.sigma):
                found.add((chart.pk, rule.id, newest[-1].seq))
        ControlChart.objects.filter(pk=fresh.pk).update(evaluated_at=newest[-1].at, evaluated_seq=newest[-1].seq)
    return found


def fires(kind: str, k: int, values: list[float], center: float, sigma: float) -> bool:
    """The three usual rules, written out."""
    if kind == "beyond":
        return abs(values[-1] - center) > 3 * sigma
    tail = values[-k:]
    if len(tail) < k:
        return False
    if kind == "side":
        return all(value > center for value in tail) or all(value < center for value in tail)
    pairs = list(pairwise(tail))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def run(
    charts: list[ControlChart], ticks: int, is_drifting: bool, judge: Callable[[], object]
) -> list[tuple[float, float, int]]:
    """Seconds, seconds of this process and statements of each judgement; storing the readings is not counted."""
    values = [values_of(number, HISTORY + ticks, is_drifting) for number in range(len(charts))]
    found = []
    for tick in range(HISTORY + ticks):
        readings.record(rows=rows_at(charts, values, tick))
        counter = Counter()
        with connection.execute_wrapper(counter):
            start, cpu = time.perf_counter(), time.process_time()
            judge()
            found.append((time.perf_counter() - start, time.process_time() - cpu, counter.count))
    return found[HISTORY:]


def compare(charts: int, ticks: int, is_drifting: bool) -> dict[str, object]:
    """The same readings judged both ways."""
    factories.START = BEGIN - timedelta(seconds=1)
    by = persons.system("spc")
    with transaction.atomic():
        made = [factories.chart(f"BENCH-{number}") for number in range(charts)]
        streams = [chart.stream_id for chart in made]
        inside = transaction.savepoint()
        ours = run(
            made, ticks, is_drifting,
            lambda: measurements.evaluate(stream_ids=streams, by=by, at=datetime.now(UTC)),
        )
        flagged = set(ViolationPoint.objects.filter(chart__in=made).values_list("chart_id", "rule", "seq"))
        transaction.savepoint_rollback(inside)
        plain: Flags = set()
        theirs = run(made, ticks, is_drifting, lambda: plain.update(one_by_one(made)))
        transaction.set_rollback(True)
    if flagged != plain:
        raise SystemExit(f"the two judges differ: {sorted(flagged ^ plain)[:10]}")
    times = sum(seconds for seconds, *_rest in theirs) / sum(seconds for seconds, *_rest in ours)
    return {
        "flags": len(flagged), "identical": True, "evaluate": told(ours, charts), "one_by_one": told(theirs, charts),
        "times_faster": round(times, 1),
    }


def told(found: list[tuple[float, float, int]], charts: int) -> dict[str, float]:
    """Figures of one judge: a judgement takes all charts one reading further."""
    seconds, cpu, statements = zip(*found, strict=True)
    ordered = sorted(seconds)
    return {
        "charts_per_second": round(charts * len(seconds) / sum(seconds)),
        "ms_median": round(statistics.median(seconds) * 1e3, 2), "ms_best": round(ordered[0] * 1e3, 2),
        "ms_p95": round(ordered[int(len(ordered) * 0.95)] * 1e3, 2),
        "cpu_ms_median": round(statistics.median(cpu) * 1e3, 2), "statements_median": statistics.median(statements),
    }


def main() -> None:
    """Both days, as JSON."""
    numbers = [int(argument) for argument in sys.argv[1:3]]
    charts, ticks = numbers + [20, 60][len(numbers) :]
    days = {"calm": compare(charts, ticks, False), "drifting": compare(charts, ticks, True)}
    print(json.dumps({"charts": charts, "ticks": ticks, "python": platform.python_version(), **days}, indent=1))


if __name__ == "__main__":
    main()
