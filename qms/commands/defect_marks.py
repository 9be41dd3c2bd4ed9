"""Defects shown on the drawing of their part: where each was found, counted by code and place."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person, ReasonCode
from plant.transactions import command
from qms.commands.inspections import ResultRefused, begin, check_open
from qms.models import DefectMark, Drawing, Inspection, InspectionItem

CENT = Decimal("0.01")
MOST = 500  # on one item: a cloud of points tells nobody where


@command
def place(
    *, inspection: Inspection, item: InspectionItem, reason: ReasonCode, drawing: Drawing, page: int, x: Decimal,
    y: Decimal, by: Person, at: datetime,
) -> DefectMark:
    """Show where a defect was found, in percent of the page from the left and from the top."""
    policies.check(by, "inspection.record", inspection=inspection.number)
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    check_open(task)
    if item.inspection_id != task.pk or not item.characteristic.is_counted:
        raise ResultRefused(_("This is not judged by eye in %(number)s. Reload the page.") % {"number": task.number})
    if drawing.material_id != task.lot.material_id or not 1 <= page <= len(drawing.pages):
        raise ResultRefused(_("That drawing is not of this part. Choose another one."), facts={"field": "drawing"})
    if not (0 <= x <= 100 and 0 <= y <= 100):
        raise ResultRefused(_("Click on the drawing, where the defect is."), facts={"field": "x"})
    if DefectMark.objects.filter(item=item, removed_at__isnull=True).count() >= MOST:
        raise ResultRefused(_("So many marks tell nobody where. Count the rest without a place."))
    made = DefectMark.objects.create(
        item=item, reason=reason, drawing=drawing, page=page, x=x.quantize(CENT), y=y.quantize(CENT), by=by, at=at
    )
    begin(task, by=by)
    data = {"defect": reason.code, "drawing": str(drawing), "page": page, "x": made.x, "y": made.y}
    journal.record("inspection.defect-marked", subject=task, by=by, data=data)
    return made


@command
def remove(*, mark: DefectMark, by: Person, at: datetime) -> DefectMark:
    """Take a mark away that was set by mistake; who took it away and when stays."""
    policies.check(by, "inspection.record", inspection=mark.item.inspection.number)
    task = lock(Inspection.objects.filter(pk=mark.item.inspection_id))[0]
    check_open(task)
    fresh = DefectMark.objects.select_related("reason", "drawing").get(pk=mark.pk)
    if fresh.removed_at is not None:
        return fresh
    DefectMark.objects.filter(pk=fresh.pk).update(removed_by=by, removed_at=at)
    data = {"defect": fresh.reason.code, "drawing": str(fresh.drawing), "x": fresh.x, "y": fresh.y}
    journal.record("inspection.mark-removed", subject=task, by=by, data=data)
    fresh.refresh_from_db()
    return fresh
