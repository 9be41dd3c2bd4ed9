"""Writing a setpoint into a controller: allowed register by register, interlocked, journaled, never repeated."""

import asyncio
import math
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from integrations.models import PlcHealth, PlcState, PlcTag, SourceKind
from integrations.plc import drift
from integrations.plc.ports import DeviceError
from integrations.plc.queries.devices import as_tag
from integrations.plc.tags import Number
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Equipment, EquipmentState, Person

FRESH = timedelta(seconds=10)
HANDS_OFF = (EquipmentState.ALARM, EquipmentState.MAINTENANCE)


class NotWritableError(Refusal):
    """A register that nobody may write from here, or a value it may not get."""

    code = "setpoint-not-writable"


class InterlockedError(Refusal):
    """A machine that may not be touched from afar now: nobody sees what it does, or somebody works on it."""

    code = "setpoint-interlocked"


class NotWrittenError(Refusal):
    """The controller did not confirm; whether it took the value is unknown."""

    code = "setpoint-not-confirmed"


def write(
    *, tag: PlcTag, value: Number, by: Person, reason: str, at: datetime, action: str = "plc.write"
) -> Number | None:
    """Write one setpoint once and return what the controller then holds; the journal is told before the controller.

    It may not run inside a transaction, for a transaction that is tried again would write again.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a setpoint is never written inside a transaction")
    policies.check(by, action, plc=tag.plc.code, tag=tag.name)
    check_allowed(tag, value, reason)
    check_interlocks(tag, at=at)
    journal.record("plc.setpoint_written", subject=tag, by=by, reason=reason, data={"value": value})
    try:
        return asyncio.run(
            drift.write_register(
                host=tag.plc.host, port=tag.plc.port, unit=tag.plc.unit, tag=as_tag(tag), value=value,
                timeout=tag.plc.timeout_ms / 1000,
            )
        )  # fmt: skip
    except DeviceError as error:
        journal.record("plc.setpoint_unconfirmed", subject=tag, by=by, reason=str(error), data={"value": value})
        raise NotWrittenError(
            _("%(plc)s did not confirm the new value (%(why)s). Look at the machine before you try again.")
            % {"plc": tag.plc.code, "why": error}
        ) from error


def check_allowed(tag: PlcTag, value: Number, reason: str) -> None:
    """Only a register on the list of its map, only a value within its limits, and only with a reason."""
    is_known = tag.writable and tag.minimum is not None and tag.maximum is not None and tag.exponent is None
    if not is_known or tag.plc.kind != SourceKind.MODBUS:
        message = _("%(tag)s may not be written. Allow it, with its limits, in the register map of %(plc)s first.")
        raise NotWritableError(message % {"tag": tag.name, "plc": tag.plc.code})
    if not (math.isfinite(value) and tag.minimum <= value <= tag.maximum):
        message = _("%(value)s can't be written to %(tag)s: the register map allows %(low)s to %(high)s.")
        raise NotWritableError(message % {"value": value, "tag": tag.name, "low": tag.minimum, "high": tag.maximum})
    if not reason.strip():
        raise NotWritableError(_("Say in a few words why the setpoint is changed."), code="no-reason")


def check_interlocks(tag: PlcTag, *, at: datetime) -> None:
    """The controller answers the poller now, and its machine is neither in alarm nor under maintenance."""
    machine = Equipment.objects.get(pk=tag.plc.equipment_id)
    if machine.state in HANDS_OFF:
        message = _("%(machine)s is “%(state)s”: somebody may work on it. Set the value at the machine.")
        words = {"machine": machine.code, "state": machine.get_state_display()}
        raise InterlockedError(message % words, facts={"equipment": machine.code, "state": machine.state})
    seen = PlcHealth.objects.filter(plc=tag.plc, state=PlcState.ONLINE, updated_at__gt=at - FRESH).exists()
    if not (tag.plc.enabled and seen):
        message = _("%(plc)s does not answer the poller, so nobody would see what the machine does. Wait for it.")
        raise InterlockedError(message % {"plc": tag.plc.code}, facts={"plc": tag.plc.code})
