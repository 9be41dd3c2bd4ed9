"""The clock's walk through what ended: chunk by chunk, each put away before the mark moves on."""

import logging
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from plant.commands import leases
from plant.models import Person
from traceability import archiving
from traceability.commands import archives
from traceability.models import ArchiveMark
from traceability.queries import archives as reading
from traceability.web import sealing

log = logging.getLogger(__name__)
LEASE, LEASE_SECONDS = "traceability.archive", 120.0
MOST_DROPPED = 500


def put_away(*, by: Person, at: datetime, seconds: float) -> int:
    """Put away whatever is due, for so many seconds at most; how many dossiers that were."""
    end, kept = time.monotonic() + seconds, 0
    with alone() as still:
        for days in reading.days():
            for lots, moved_on in chunks(days, at):
                for lot in reading.due(lots, days, at):
                    if time.monotonic() > end or not still():
                        return kept
                    try:
                        sealing.keep(lot, by=by, reader=by, at=at)
                        kept += 1
                    except Exception:  # one lot that can't be written must not stand before all others
                        log.exception("the dossier of %s was not put away", lot.number)
                moved_on()
    return kept


def chunks(days: int, at: datetime) -> Iterator[tuple[list[int], Callable[[], None]]]:
    """Lots that something happened to long enough ago: by the ledger, by the record book, by what ended."""
    until = at - timedelta(days=days)
    mark, _new = ArchiveMark.objects.get_or_create(days=days)
    while (found := reading.moved(mark.last_move, until)) is not None:
        mark.last_move = found[0]
        yield found[1], mark.save
    while (found := reading.noted(mark.last_entry, until)) is not None:
        mark.last_entry = found[0]
        yield found[1], mark.save
    while (ended := archiving.following(mark.ended_at, until)) is not None:
        mark.ended_at = ended[0]
        yield ended[1], mark.save


def drop(*, by: Person, at: datetime) -> int:
    """Drop dossiers whose time is over."""
    old = reading.outdated(at, MOST_DROPPED)
    for one in old:
        archives.drop(dossier=one, by=by, at=at)
    return len(old)


@contextmanager
def alone() -> Iterator[Callable[[], bool]]:
    """One at a time; what it gives says whether that is still so."""
    holder = uuid.uuid4().hex
    token = leases.acquire(name=LEASE, holder=holder, seconds=LEASE_SECONDS)
    try:
        yield lambda: token is not None and leases.renew(
            name=LEASE, holder=holder, token=token, seconds=LEASE_SECONDS
        )
    finally:
        if token is not None:
            leases.release(name=LEASE, holder=holder, token=token)
