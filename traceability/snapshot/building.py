"""Making a snapshot: three tables read in binary, as they stood at one moment, and sorted."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

from traceability.snapshot import files
from traceability.snapshot.arrays import Arrays, Facts, Ids, save, starts_of

HEAD, TAIL = 19, 2  # bytes around the rows of COPY BINARY
LINKS = """
SELECT id, parent_id, child_id, coalesce(reverses_id, 0), (certainty = 'EXACT')::int::bigint FROM traceability_link
"""
MOVES = "SELECT id FROM traceability_move"
LOTS = "SELECT id, material_id, (kind = 'SERIAL')::int::bigint FROM traceability_materiallot"
WHERES = "SELECT DISTINCT bucket, place FROM traceability_lotbalance WHERE quantity > 0 ORDER BY 1, 2"
KEPT = """
SELECT b.lot_id, w.number - 1, (b.quantity * 1000000)::bigint FROM traceability_lotbalance b
JOIN unnest({buckets}::text[], {places}::text[]) WITH ORDINALITY w(bucket, place, number) USING (bucket, place)
WHERE b.quantity > 0
"""
HORIZON = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def build(now: datetime) -> Path:
    """Make a snapshot of what is committed, and make it the current one; the one before goes."""
    home = files.home()
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="making-", dir=home))
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(ONE_MOMENT)
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(HORIZON)
            horizon = cursor.fetchone()[0]
            links, moves = read(cursor, LINKS, 5, folder), read(cursor, MOVES, 1, folder)[0]
            lots, kept, wheres = read(cursor, LOTS, 3, folder), *balances(cursor, folder)
            last_link, last_move = int(links[0].max(initial=0)), int(moves.max(initial=0))
            facts = Facts(now.isoformat(), last_link, last_move, files.mark(cursor, last_link), horizon, wheres)
        save(folder, arranged(links, moves, lots, kept), facts)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return files.make_current(folder)


def read(cursor: Any, statement: str, columns: int, folder: Path) -> list[Ids]:
    """The columns of a query of whole numbers."""
    fields = [part for i in range(columns) for part in ((f"length{i}", ">i4"), (f"value{i}", ">i8"))]
    row = np.dtype([("fields", ">i2"), *fields])
    with tempfile.TemporaryFile(dir=folder) as file:
        cursor.copy_expert(f"COPY ({statement}) TO STDOUT (FORMAT binary)", file, size=1 << 20)
        count = (file.tell() - HEAD - TAIL) // row.itemsize
        file.seek(HEAD)
        rows = np.fromfile(file, row, count)
    return [rows[f"value{i}"].astype(np.int64) for i in range(columns)]


def balances(cursor: Any, folder: Path) -> tuple[list[Ids], list[tuple[str, str]]]:
    """What there is of each lot, by number of bucket and place."""
    cursor.execute(WHERES)
    wheres: list[tuple[str, str]] = cursor.fetchall()
    named = {"buckets": [bucket for bucket, _ in wheres], "places": [place for _, place in wheres]}
    statement = KEPT.format(**{name: cursor.mogrify("%s", [values]).decode() for name, values in named.items()})
    return read(cursor, statement, 3, folder), wheres


def arranged(links: Sequence[Ids], moves: Ids, lots: Sequence[Ids], kept: Sequence[Ids]) -> Arrays:
    """Sorted by lot; a link that was undone, and what undid it, are left out."""
    ids, parent, child, reverses, exact = links
    size = int(max(column.max(initial=0) for column in (parent, child, lots[0], kept[0]))) + 1
    stands = np.flatnonzero((reverses == 0) & ~np.isin(ids, reverses[reverses > 0]))
    stands = stands[np.argsort(parent[stands], kind="stable")]
    owner = np.argsort(kept[0], kind="stable")
    material, is_serial = np.zeros(size, np.uint32), np.zeros(size, bool)
    material[lots[0]], is_serial[lots[0]] = lots[1], lots[2] == 1
    return Arrays(
        starts=starts_of(parent[stands], size), child=small(child[stands]), link=small(ids[stands]),
        exact=exact[stands] == 1, missing_links=missing(ids), missing_moves=missing(moves), material=material,
        is_serial=is_serial, kept=starts_of(kept[0], size), where=kept[1][owner].astype(np.uint32),
        amount=kept[2][owner],
    )


def missing(ids: Ids) -> Ids:
    """Numbers that were given out but not seen: undone by their transactions, or not yet committed."""
    there = np.zeros(int(ids.max(initial=0)) + 1, bool)
    there[ids] = True
    return np.flatnonzero(~there[1:]) + 1


def small(ids: Ids) -> NDArray[Any]:
    """Half the room, as long as the ids allow it."""
    return ids.astype(np.uint32) if int(ids.max(initial=0)) < 2**32 else ids
