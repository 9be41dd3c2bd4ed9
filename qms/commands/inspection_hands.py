"""In whose hands an inspection is: taken on, given back half done, taken on by the next."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from qms.commands.inspections import ResultRefused, check_open
from qms.models import Inspection, InspectionStatus


@command
def take_on(*, inspection: Inspection, by: Person, at: datetime) -> Inspection:
    """It is in one's hands from now on; others see that, and may still measure with one."""
    policies.check(by, "inspection.record", inspection=inspection.number)
    task = lock(Inspection.objects.select_related("inspector").filter(pk=inspection.pk))[0]
    check_open(task)
    if task.status == InspectionStatus.OPEN:
        journal.move(task, to=InspectionStatus.IN_PROGRESS, by=by, inspector=by)
    elif task.inspector_id != by.pk:
        message = _("%(number)s is with %(who)s. Ask them to give it back, or measure beside them.")
        raise ResultRefused(message % {"number": task.number, "who": task.inspector}, code="taken-already")
    return task


@command
def give_back(*, inspection: Inspection, reason: str, by: Person, at: datetime) -> Inspection:
    """Pause it: what was measured stays, and whoever is free takes it on."""
    policies.check(by, "inspection.record", inspection=inspection.number)
    if not reason.strip():
        raise ResultRefused(_("Say why, so that the next one knows."), code="reason-needed", facts={"field": "reason"})
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    if task.status != InspectionStatus.IN_PROGRESS:
        raise ResultRefused(_("%(number)s is in nobody's hands.") % {"number": task.number}, code="not-taken")
    journal.move(task, to=InspectionStatus.OPEN, by=by, reason=reason.strip(), inspector=None)
    return task
