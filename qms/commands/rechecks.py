"""Looking again at what was reworked or repaired, before its case may be closed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.models import Person
from plant.transactions import command
from qms.commands import dispositions, parting, suspects
from qms.commands.parting import Act
from qms.models import (
    Decision,
    Disposition,
    Inspection,
    NonconformanceStatus,
    Recheck,
)
from qms.policies import DispositionRefused
from qms.queries import nonconformances as reading
from traceability.models import MaterialLot


@command
def record(
    *, disposition: Disposition, passed: bool, finding: str, by: Person, at: datetime,
    inspection: Inspection | None = None,
) -> Recheck:
    """What was found: good, and a repaired lot goes free; or not, and all of it must be decided once more."""
    policies.check(by, "nonconformance.recheck")
    lot = disposition.rework_lot
    if disposition.decision not in (Decision.REWORK, Decision.REPAIR) or lot is None:
        raise DispositionRefused(_("Only what was reworked or repaired is looked at again."))
    case = dispositions.locked(disposition.nonconformance, [])
    if not finding.strip():
        raise DispositionRefused(_("Say what you looked at and what you found."), facts={"field": "finding"})
    if Recheck.objects.filter(disposition=disposition).exists():
        raise DispositionRefused(_("Somebody looked at it already. Open the page again."))
    made = Recheck.objects.create(
        disposition=disposition, inspection=inspection, passed=passed, finding=finding.strip(), by=by, at=at
    )
    data = {"lot": lot.number, "passed": passed, "inspection": inspection.number if inspection else ""}
    journal.record("nonconformance.rechecked", subject=case, by=by, reason=finding, data=data)
    act = Act(case, None, finding.strip(), by, at)
    if passed:
        if lot.pk not in reading.under_repair(case) and not suspects.is_undecided(case, lot.pk):
            parting.let_go(act, lot)
    else:
        _once_more(act, lot)
    return made


def _once_more(act: Act, lot: MaterialLot) -> None:
    """It did not help: what is there of the lot is held, and to be decided again."""
    suspects.hold(act.case, [lot.pk], by=act.by, at=act.at)
    suspects.decide_again(act.case, lot.pk)
    if act.case.status == NonconformanceStatus.DISPOSED:
        journal.move(act.case, to=NonconformanceStatus.REVIEW, by=act.by, reason=act.reason)
