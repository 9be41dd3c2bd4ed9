"""Explaining why a machine stood: each word is kept, the later one counts."""

from datetime import datetime

from django.utils.translation import gettext as _

from mes.commands import hints
from mes.models import MachineState, StopReason
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentState, Person, ReasonCode, ReasonUse
from plant.transactions import command


class StopRefused(Refusal):
    """A stop that can't be explained so."""

    code = "stop-refused"


@command
def explain(
    *, equipment: Equipment, reason: ReasonCode, from_at: datetime, to_at: datetime | None, by: Person, at: datetime,
    note: str = "",
) -> StopReason:
    """Say why a machine did not run from then to then, or until it runs again. What was said before stays readable."""
    policies.check(by, "stop.explain", on=equipment)
    locked = lock(Equipment.objects.select_related("parent").filter(pk=equipment.pk))[0]
    _check_reason(reason)
    if from_at > at or (to_at is not None and to_at > at):
        raise StopRefused(_("The stop lies in the future. Explain it once it has begun."), facts={"field": "to_at"})
    if to_at is not None and to_at <= from_at:
        raise StopRefused(_("It ends before it begins. Correct the times."), facts={"field": "to_at"})
    if not _stood(locked, from_at, to_at):
        raise StopRefused(
            _("%(machine)s ran all this time, so there is nothing to explain. Choose a stretch in which it stood.")
            % {"machine": locked.code}, facts={"field": "from_at"},
        )
    said = StopReason.objects.create(
        equipment=locked, reason=reason, from_at=from_at, to_at=to_at, note=note.strip(), by=by, at=at
    )
    data = {"from": from_at, "to": to_at, "reason": reason.code}
    journal.record("equipment.stop-explained", subject=locked, by=by, reason=note.strip() or reason.name, data=data)
    hints.machine_changed(locked, locked.state)
    return said


def _check_reason(reason: ReasonCode) -> None:
    if reason.use != ReasonUse.DOWNTIME or not reason.active:
        raise StopRefused(_("Choose one of the reasons for downtime."), facts={"field": "reason"})


def _stood(equipment: Equipment, from_at: datetime, to_at: datetime | None) -> bool:
    """Whether the machine did something else than run at some time of a stretch, or said nothing."""
    ran = MachineState.objects.filter(equipment=equipment, state=EquipmentState.RUNNING, from_at__lte=from_at)
    last = ran.order_by("-from_at").first()
    if last is None or to_at is None:
        return last is None or last.to_at is not None
    return last.to_at is not None and last.to_at < to_at
