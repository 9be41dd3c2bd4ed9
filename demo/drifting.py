"""The demonstration's drift: one setpoint written into the simulated oven, and back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from demo.seeds.machines import PLCS
from integrations.models import Plc
from integrations.plc import demo_map, drift
from integrations.plc.ports import DeviceError
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person

REGISTER = str(demo_map.DRIFT["register"])


class NoDemonstration(Refusal):
    """A plant that makes real things."""

    code = "no-demonstration"


class NotWritten(Refusal):
    """A register that is none of ours, or a controller that did not answer."""

    code = "setpoint-not-written"


def start(*, by: Person, at: datetime, register: str = REGISTER) -> float:
    """Let the oven drift; what the controller holds afterwards."""
    return write(register=register, value=drifted(find(register)), by=by, reason="drift begins 演示：开始漂移")


def stop(*, by: Person, at: datetime, register: str = REGISTER) -> float:
    """Put the setpoint back."""
    return write(register=register, value=find(register).normal, by=by, reason="drift ends 演示：漂移结束")


def find(register: str) -> demo_map.Register:
    """A setpoint of the simulated controllers."""
    for line in demo_map.REGISTERS:
        if (line.name, line.kind) == (register, "setpoint"):
            return line
    raise NotWritten(_("“%(name)s” is no setpoint of the simulator.") % {"name": register})


def drifted(line: demo_map.Register) -> float:
    """How far the setpoint goes: what the map says for the story, else a fifth more."""
    return float(demo_map.DRIFT["drifted"]) if line.name == REGISTER else line.normal * 1.2


def write(*, register: str, value: float, by: Person, reason: str) -> float:
    """Write a setpoint of the simulator, told in the journal before the controller hears of it."""
    policies.check(by, "demo.use")
    if not settings.DEMO:
        raise NoDemonstration(_("This is no demonstration plant. Setpoints are changed at the machine."))
    line = find(register)
    plc = Plc.objects.get(code=PLCS[line.plc][0])
    data = {"register": register, "value": value}
    journal.record("plc.setpoint_written", subject=plc, by=by, reason=reason, data=data)
    with ThreadPoolExecutor(1) as thread:  # whoever calls may have an event loop of their own
        return thread.submit(asyncio.run, send(plc, line, value)).result()


async def send(plc: Plc, line: demo_map.Register, value: float) -> float:
    """Write once and read back."""
    try:
        held = await drift.write_register(host=plc.host, port=plc.port, unit=plc.unit, tag=line.tag(), value=value)
    except DeviceError as error:
        message = _("%(plc)s did not answer (%(why)s). Is the simulator running?")
        raise NotWritten(message % {"plc": plc.code, "why": error}) from error
    return float(held or 0)
