"""Controllers of a farm in the plant that is measured, and the plain way of reading them; run inside that plant.

`python -m benchmarks.machines connect TAGS PERIOD_MS PORT…`, `… disconnect`, `… plain TAGS SECONDS PORT…` answer JSON.
"""

import json
import sys
import time
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import transaction  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402
from pymodbus.client import ModbusTcpClient  # noqa: E402

from integrations.models import Plc, PlcTag  # noqa: E402
from plant.queries import persons  # noqa: E402
from spc.commands import measurements  # noqa: E402
from tests.factories import station  # noqa: E402
from tests.qms.factories import reaction  # noqa: E402
from tests.spc import factories  # noqa: E402
from traceability.models import Quality, Reading, Source  # noqa: E402

FARM = "FARM-"
FIRST_MEAN = 100.0  # of a controller's first value; the next one's lies one higher


def connect(tags: int, period_ms: int, *ports: int) -> dict[str, list[int]]:
    """Poll these ports from now on: the streams of the poll numbers, and the charts of all values by controller.

    A violation stops the controllers' machine: each opens a nonconformance with one hold.
    """
    factories.START = timezone.now() - timedelta(minutes=1)
    reaction(hold_lots=False)
    run, numbers, charts = f"{FARM}{int(time.time())}", [], []
    for device, port in enumerate(ports):
        with transaction.atomic():
            name = f"{run}-{device}"
            plc = Plc.objects.create(
                code=name, name=name, host="127.0.0.1", port=port, period_ms=period_ms, equipment=station(),
                enabled=False,
            )
            stream = factories.stream(f"{name}-N", "NUMBER")
            PlcTag.objects.create(plc=plc, name="number", address=0, data_type="uint32", stream=stream)
            numbers.append(stream.pk)
            charts += [_value(plc, place).pk for place in range(tags)]
    Plc.objects.filter(code__startswith=run).update(enabled=True)
    return {"numbers": numbers, "charts": charts}


def _value(plc: Plc, place: int) -> Any:
    """A value of a controller with its chart."""
    chart = factories.chart(f"{plc.code}-{place}", limited=False)
    factories.limit(chart, center=FIRST_MEAN + place)
    PlcTag.objects.create(
        plc=plc, name=f"value{place}", address=2 + 2 * place, data_type="float32", stream=chart.stream
    )
    return chart


def disconnect() -> dict[str, int]:
    """Poll no controller of any farm any more."""
    return {"disconnected": Plc.objects.filter(code__startswith=FARM, enabled=True).update(enabled=False)}


def plain(tags: int, seconds: int, *ports: int) -> dict[str, Any]:
    """Controller after controller, reading after reading: a row by the ORM, and its chart judged, as one writes it."""
    connected = connect(tags, 1000, *ports)
    disconnect()
    streams = [[number, *_streams_of(connected["charts"][place * tags : (place + 1) * tags])]
               for place, number in enumerate(connected["numbers"])]
    clients = [ModbusTcpClient("127.0.0.1", port=port) for port in ports]
    began, cpu, rows = time.perf_counter(), time.process_time(), 0
    while time.perf_counter() - began < seconds:
        for client, mine in zip(clients, streams, strict=True):
            registers, at = client.read_holding_registers(0, count=2 + 2 * tags, device_id=1).registers, timezone.now()
            kinds = [client.DATATYPE.UINT32, *[client.DATATYPE.FLOAT32] * tags]
            for place, (stream, kind) in enumerate(zip(mine, kinds, strict=True)):
                value = client.convert_from_registers(registers[2 * place : 2 * place + 2], kind)
                Reading.objects.create(
                    stream_id=stream, at=at, seq=rows, value=value, quality=Quality.GOOD, source=Source.AUTO,
                    recorded_at=at,
                )
                measurements.evaluate(stream_ids=[stream], by=persons.system("spc"), at=timezone.now())
                rows += 1
    took, spent = time.perf_counter() - began, time.process_time() - cpu
    return {"readings_per_second": round(rows / took), "cpu_us_per_reading": round(spent / rows * 1e6)}


def _streams_of(charts: list[int]) -> list[int]:
    found = dict(factories.ControlChart.objects.filter(pk__in=charts).values_list("pk", "stream_id"))
    return [found[chart] for chart in charts]


VERBS = {"connect": connect, "disconnect": disconnect, "plain": plain}


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    json.dump(VERBS[verb](*map(int, words)), sys.stdout)
