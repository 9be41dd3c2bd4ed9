"""Writing a setpoint into a controller: allowed register by register, told in the journal, never repeated."""

import asyncio

from django.utils.translation import gettext as _

from integrations.models import PlcTag
from integrations.plc import drift
from integrations.plc.ports import DeviceError
from integrations.plc.queries.devices import as_tag
from integrations.plc.tags import Number
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person


class NotWritableError(Refusal):
    """A register that nobody may write from here, or a value it may not get."""

    code = "setpoint-not-writable"


class NotWrittenError(Refusal):
    """The controller did not confirm; whether it took the value is unknown."""

    code = "setpoint-not-confirmed"


def write(*, tag: PlcTag, value: Number, by: Person, reason: str, action: str = "plc.write") -> Number | None:
    """Write one setpoint once and return what the controller then holds; the journal is told before the controller."""
    policies.check(by, action, plc=tag.plc.code, tag=tag.name)
    if not tag.writable:
        raise NotWritableError(
            _("%(tag)s may not be written. Allow it in the register map of %(plc)s first.")
            % {"tag": tag.name, "plc": tag.plc.code}
        )
    journal.record("plc.setpoint_written", subject=tag, by=by, reason=reason, data={"value": value})
    try:
        return asyncio.run(
            drift.write_register(
                host=tag.plc.host, port=tag.plc.port, unit=tag.plc.unit, tag=as_tag(tag), value=value,
                timeout=tag.plc.timeout_ms / 1000,
            )
        )  # fmt: skip
    except ValueError as error:
        raise NotWritableError(
            _("%(value)s can't be written to %(tag)s: the register map allows %(low)s to %(high)s.")
            % {"value": value, "tag": tag.name, "low": tag.minimum, "high": tag.maximum}
        ) from error
    except DeviceError as error:
        journal.record("plc.setpoint_unconfirmed", subject=tag, by=by, reason=str(error), data={"value": value})
        raise NotWrittenError(
            _("%(plc)s did not confirm the new value (%(why)s). Look at the machine before you try again.")
            % {"plc": tag.plc.code, "why": error}
        ) from error
