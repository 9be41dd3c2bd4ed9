"""A lot arrives at a piece of equipment, and leaves it."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from plant.errors import Refusal
from plant.locks import enter
from plant.models import Equipment, Person
from plant.transactions import command, undoable
from traceability.models import LotKind, MaterialLot, Visit

DEPART = """
UPDATE traceability_visit
SET during = tstzrange(lower(during), greatest(%s, lower(during)), '[]'), result = %s
WHERE lot_id = %s AND equipment_id = %s AND upper_inf(during) RETURNING *
"""


class Elsewhere(Refusal):
    """A serial that stands somewhere else, or a lot that stands here already."""

    code = "elsewhere"


class NotHere(Refusal):
    """A lot that never arrived."""

    code = "not-here"


@command
def arrive(
    *, lot: MaterialLot, equipment: Equipment, by: Person, at: datetime, job_order: str = "", operation: str = ""
) -> Visit:
    """The lot stands at the equipment from now on; a serial can't be at two places."""
    enter([equipment.pk])
    return stand(lot=lot, equipment=equipment, by=by, at=at, job_order=job_order, operation=operation)


def stand(
    *, lot: MaterialLot, equipment: Equipment, by: Person, at: datetime, job_order: str, operation: str
) -> Visit:
    """Write the arrival of a lot, for whoever has entered the place already."""
    visit = Visit(
        lot=lot, is_serial=lot.kind == LotKind.SERIAL, equipment=equipment, during=DateTimeTZRange(at, None),
        job_order=job_order, operation=operation, person=by,
    )
    try:
        with undoable():
            visit.save(force_insert=True)
    except IntegrityError as error:
        message = _("%(lot)s is at a station already. Finish it there, then scan it here.")
        raise Elsewhere(message % {"lot": lot.number}, facts={"lot": lot.number}) from error
    return visit


@command
def depart(*, lot: MaterialLot, equipment: Equipment, at: datetime, result: str = "") -> Visit:
    """The lot leaves the equipment."""
    left = list(Visit.objects.raw(DEPART, [at, result, lot.pk, equipment.pk]))
    if not left:
        message = _("%(lot)s has not started at %(station)s. Scan it there first.")
        raise NotHere(message % {"lot": lot.number, "station": equipment.code}, facts={"lot": lot.number})
    return left[0]
