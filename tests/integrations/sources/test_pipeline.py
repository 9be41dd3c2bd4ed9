"""A source that speaks by itself goes the way of every reading: spooled, stored once, charts told, gaps written."""

import asyncio
import threading

import pytest

from integrations.models import Plc, PlcHealth, PlcTag
from mes.models import MachineState
from plant.models import Parameter, Unit
from tests import factories
from tests.integrations.plc.test_tasks import polling, until
from tests.integrations.sources.test_opcua import free_port, serving
from traceability.models import Gap, Quality, Reading, Stream


class Standing:
    """A server in a thread, whose variable can be written."""

    def __init__(self, port):
        self.port, self.loop, self.ready = port, asyncio.new_event_loop(), threading.Event()
        self.thread = threading.Thread(target=self.loop.run_until_complete, args=(self._serve(),), daemon=True)

    def __enter__(self):
        self.thread.start()
        assert self.ready.wait(30)
        return self

    def __exit__(self, *_error):
        self.loop.call_soon_threadsafe(self.over.set)
        self.thread.join(20)

    def write(self, name, value):
        asyncio.run_coroutine_threadsafe(self.nodes[name].write_value(value), self.loop).result(10)

    async def _serve(self):
        self.over = asyncio.Event()
        async with serving(self.port, {"zone1": 1.0, "state": 2}) as (_server, self.nodes):
            self.ready.set()
            await self.over.wait()


@pytest.mark.usefixtures("committed_db")
def test_what_a_server_says_is_stored_once_and_its_silence_is_a_gap(tmp_path, settings):
    port = free_port()
    plc = Plc.objects.create(
        code="UA", name="Oven", kind="opcua", host="127.0.0.1", port=port, period_ms=50, equipment=factories.station()
    )
    unit, _ = Unit.objects.get_or_create(code="Cel", defaults={"name": "°C"})
    stream = Stream.objects.create(
        code="UA:zone1", equipment=plc.equipment,
        parameter=Parameter.objects.create(code="zone1", name="Zone 1", unit=unit),
    )
    PlcTag.objects.create(plc=plc, name="zone1", path="ns=2;s=zone1", stream=stream)
    PlcTag.objects.create(plc=plc, name="state", path="ns=2;s=state", kind="state")

    with polling(tmp_path, settings):
        with Standing(port) as one:
            until(lambda: good() == [1.0])
            for number in range(2, 6):
                one.write("zone1", float(number))
                until(lambda number=number: good()[-1] == number)
            until(lambda: PlcHealth.objects.filter(plc=plc, state="ONLINE").exists())
        until(lambda: PlcHealth.objects.filter(plc=plc, state="SILENT").exists())
        with Standing(port):
            until(lambda: Gap.objects.exists() and len(good()) > 5)

    assert good() == [1.0, 2.0, 3.0, 4.0, 5.0, 1.0]
    qualities = list(Reading.objects.order_by("seq").values_list("quality", flat=True))
    first = qualities.index(Quality.GOOD)  # the server may not have been there at once
    assert qualities[first : first + 7] == [Quality.GOOD] * 5 + [Quality.STALE, Quality.GOOD]
    assert list(Gap.objects.values_list("stream", flat=True)) == [stream.pk]
    assert list(MachineState.objects.values_list("equipment__code", "state")) == [(plc.equipment.code, "RUNNING")]


def good():
    return list(Reading.objects.filter(quality=Quality.GOOD).order_by("seq").values_list("value", flat=True))
