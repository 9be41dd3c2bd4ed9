"""Counting what lies below some lots, from a snapshot and what happened since: by kind, place and holder."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from traceability.snapshot import files, since
from traceability.snapshot.arrays import MILLION, Arrays, Facts, Ids, distinct, rows_of
from traceability.snapshot.walking import below

HELD = "SELECT id FROM traceability_materiallot WHERE status = 'HELD' AND material_id = ANY(%s)"
NEW_LOTS = """
SELECT id, material_id, (kind = 'SERIAL')::int FROM traceability_materiallot WHERE id = ANY(%s)
"""
NEW_BALANCES = """
SELECT lot_id, bucket, place, (quantity * 1000000)::bigint FROM traceability_lotbalance
WHERE quantity > 0 AND lot_id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """The lots below some roots, with what they are and what there is of them; amounts in millionths."""

    ids: Ids
    material: Ids
    is_serial: Ids
    held: NDArray[np.bool_]
    wheres: list[tuple[str, str]]
    owner: Ids
    where: Ids
    amount: Ids


def reach(cursor: Any, roots: Iterable[int], only_exact: bool = False) -> Ids | None:
    """Ids of everything below, or of what exact links lead to, the roots included; none without a snapshot."""
    found = _open(cursor)
    return None if found is None else below(found[0], found[2].links, np.array(list(roots), np.int64), only_exact)


def read(cursor: Any, roots: Iterable[int]) -> Reached | None:
    """What is below, and where it is; none when there is no snapshot of this database."""
    found = _open(cursor)
    if found is None:
        return None
    arrays, facts, news = found
    ids = distinct(below(arrays, news.links, np.array(list(roots), np.int64)))
    material, is_serial = described(cursor, arrays, ids)
    cursor.execute(HELD, [distinct(material).tolist()])
    held = np.isin(ids, np.array(cursor.fetchall(), np.int64).ravel())
    return Reached(ids, material, is_serial, held, *balances(cursor, arrays, facts, news, ids))


def described(cursor: Any, arrays: Arrays, ids: Ids) -> tuple[Ids, Ids]:
    """Material and kind of each lot; of lots younger than the snapshot, from the database."""
    old = ids < arrays.size
    material, is_serial = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.int64)
    material[old], is_serial[old] = arrays.material[ids[old]], arrays.is_serial[ids[old]]
    if (young := ids[material == 0]).size:
        cursor.execute(NEW_LOTS, [young.tolist()])
        rows = since.table(cursor.fetchall(), 3)
        at = np.searchsorted(ids, rows[:, 0])
        material[at], is_serial[at] = rows[:, 1], rows[:, 2]
    return material, is_serial


def balances(
    cursor: Any, arrays: Arrays, facts: Facts, news: since.News, ids: Ids
) -> tuple[list[tuple[str, str]], Ids, Ids, Ids]:
    """Buckets and places that occur, and of each balance its lot (by place in `ids`), bucket and place, amount."""
    moved = np.isin(ids, news.moved) | (ids >= arrays.size)
    still = np.flatnonzero(~moved)
    places, many = rows_of(arrays.kept, ids[still])
    owner, where, amount = np.repeat(still, many), arrays.where[places].astype(np.int64), arrays.amount[places]
    known = distinct(where)
    number = {tuple(facts.wheres[one]): index for index, one in enumerate(known.tolist())}
    where = np.searchsorted(known, where)
    if moved.any():
        cursor.execute(NEW_BALANCES, [ids[moved].tolist()])
        rows = cursor.fetchall()
        spots = [number.setdefault((bucket, place), len(number)) for _, bucket, place, _ in rows]
        fresh = since.table([(row[0], row[3]) for row in rows], 2)
        owner = np.concatenate([owner, np.searchsorted(ids, fresh[:, 0])])
        where, amount = np.concatenate([where, np.array(spots, np.int64)]), np.concatenate([amount, fresh[:, 1]])
    return list(number), owner, where, amount


def grouped(key: Ids, lot: Ids, amount: Ids) -> list[tuple[int, int, Decimal]]:
    """Of each key how many different lots it has, and their amount, to the last millionth; keys are small numbers."""
    size = int(key.max(initial=-1)) + 1
    pairs = np.sort(lot * size + key, kind="stable")  # nearly sorted already
    each = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    lots = np.bincount(each % size if size else each, minlength=size)
    whole, rest = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(whole, key, amount // MILLION)
    np.add.at(rest, key, amount % MILLION)
    return [
        (one, int(lots[one]), Decimal(int(whole[one]) * MILLION + int(rest[one])).scaleb(-6))
        for one in np.flatnonzero(lots).tolist()
    ]


def _open(cursor: Any) -> tuple[Arrays, Facts, since.News] | None:
    current = files.current()
    news = since.read(cursor, *current) if current else None
    return (*current, news) if current and news else None
