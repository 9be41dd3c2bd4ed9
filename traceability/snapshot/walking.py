"""Everything below some lots, ring by ring: the snapshot's links, less those undone since, plus those made since."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from traceability.snapshot.arrays import Arrays, Ids, distinct, rows_of


@dataclass(frozen=True, slots=True)
class Since:
    """Links made after the snapshot, sorted by parent, and the places of those in it that were undone."""

    parent: Ids
    child: Ids
    exact: NDArray[np.bool_]
    undone: Ids

    def below(self, ring: Ids, only_exact: bool) -> Ids:
        """What was made from these lots."""
        first, last = np.searchsorted(self.parent, ring, "left"), np.searchsorted(self.parent, ring, "right")
        many = last - first
        ends = np.cumsum(many)
        places = np.repeat(first - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)
        found: Ids = self.child[places[self.exact[places]] if only_exact else places]
        return found


def below(arrays: Arrays, since: Since, roots: Ids, only_exact: bool = False) -> Ids:
    """Ids of all lots that hold some of the roots, the roots first; each once, through cycles and diamonds."""
    top = max(arrays.size, *(int(ids.max(initial=0)) + 1 for ids in (since.parent, since.child, roots)))
    seen = np.zeros(top, bool)
    ring, found = distinct(roots), []
    while ring.size:
        seen[ring] = True
        found.append(ring)
        near = next_ring(arrays, since, ring, only_exact)
        ring = distinct(near[~seen[near]])
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def next_ring(arrays: Arrays, since: Since, ring: Ids, only_exact: bool) -> Ids:
    """What was made from the lots of one ring, some of it more than once."""
    places, _ = rows_of(arrays.starts, ring[ring < arrays.size])
    if since.undone.size:
        places = places[~np.isin(places, since.undone)]
    if only_exact:
        places = places[arrays.exact[places]]
    near = arrays.child[places].astype(np.int64)
    return np.concatenate([near, since.below(ring, only_exact)]) if since.parent.size else near
