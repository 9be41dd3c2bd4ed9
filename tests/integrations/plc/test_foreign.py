"""Against the software of others: plain pymodbus believes what ours refuses, and a foreign server is read right."""

import asyncio
import importlib.util
import socket
import subprocess
import sys
import time

import pytest
from pymodbus.client import AsyncModbusTcpClient

from integrations.plc.client import Device
from integrations.plc.decoding import decode, width
from integrations.plc.direct import DirectDevice
from integrations.plc.tags import Tag
from tests.conformance import load, locate
from tests.integrations.plc.fault_server import lying_plc, truth

NAMES = {
    "u16": "uint16",
    "i16": "int16",
    "u32": "uint32",
    "i32": "int32",
    "u64": "uint64",
    "f32": "float32",
    "f64": "float64",
}


@pytest.mark.parametrize("mode", ["short", "long", "empty", "transaction 0", "wrong function"])
def test_plain_pymodbus_believes_the_lie(mode):
    """The negative control of test_client: without our checks these answers would be values."""

    async def act():
        async with lying_plc() as plc:
            client = AsyncModbusTcpClient("127.0.0.1", port=plc.port, timeout=0.3, retries=0)
            await client.connect()
            plc.modes.append(mode)
            answer = await client.read_holding_registers(10, count=5, device_id=1)
            client.close()
            return answer

    answer = asyncio.run(act())

    assert not answer.isError()
    assert tuple(answer.registers) != truth(10, 5) or mode in ("transaction 0", "wrong function")


@pytest.fixture
def foreign_port():
    script = locate("modbus/servers/server_pymodbustcp.py")
    if importlib.util.find_spec("pyModbusTCP") is None:
        pytest.skip("FOREIGN SERVER ABSENT: the package pyModbusTCP is not installed; this test proved nothing")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    process = subprocess.Popen([sys.executable, str(script), str(port)], stdout=subprocess.PIPE)
    process.stdout.readline()
    time.sleep(0.3)
    yield port
    process.kill()
    process.wait()


@pytest.mark.parametrize("codec", [Device, DirectDevice])
@pytest.mark.parametrize("table", ["holding", "input"])
def test_read_a_foreign_server(foreign_port, codec, table):
    image = load("modbus/servers/image")

    async def read(case):
        device = codec("127.0.0.1", foreign_port, image["unit"])
        data_type = NAMES[case["type"]]
        answer = await device.read_block(table, case["addr"], width(data_type))
        await device.close()
        order = case.get("order", "ABCD")[:4]
        return decode(answer.registers, Tag("t", 0, data_type, word_order=order, sentinel=case["value"] is None))[0]

    for case in (case for case in image["expect"] if case["type"] in NAMES):
        assert asyncio.run(read(case)) == case["value"], case
