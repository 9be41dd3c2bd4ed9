"""A station calls for material that is not there: the warehouse, the planner and the feed for the ERP are told."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes.commands import hints
from mes.models import JobMaterial, JobOrder
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition, Person
from plant.transactions import command
from traceability.commands import calls
from traceability.commands.moves import positive


class NotOnTheList(Refusal):
    """A material that the work order does not take."""

    code = "not-on-the-list"


@command
def call(
    *, station: Equipment, job_order: JobOrder, material: MaterialDefinition, quantity: Decimal, by: Person,
    at: datetime, note: str = "",
) -> int:
    """Say that a work order is short of a material at a station; the number of the journal entry that carries it.

    The entry goes to the ERP by the change feed and to the channels of those who asked to be told.
    """
    policies.check(by, "material.call", on=station)
    rows = JobMaterial.objects.filter(job_order=job_order, material=material).select_related("segment")
    row = rows.filter(segment__stations=station).first() or rows.first()
    if row is None:
        message = _("%(job)s takes no %(material)s. Choose a material of its list.")
        words = {"job": job_order.number, "material": material.code}
        raise NotOnTheList(message % words, facts={"job_order": job_order.number, "material": material.code})
    data = {
        "material": material.code, "quantity": positive(quantity), "unit": material.unit_id, "station": station.code,
        "operation": row.segment.code, "work_request": job_order.work_request.number, "called_at": at,
    }
    calls.ask(station=station, material=material, quantity=quantity, by=by, at=at)
    entry = journal.record("joborder.short", subject=job_order, by=by, reason=note, data=data)
    hints.job_changed(job_order)
    return entry
