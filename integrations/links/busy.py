"""Who is being served in this process: one whose other side is slow has one thread of it, never all of them."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from integrations.models import Connection

_GUARD = threading.Lock()
_SERVED: set[int] = set()


@contextmanager
def one_by_one(connections: Sequence[Connection]) -> Iterator[list[Connection]]:
    """Those that no other thread of this process serves; they are this one's until it is done with all of them."""
    with _GUARD:
        free = [one for one in connections if one.pk not in _SERVED]
        _SERVED.update(one.pk for one in free)
    try:
        yield free
    finally:
        with _GUARD:
            _SERVED.difference_update(one.pk for one in free)
