"""A window of 1,000 readings of one stream among 100 million: `python -m benchmarks.window [--rows 100000000]`.

Run it against a migrated database of its own (DATABASE_URL, as the tables' owner) and drop that afterwards; 14 GB. It
makes the readings of a thousand streams side by side in their days, a share of them once more in a plain table (a
surrogate key, an index on time, one on the stream), packs a share of the streams, and reads windows from all three in
turn. The plain table's cost is that of everything read in the window's time, so it need not be whole. `first` is a
window that nobody asked for before, `again` the same window asked once more; 0 is the best, 0.5 the median. Prints
JSON; exits 1 when a window takes longer than it may.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import django
import numpy as np

django.setup()

from django.db import connection  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402

from benchmarks.farm import machine  # noqa: E402
from traceability.queries import readings  # noqa: E402

MOST_MS, POINTS, PERIOD = 20.0, 1000, timedelta(seconds=5)
BLOCK, TURN = 500, 50_000  # as traceability.commands.packing packs
# Times a few milliseconds off the beat, values of two decimals, one in a hundred uncertain, stored within a tenth of a
# second.
DAY = """
CREATE TABLE {day} (
  LIKE traceability_reading INCLUDING DEFAULTS INCLUDING CONSTRAINTS, CHECK (at >= '{begins}' AND at < '{ends}')
);
INSERT INTO {day} (stream_id, at, seq, value, quality, source, recorded_at)
SELECT s, t + (random() * 5000)::int * interval '1 microsecond', 7000000000 + n,
       round(200 + s %% 50 + sin(n / 500.0) + random() * 100) / 100, (random() < 0.01)::int, 0,
       t + (random() * 100000)::int * interval '1 microsecond'
FROM (SELECT n, %s + n * %s AS t FROM generate_series(%s::int, %s) AS n) AS beat
CROSS JOIN LATERAL (SELECT s FROM generate_series(1, %s + 0 * n) AS s) AS streams;
ALTER TABLE {day} ADD PRIMARY KEY (stream_id, at, seq) INCLUDE (value, quality);
ALTER TABLE traceability_reading ATTACH PARTITION {day} FOR VALUES FROM ('{begins}') TO ('{ends}')
"""
PLAIN = """
CREATE TABLE bench_plain (
  id bigint GENERATED ALWAYS AS IDENTITY, stream_id bigint NOT NULL, at timestamptz NOT NULL, seq bigint NOT NULL,
  value double precision, quality smallint NOT NULL, source smallint NOT NULL, recorded_at timestamptz NOT NULL
)
"""
COPY = """
INSERT INTO bench_plain (stream_id, at, seq, value, quality, source, recorded_at)
SELECT stream_id, at, seq, value, quality, source, recorded_at FROM traceability_reading WHERE at >= %s ORDER BY at
"""
INDEXES = (
    "ALTER TABLE bench_plain ADD PRIMARY KEY (id)", "CREATE INDEX ON bench_plain (stream_id)",
    "CREATE INDEX ON bench_plain (at)",
)
WINDOW = """
SELECT stream_id, at, seq, value, quality FROM bench_plain
WHERE stream_id = %s AND at >= %s AND at <= %s ORDER BY at, seq
"""
SIZES = """
SELECT (SELECT sum(pg_table_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'traceability_reading'::regclass),
       (SELECT sum(pg_indexes_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'traceability_reading'::regclass)
"""
PLAIN_SIZE = "SELECT pg_total_relation_size('bench_plain') / count(*)::float8 FROM bench_plain"
PACKED = "SELECT sum(count), pg_total_relation_size('traceability_readingblock') FROM traceability_readingblock"


def ask(statement: str, *words: Any) -> list[tuple[Any, ...]]:
    """The rows of one statement, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, words or None)
        return cursor.fetchall() if cursor.description else []


def say(text: str) -> None:
    """How far it is, to whoever waits."""
    print(f"{timezone.now():%H:%M:%S} {text}", file=sys.stderr, flush=True)


def build(streams: int, each: int) -> datetime:
    """The readings, day by day, by time in each day; when they begin. The index is made last, as fast as it goes."""
    start = timezone.now().replace(microsecond=0) - each * PERIOD - timedelta(hours=2)
    ask("SET statement_timeout = 0")
    ask("SET maintenance_work_mem = '1GB'")
    first = 0
    while first < each:
        now = start + first * PERIOD
        begins = now.replace(hour=0, minute=0, second=0)
        ends = begins + timedelta(days=1)
        last = min(each - 1, first + (ends - now - timedelta(seconds=1)) // PERIOD)
        day = f"traceability_reading_{begins:%Y%m%d}"
        ask(f"DROP TABLE IF EXISTS {day}")
        ask(DAY.format(day=day, begins=begins, ends=ends), start, PERIOD, first, last, streams)
        ask(f"VACUUM (ANALYZE) {day}")
        first = last + 1
        say(f"{first * streams:,} rows")
    return start


def build_plain(since: datetime) -> None:
    """The newest rows once more, in a table such as a framework makes it."""
    ask(PLAIN)
    ask(COPY, since)
    for index in INDEXES:
        ask(index)
    ask("VACUUM (ANALYZE) bench_plain")


def pack(streams: int) -> float:
    """Pack some streams whole; how many seconds that took."""
    began = time.perf_counter()
    for stream in range(1, streams + 1):
        while ask("SELECT zz_pack_readings(%s, now(), %s, %s)", stream, BLOCK, TURN)[0][0]:
            pass
    took = time.perf_counter() - began
    ask("VACUUM (ANALYZE) traceability_readingblock")
    return took


def ours(stream: int, start: datetime, end: datetime) -> int:
    """The window as every page reads it."""
    return len(readings.series([stream], start, end, max_points=2 * POINTS).get(stream, []))


def plain(stream: int, start: datetime, end: datetime) -> int:
    """The window from the plain table, made into the same objects."""
    return len(readings.grouped(ask(WINDOW, stream, start, end)).get(stream, []))


def timed(act: Callable[[int, datetime, datetime], int], window: tuple[int, datetime, datetime]) -> float:
    """Milliseconds; it must find the window's readings."""
    began = time.perf_counter()
    found = act(*window)
    took = (time.perf_counter() - began) * 1000
    if found != POINTS:
        raise SystemExit(f"{found} readings in a window of {POINTS}")
    return took


class Laid(NamedTuple):
    """What lies where: beats of each stream, of which the plain table holds those from `plain` on; streams packed."""

    start: datetime
    streams: int
    each: int
    plain: int
    packed: int


def measure(laid: Laid, repeats: int) -> dict[str, Any]:
    """Windows of streams in rows, in blocks and in the plain table, in turn; each asked twice."""
    rng, edge = np.random.default_rng(7), timedelta(milliseconds=100)
    lists: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in ("rows", "blocks", "plain")}
    everyone, among_packed = (laid.packed + 1, laid.streams + 1), (1, laid.packed + 1)
    for _ in range(repeats):
        for name, streams, first, act in (
            ("rows", everyone, 0, ours), ("blocks", among_packed, 0, ours), ("plain", everyone, laid.plain, plain),
        ):
            begin = laid.start + int(rng.integers(first, laid.each - POINTS)) * PERIOD - edge
            window = (int(rng.integers(*streams)), begin, begin + POINTS * PERIOD)
            for times in lists[name]:
                times.append(timed(act, window))
    return {
        name: {word: {p: round(float(np.quantile(times, float(p))), 2) for p in ("0", "0.5", "0.95")}
               for word, times in zip(("first", "again"), pair, strict=True)}
        for name, pair in lists.items()
    }


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Build, pack, read."""
    each, packed = options.rows // options.streams, max(round(options.streams * options.packed), 1)
    start, plain_from = build(options.streams, each), round(each * (1 - options.plain))
    (heap, index), rows = ask(SIZES)[0], options.streams * each
    build_plain(start + plain_from * PERIOD)
    say("packing")
    seconds = pack(packed)
    count, size = ask(PACKED)[0]
    say("reading")
    found = measure(Laid(start, options.streams, each, plain_from, packed), options.repeats)
    return {
        "machine": machine(), "rows": rows, "streams": options.streams, "packed_readings": int(count),
        "bytes_per_reading": {
            "rows": round(float(heap + index) / rows, 1), "of_it_index": round(float(index) / rows, 1),
            "blocks": round(float(size / count), 2), "plain": round(ask(PLAIN_SIZE)[0][0], 1),
        },
        "packed_per_second": round(float(count) / seconds), "window_ms": found,
        "times_faster_than_plain": {
            name: round(found["plain"]["first"]["0.5"] / found[name]["first"]["0.5"], 1) for name in ("rows", "blocks")
        },
    }


def main() -> int:
    """Print one JSON object; 1 when a window was slow."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.window", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--plain", type=float, default=0.1, help="share of the time that the plain table holds")
    parser.add_argument("--packed", type=float, default=0.02, help="share of the streams whose readings are packed")
    parser.add_argument("--repeats", type=int, default=200)
    found = run(parser.parse_args())
    slowest = {name: found["window_ms"][name]["first"]["0.95"] for name in ("rows", "blocks")}
    kept = {f"{name}: p95 ≤ {MOST_MS:g} ms": value <= MOST_MS for name, value in slowest.items()}
    print(json.dumps({**found, "kept": kept}, indent=1, ensure_ascii=False))
    return 0 if all(kept.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
