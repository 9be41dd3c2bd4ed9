"""Envelopes of IPC-CFX as facts: numbers with a path, states of a machine, units that arrived. Pure.

A path is Message:steps.to.the.value, with the last part of the message's name; a list of things that carry a name is
gone into by their names: UnitsProcessed:Zone3.Temperature, UnitsTested:Voltage.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from integrations.sources.mqtt.mapping import moment_us
from integrations.sources.settling import number

FAMILY = "CFX."
DEEPEST = 8
NAMES = ("Name", "MeasurementName", "TestName", "CharacteristicName", "ParameterName", "SensorIdentifier", "StageName")
VALUES = ("Value", "MeasuredValue", "ReadingValue")
UNITS = ("UnitsArrived", "WorkStarted", "UnitsDisqualified", "UnitsDeparted", "WorkCompleted")
# SEMI E10 and the words of CFX.ResourcePerformance (ResourceState) as our numbers of machine states
STATES = {
    "off": 0, "nonscheduledtime": 0, "nst": 0, "setup": 1, "idle": 1, "standby": 1, "sby": 1, "readyidle": 1,
    "engineering": 1, "eng": 1, "ready": 1, "productive": 2, "prd": 2, "readyprocessingactive": 2, "processing": 2,
    "unscheduleddowntime": 3, "udt": 3, "scheduleddowntime": 3, "sdt": 3, "fault": 3, "error": 3,
}


class NoEnvelope(ValueError):
    """JSON that is no envelope of CFX."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an envelope says."""

    path: str
    value: Any
    at_us: int | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message: which, from whom, when, and the units that it speaks of."""

    name: str
    id: str
    source: str
    at_us: int | None
    body: dict[str, Any]

    @property
    def short(self) -> str:
        """The last part of its name."""
        return self.name.rpartition(".")[2]

    @property
    def units(self) -> list[str]:
        """The identifiers of its units, each once, in order."""
        told = [self.body.get("PrimaryIdentifier")] if not self.body.get("Units") else []
        told += [one.get("UnitIdentifier") for one in self.body.get("Units") or () if isinstance(one, dict)]
        return list(dict.fromkeys(str(one) for one in told if one))


def read(data: Any) -> Envelope:
    """An envelope, or NoEnvelope."""
    name = data.get("MessageName") if isinstance(data, dict) else None
    body = data.get("MessageBody") if isinstance(data, dict) else None
    if not isinstance(name, str) or not name.startswith(FAMILY) or not isinstance(body, dict):
        raise NoEnvelope("MessageName and MessageBody of CFX are missing")
    known, source = (str(data.get(word) or "") for word in ("UniqueID", "Source"))
    return Envelope(name, known, source, moment_us(data.get("TimeStamp")), body)


def facts(envelope: Envelope) -> Iterator[Fact]:
    """What it says in numbers, its units beside."""
    for path, value, at_us in _numbers(envelope.body, (), envelope.at_us, 0):
        yield Fact(f"{envelope.short}:{'.'.join(path)}", value, at_us)
    if envelope.short in UNITS:
        for unit in envelope.units:
            yield Fact(f"{envelope.short}:Units", unit, envelope.at_us)


def event(source: str, envelope: Envelope, fact: Fact, place: int) -> uuid.UUID:
    """The event that a fact stands for: the same whenever and over whatever way its envelope comes again."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{source}/{envelope.id or envelope.at_us}/{fact.value}/{place}")


Step = tuple[tuple[str, ...], Any, int | None]


def _numbers(data: Any, path: tuple[str, ...], at_us: int | None, depth: int) -> Iterator[Step]:
    if depth > DEEPEST:
        return
    if isinstance(data, dict):
        at_us = moment_us(data.get("TimeRecorded") or data.get("TimeStamp")) or at_us
        for name, value in data.items():
            if name in VALUES and path and number(value) is not None:
                yield path, number(value), at_us
            elif not name.startswith("$") and name not in NAMES:
                yield from _numbers(value, (*path, name), at_us, depth + 1)
    elif isinstance(data, list):
        for one in data:
            named = next((str(one[name]) for name in NAMES if one.get(name)), "") if isinstance(one, dict) else ""
            yield from _numbers(one, (*path[:-1], named) if named else path, at_us, depth + 1)
    elif isinstance(data, str) and path and path[-1] in ("NewState", "OldState"):
        state = STATES.get(data.replace("_", "").lower())
        if state is not None:
            yield path, state, at_us
    elif not isinstance(data, str) and number(data) is not None:
        yield path, number(data), at_us
