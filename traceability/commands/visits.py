"""A lot arrives at a piece of equipment, and leaves it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from plant.errors import Refusal
from plant.locks import enter, lock
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.models import LotKind, MaterialLot, Visit


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
    visit = Visit(
        lot=lot, is_serial=lot.kind == LotKind.SERIAL, equipment=equipment, during=DateTimeTZRange(at, None),
        job_order=job_order, operation=operation, person=by,
    )
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError as error:
        message = _("%(lot)s is at a station already. Finish it there, then scan it here.")
        raise Elsewhere(message % {"lot": lot.number}, facts={"lot": lot.number}) from error
    return visit


@command
def depart(*, lot: MaterialLot, equipment: Equipment, at: datetime, result: str = "") -> Visit:
    """The lot leaves the equipment."""
    here = lock(Visit.objects.filter(lot=lot, equipment=equipment, during__upper_inf=True))
    if not here:
        message = _("%(lot)s has not started at %(station)s. Scan it there first.")
        raise NotHere(message % {"lot": lot.number, "station": equipment.code}, facts={"lot": lot.number})
    visit = here[0]
    visit.during = DateTimeTZRange(visit.during.lower, max(at, visit.during.lower), "[]")
    visit.result = result
    visit.save(update_fields=["during", "result"])
    return visit
