"""What the machines say of themselves: their state, and what they counted."""

from datetime import datetime

from django.db import connection

from mes.commands import hints
from mes.models import MachineState
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentState, Person, ReasonCode
from plant.queries import persons
from plant.transactions import command

COUNT = """
INSERT INTO mes_machinecount AS c (equipment_id, minute_at, good, reject)
VALUES (%s, date_trunc('minute', %s::timestamptz), %s, %s)
ON CONFLICT (equipment_id, minute_at) DO UPDATE SET good = c.good + EXCLUDED.good, reject = c.reject + EXCLUDED.reject
"""


@command
def observe_state(
    *, equipment: Equipment, state: str, by: Person, at: datetime, reason: ReasonCode | None = None,
    is_heard: bool = False, packml: str = "",
) -> MachineState | None:
    """A machine is in a state from now on; saying the same again, or something older, changes nothing.

    is_heard    its controller says so: while people work on the machine, only that it runs is believed
    packml      the name of its state by PackML, which tells why it stands; the stretch keeps the last one
    """
    policies.check(by, "equipment.state")
    wanted = EquipmentState(state)
    locked = lock(Equipment.objects.select_related("parent").filter(pk=equipment.pk))[0]
    last = MachineState.objects.filter(equipment=locked, to_at__isnull=True).first()
    if last is not None and last.state == wanted and last.packml != packml and at >= last.from_at:
        MachineState.objects.filter(pk=last.pk).update(packml=packml)
        hints.machine_changed(locked, wanted)
    if last is not None and (last.state == wanted or at < last.from_at):
        return None
    if last is not None and last.state == EquipmentState.MAINTENANCE and is_heard and wanted != EquipmentState.RUNNING:
        return None
    if last is not None:
        MachineState.objects.filter(pk=last.pk).update(to_at=at)
    Equipment.objects.filter(pk=locked.pk).update(state=wanted, state_at=at)
    if EquipmentState.ALARM in (wanted, last.state if last else "") or reason is not None:
        data = {"from": last.state if last else "", "to": wanted}
        journal.record(f"equipment.{wanted.lower()}", subject=locked, by=by, reason=str(reason or ""), data=data)
    hints.machine_changed(locked, wanted)
    return MachineState.objects.create(equipment=locked, state=wanted, from_at=at, reason=reason, packml=packml)


def people_say(*, equipment: Equipment, state: str, at: datetime, reason: ReasonCode | None = None) -> None:
    """What calls and maintenance say of a machine that tells its states; a bench without a machine has none."""
    if equipment.state_at is not None:
        by = persons.system("mes")
        observe_state(equipment=equipment, state=state, reason=reason, by=by, at=max(at, equipment.state_at))


@command
def observe_count(*, equipment: Equipment, good: int, reject: int, at: datetime) -> None:
    """Add what a machine counted since the last time to its minute."""
    if good < 0 or reject < 0:
        raise Refusal(f"{equipment.code}: {good}, {reject}", code="bad-count")
    if good or reject:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [equipment.pk, at, good, reject])
