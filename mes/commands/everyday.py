"""The everyday scan, in one statement: claimed in its order, and a free component goes into the lot on the bench."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from mes.barcodes import BarcodeRefused, Kind
from mes.queries import codes
from plant.models import Equipment, Person

TAKE = """
SELECT event, known_hash, known_answer, last_seq, verdict, into_number, amount, symbol
FROM zz_take_scan(%s, %s, %s, %s, %s, %s, %s, %s::bigint[], %s, %s, %s, %s, %s, %s)
"""
MOST = Decimal(10) ** 12
EARLY, PASSED, SKIPPED = "EARLY", "PASSED", "SKIPPED"


@dataclass(frozen=True)
class Turn:
    """Where a scan stands in the queue of its tablet, and which numbers before it the tablet has no scan for."""

    queue: UUID
    seq: int
    gone: tuple[int, ...] = ()


@dataclass(frozen=True)
class Sent:
    """A scan as it was sent."""

    code: str
    station: Equipment
    event_id: UUID
    digest: str
    device: str
    device_at: datetime | None
    turn: Turn | None
    job_order: str
    quantity: Decimal | None
    by: Person
    at: datetime
    way: str = ""  # how it came in; empty: it follows from who acts


class Taken(NamedTuple):
    """What became of it: a new event (or what is known of an old one), its turn, and the consumption if it was one."""

    event: int | None
    known_hash: str | None
    known_answer: str | None
    last_seq: int | None
    verdict: str
    into: str | None
    amount: Decimal | None
    symbol: str | None


def take_in(sent: Sent) -> Taken:
    """Claim the scan in its order, and consume at once if it is the everyday one; whatever is unusual is left undone.

    What is left undone goes the patient way of `scans.apply`, which checks the same and says what is wrong.
    """
    is_plain = sent.quantity is None or (sent.quantity.is_finite() and sent.quantity < MOST)
    return claim(sent, plain_number(sent.code) if is_plain else None, sent.quantity if is_plain else None)


def claim(sent: Sent, number: str | None = None, quantity: Decimal | None = None) -> Taken:
    """Claim the event in its order; nothing is done with it unless it is the number of a component."""
    turn = sent.turn
    row: list[Any] = [
        sent.device[:80], sent.event_id, sent.digest, sent.device_at, sent.at, turn.queue if turn else None,
        turn.seq if turn else None, list(turn.gone) if turn else [], number, sent.station.pk, sent.job_order, quantity,
        sent.by.pk, sent.way,
    ]
    with connection.cursor() as cursor:
        cursor.execute(TAKE, row)
        return Taken(*cursor.fetchone())


def plain_number(code: str) -> str | None:
    """The number that a code simply is; GS1 labels, commands and bad codes are for the patient way."""
    try:
        read = codes.read(code)
    except BarcodeRefused:
        return None
    return read.number if read.kind == Kind.NUMBER and read.number else None
