"""What happened since a snapshot was made, read from the append-only tables beside it.

Numbers are given out in order but committed in any: a row with a lower number than the snapshot's last may have been on
its way then. So the numbers that were missing are asked for as well, until no transaction of that time is open any
more; from then on the answer is settled and kept.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from traceability.snapshot import files
from traceability.snapshot.arrays import Arrays, Facts, Ids, distinct
from traceability.snapshot.walking import Since

LINKS = """
SELECT id, parent_id, child_id, coalesce(reverses_id, 0), (certainty = 'EXACT')::int FROM traceability_link WHERE
"""
MOVES = "SELECT id, lot_id FROM traceability_move WHERE "
ALL_OVER = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s"
WIDTH = {LINKS: 5, MOVES: 2}
LATER, MISSED = "id > %s", "id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class News:
    """Links since, and the lots whose amounts may have changed."""

    links: Since
    moved: Ids


def read(cursor: Any, arrays: Arrays, facts: Facts) -> News | None:
    """The news beside a snapshot; none when the snapshot is not of this database."""
    if files.mark(cursor, facts.last_link) != facts.mark:
        return None
    cursor.execute(ALL_OVER, [facts.horizon])
    if cursor.fetchone()[0]:
        links = settled(cursor, facts, LINKS, arrays.missing_links)
        moves = settled(cursor, facts, MOVES, arrays.missing_moves)
    else:
        links, moves = missed(cursor, LINKS, arrays.missing_links), missed(cursor, MOVES, arrays.missing_moves)
    links = np.concatenate([links, later(cursor, LINKS, facts.last_link)])
    moves = np.concatenate([moves, later(cursor, MOVES, facts.last_move)])
    return News(netted(arrays, links), distinct(moves[:, 1]))


def later(cursor: Any, statement: str, last: int) -> Ids:
    """What came after the snapshot."""
    cursor.execute(statement + LATER, [last])
    return table(cursor.fetchall(), WIDTH[statement])


def missed(cursor: Any, statement: str, missing: Ids) -> Ids:
    """Rows whose numbers were missing in the snapshot, and are there by now."""
    if not missing.size:
        return table([], WIDTH[statement])
    cursor.execute(statement + MISSED, [missing.tolist()])
    return table(cursor.fetchall(), WIDTH[statement])


_SETTLED: dict[tuple[int, str], Ids] = {}


def settled(cursor: Any, facts: Facts, statement: str, missing: Ids) -> Ids:
    """The same for good; asked once by each process for each snapshot."""
    key = (facts.horizon, statement)
    if key not in _SETTLED:
        for old in [one for one in _SETTLED if one[0] != facts.horizon]:
            del _SETTLED[old]
        _SETTLED[key] = missed(cursor, statement, missing)
    return _SETTLED[key]


def table(found: list[tuple[int, ...]], columns: int) -> Ids:
    """Rows as an array, also when there are none."""
    return np.array(found, np.int64).reshape(-1, columns)


def netted(arrays: Arrays, links: Ids) -> Since:
    """Links that stand, by parent, and the places in the snapshot of those that were undone since."""
    undoes = links[links[:, 3] > 0]
    gone = undoes[:, 3]
    stands = links[(links[:, 3] == 0) & ~np.isin(links[:, 0], gone)]
    stands = stands[np.argsort(stands[:, 1], kind="stable")]
    known = undoes[undoes[:, 1] < arrays.size]
    places = [place_of(arrays, parent, link) for parent, link in zip(known[:, 1], known[:, 3], strict=True)]
    undone = np.concatenate(places) if places else np.zeros(0, np.int64)
    return Since(stands[:, 1], stands[:, 2], stands[:, 4] == 1, undone)


def place_of(arrays: Arrays, parent: int, link: int) -> Ids:
    """Where a link lies in the snapshot; nowhere, if it is younger."""
    begin, end = arrays.starts[parent : parent + 2]
    places: Ids = np.flatnonzero(arrays.link[begin:end] == link) + begin
    return places
