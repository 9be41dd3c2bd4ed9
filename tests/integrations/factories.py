"""A controller with three registers."""

from datetime import datetime
from typing import Any

from integrations.models import Plc, PlcHealth, PlcTag, TagKind
from plant.models import Parameter, Unit
from tests import factories
from traceability.commands import readings
from traceability.models import Quality, Source, Stream


def plc(code: str = "PLC-1", **fields: Any) -> Plc:
    """A controller at the oven."""
    where = {"name": "Oven", "host": "127.0.0.1", "port": 5020, "equipment": factories.station("OVEN"), **fields}
    return Plc.objects.create(code=code, **where)


def tag(of: Plc, name: str = "zone3_temperature", address: int = 14) -> PlcTag:
    """A register whose values are kept."""
    unit = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree", "symbol": "°C"})[0]
    parameter = Parameter.objects.get_or_create(code=name, defaults={"name": name, "unit": unit})[0]
    stream = Stream.objects.create(code=f"{of.code}-{name}", parameter=parameter, equipment=of.equipment)
    return PlcTag.objects.create(plc=of, name=name, address=address, kind=TagKind.PROCESS, stream=stream)


def health(of: Plc, state: str, at: datetime, **fields: Any) -> PlcHealth:
    """What the poller last wrote."""
    return PlcHealth.objects.create(plc=of, state=state, updated_at=at, last_ok_at=at, polls=100, **fields)


def reading(of: PlcTag, value: float, at: datetime, quality: Quality = Quality.GOOD) -> None:
    """The latest value of a register."""
    readings.record(rows=[readings.ReadingRow(of.stream_id, at, 1, value, quality, Source.AUTO)])
