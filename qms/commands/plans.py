"""Putting a control plan into effect."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from plant import policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person, RevisionStatus
from plant.transactions import command
from qms.models import ControlPlan
from qms.queries import plans as reading


class PlanRefused(Refusal):
    """A control plan that can't come into effect."""

    code = "plan-refused"


@command
def approve(
    *, plan: ControlPlan, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> ControlPlan:
    """Make a draft effective from now on, under a signature; the revision before it ends now."""
    policies.check(by, "control-plan.approve", plan=str(plan))
    rows = lock(ControlPlan.objects.filter(code=plan.code))
    fresh = next(row for row in rows if row.pk == plan.pk)
    if fresh.status != RevisionStatus.DRAFT or not fresh.lines.exists():
        message = _("%(plan)s can't be approved: only a draft with at least one line can.")
        raise PlanRefused(message % {"plan": fresh})
    signatures.sign(
        subject=fresh, meaning=Meaning.APPROVED, content=reading.seen(fresh), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    for former in rows:
        if former.status == RevisionStatus.EFFECTIVE:
            retire(former, by=by, at=at)
    ControlPlan.objects.filter(pk=fresh.pk).update(
        status=RevisionStatus.EFFECTIVE, effective=DateTimeTZRange(at, None)
    )
    journal.record("controlplan.approved", subject=fresh, by=by, reason=reason)
    fresh.refresh_from_db()
    return fresh


def retire(former: ControlPlan, *, by: Person, at: datetime) -> None:
    """End an effective revision; what runs under it keeps it."""
    ended = DateTimeTZRange(former.effective.lower, at)
    ControlPlan.objects.filter(pk=former.pk).update(status=RevisionStatus.OBSOLETE, effective=ended)
    journal.record("controlplan.retired", subject=former, by=by)
