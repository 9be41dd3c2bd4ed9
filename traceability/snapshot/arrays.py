"""A snapshot's arrays: mapped from disk, so that all processes of a machine share one copy."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
SPARSE = 100  # ids apart, on the average, from which on sorting is cheaper than flags
MILLION = 10**6  # amounts are kept as whole millionths: the ledger's six decimals, exactly


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot says of itself; `horizon` is the first transaction that it can't have seen."""

    made_at: str
    last_link: int
    last_move: int
    mark: str
    horizon: int
    wheres: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Arrays:
    """All by lot id. What was made from lot `i` is `child[starts[i]:starts[i + 1]]`, by the links of the same places,
    exact or possible;
    what there is of it is `amount[kept[i]:kept[i + 1]]`, in the buckets and places `where`."""

    starts: NDArray[np.int64]
    child: NDArray[Any]
    link: NDArray[Any]
    exact: NDArray[np.bool_]
    missing_links: Ids
    missing_moves: Ids
    material: NDArray[np.uint32]
    is_serial: NDArray[np.bool_]
    kept: NDArray[np.int64]
    where: NDArray[np.uint32]
    amount: NDArray[np.int64]

    @property
    def size(self) -> int:
        """One more than the highest lot id it knows."""
        return len(self.starts) - 1


def save(folder: Path, arrays: Arrays, facts: Facts) -> None:
    """Write everything; the facts last, for without them it is no snapshot."""
    for one in fields(Arrays):
        np.save(folder / f"{one.name}.npy", getattr(arrays, one.name))
    (folder / "facts.json").write_text(json.dumps(asdict(facts)))


def load(folder: Path) -> tuple[Arrays, Facts]:
    """Map everything."""
    facts = Facts(**json.loads((folder / "facts.json").read_text()))
    found = {one.name: np.load(folder / f"{one.name}.npy", mmap_mode="r") for one in fields(Arrays)}
    return Arrays(**found), facts


def rows_of(starts: NDArray[np.int64], ids: Ids) -> tuple[Ids, Ids]:
    """For each id all its places: `starts[id] … starts[id + 1] - 1` one after another, and how many each has."""
    begin = starts[ids]
    many = starts[ids + 1] - begin
    ends = np.cumsum(many)
    places = np.repeat(begin - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)
    return places, many


def distinct(ids: Ids) -> Ids:
    """The same ids sorted, each once: by flags where they lie close together, as lots of one time do."""
    if not ids.size:
        return ids
    low, high = int(ids.min()), int(ids.max())
    if high - low < SPARSE * ids.size:
        there = np.zeros(high - low + 1, bool)
        there[ids - low] = True
        found: Ids = np.flatnonzero(there) + low
        return found
    ordered = np.sort(ids)
    once: Ids = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return once


def starts_of(owner: Ids, size: int) -> NDArray[np.int64]:
    """Where each owner's rows begin, in rows sorted by owner; length `size + 1`."""
    found = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=size)[:size], out=found[1:])
    return found
