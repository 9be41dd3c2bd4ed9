"""Time at a machine shared out among the lots that stood in it together: an oven, a bath, a chamber.

At each moment every lot there has an equal share, whether it came in with the others or beside them. So the shares of
all lots of a machine add up to the time in which something stood there.
"""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

Span = tuple[datetime, datetime]


def shares(spans: Mapping[int, Span]) -> dict[int, float]:
    """Each stay (by its key) with its share of the time, in seconds."""
    found = dict.fromkeys(spans, 0.0)
    edges = sorted({moment for span in spans.values() for moment in span})
    starts = sorted(spans, key=lambda key: spans[key][0])
    inside: set[int] = set()
    coming = iter(starts)
    upcoming = next(coming, None)
    for begin, end in pairwise(edges):
        while upcoming is not None and spans[upcoming][0] <= begin:
            inside.add(upcoming)
            upcoming = next(coming, None)
        inside = {key for key in inside if spans[key][1] > begin}
        for key in inside:
            found[key] += (end - begin).total_seconds() / len(inside)
    return found
