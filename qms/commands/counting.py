"""Pieces judged by eye: how many were looked at, how many were not good, and which defects they had."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person, ReasonCode
from plant.transactions import command
from qms.commands.inspections import ResultRefused, begin, check_open
from qms.commands.measuring import check_measures
from qms.models import Gauge, Inspection, InspectionCount, InspectionDefect, InspectionItem
from qms.queries import inspections as reading
from qms.sampling import single

MOST = 1_000_000


@command
def count(
    *, inspection: Inspection, item: InspectionItem, inspected: int, found: int, defects: Mapping[ReasonCode, int],
    by: Person, at: datetime, supersedes: InspectionCount | None = None, reason: str = "", gauge: Gauge | None = None,
) -> InspectionCount:
    """Write what somebody looked at. Several people may share a sample; a correction says why and keeps the old one."""
    policies.check(by, "inspection.record", inspection=inspection.number)
    task = lock(Inspection.objects.filter(pk=inspection.pk))[0]
    check_open(task)
    chosen = {defect: amount for defect, amount in defects.items() if amount}
    if faults_counted(item):
        found = sum(chosen.values())
    check_count(task, item, inspected, found, chosen, supersedes=supersedes, reason=reason)
    if inspected:
        check_measures(item.gauge_type, gauge, characteristic=item.characteristic, by=by, at=at)
    row = InspectionCount.objects.create(
        item=item, inspected=inspected, found=found, supersedes=supersedes, reason=reason.strip(), by=by, at=at,
        gauge=gauge if inspected else None,
    )
    InspectionDefect.objects.bulk_create(
        InspectionDefect(count=row, reason=defect, quantity=amount) for defect, amount in chosen.items()
    )
    begin(task, by=by)
    data = {"characteristic": item.characteristic.code, "inspected": inspected, "found": found,
            "defects": {defect.code: amount for defect, amount in chosen.items()}}
    kind = "inspection.corrected" if supersedes else "inspection.counted"
    journal.record(kind, subject=task, by=by, reason=row.reason, data=data)
    live.push(f"inspection.{task.number}", "counted")
    return row


def faults_counted(item: InspectionItem) -> bool:
    """Whether every fault counts, not every piece that has one."""
    return bool(item.aql) and single.counted(item.aql) == single.NONCONFORMITIES


def check_count(
    task: Inspection, item: InspectionItem, inspected: int, found: int, defects: Mapping[ReasonCode, int], *,
    supersedes: InspectionCount | None, reason: str,
) -> None:
    """Refuse more pieces than the sample has, more bad ones than were looked at, and a correction of another task."""
    if item.inspection_id != task.pk or not item.characteristic.is_counted:
        raise ResultRefused(_("This is not judged by eye in %(number)s. Reload the page.") % {"number": task.number})
    if supersedes is not None and not reason.strip():
        raise ResultRefused(_("Say why you correct it."), code="reason-needed", facts={"field": "reason"})
    standing = [one for one in reading.counted(task) if one.item_id == item.pk]
    if supersedes is not None and supersedes not in standing:
        raise ResultRefused(_("Somebody corrected this already. Reload the page."))
    left = item.sample_size - sum(one.inspected for one in standing if one != supersedes)
    if not (0 if supersedes else 1) <= inspected <= left:
        message = _("%(left)s pieces of this sample are left. Enter how many of them you looked at.")
        raise ResultRefused(message % {"left": left}, facts={"field": "inspected"})
    if not 0 <= found <= (MOST if faults_counted(item) else inspected):
        message = _("Of %(inspected)s pieces no more than those can be bad. Enter how many were.")
        raise ResultRefused(message % {"inspected": inspected}, facts={"field": "found"})
    if any(not 0 < amount <= MOST for amount in defects.values()):
        raise ResultRefused(_("Enter how often each defect was found."), facts={"field": "defects"})
    if sum(defects.values()) < found:
        message = _("%(found)s pieces are not good: name at least one defect of each.")
        raise ResultRefused(message % {"found": found}, facts={"field": "defects"})
