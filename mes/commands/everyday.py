"""The everyday scan, in one statement: a free component goes into the lot that is being worked on."""

from datetime import datetime
from decimal import Decimal

from django.db import connection

from mes import barcodes
from mes.barcodes import BarcodeRefused, Kind
from plant.models import Equipment, Person

TAKE = "SELECT into_number, amount, symbol FROM zz_scan_component(%s, %s, %s, %s, %s, %s)"
MOST = Decimal(10) ** 12


def take_component(
    *, code: str, station: Equipment, job_order: str, quantity: Decimal | None, by: Person, at: datetime
) -> tuple[str, str, Decimal, str] | None:
    """Consume (scanned number, lot it went into, amount, unit); None, with nothing written, when anything is unusual.

    Whoever gets None goes the patient way of `scans.apply`, which checks the same and says what is wrong.
    """
    number = plain_number(code)
    if number is None or (quantity is not None and not (quantity.is_finite() and quantity < MOST)):
        return None
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [number, station.pk, job_order, quantity, by.pk, at])
        row = cursor.fetchone()
    return (number, *row) if row else None


def plain_number(code: str) -> str | None:
    """The number that a code simply is; GS1 labels, commands and bad codes are for the patient way."""
    try:
        read = barcodes.parse(code)
    except BarcodeRefused:
        return None
    return read.number if read.kind == Kind.NUMBER and read.number and not read.gtin else None
