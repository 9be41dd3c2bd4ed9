"""Against the software of others: plain pymodbus believes what ours refuses, and foreign servers are read right."""

import asyncio
import json

import pytest
from pymodbus.client import AsyncModbusTcpClient

from integrations.plc.client import Device
from integrations.plc.decoding import decode, width
from integrations.plc.direct import DirectDevice
from integrations.plc.ports import NoAnswerError, RefusedError
from integrations.plc.tags import Tag
from tests.conformance import FOLDER, locate
from tests.integrations.plc.fault_server import lying_plc, truth
from tests.integrations.plc.foreign.engines import ENGINES, HERE, running

NAMES = {
    "u16": "uint16", "i16": "int16", "u32": "uint32", "i32": "int32", "u64": "uint64", "f32": "float32",
    "f64": "float64",
}
IMAGES = [HERE / "image.json", FOLDER / "modbus/servers/image.json"]
CODECS = [Device, DirectDevice]


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


def image_of(path):
    """A register image, own or published."""
    if FOLDER in path.parents:
        locate(str(path.relative_to(FOLDER)))
    return json.loads(path.read_text(encoding="utf-8"))


async def ask(codec, port, unit, act):
    device = codec("127.0.0.1", port, unit, timeout=2.0)
    try:
        return await act(device)
    finally:
        await device.close()


async def read_all(device, table, cases):
    """The value of each case, read by itself."""
    found = []
    for case in cases:
        tag = Tag(1, 0, NAMES[case["type"]], word_order=case.get("order", "ABCD")[:4], sentinel=case["value"] is None)
        answer = await device.read_block(table, case["addr"], width(tag.data_type))
        found.append(decode(answer.registers, tag)[0])
    return found


@pytest.mark.parametrize("path", IMAGES, ids=["own", "published"])
@pytest.mark.parametrize("engine", ENGINES)
def test_read_a_foreign_server(engine, path):
    image = image_of(path)
    cases = [case for case in image["expect"] if case["type"] in NAMES]
    with running(engine, path) as port:
        for codec in CODECS:
            for table in ("holding", "input"):
                found = asyncio.run(ask(codec, port, image["unit"], lambda one, t=table: read_all(one, t, cases)))
                assert found == [case["value"] for case in cases], (codec, table)


@pytest.mark.parametrize("engine", ENGINES)
def test_read_beyond_a_foreign_map_is_refused_and_the_connection_stays(engine):
    image = image_of(HERE / "image.json")
    beyond = image["exceptions"][0]

    async def act(device):
        with pytest.raises(RefusedError) as refused:
            await device.read_block("holding", beyond["addr"], beyond["count"])
        return refused.value.code, (await device.read_block("holding", 0, 1)).registers

    with running(engine, HERE / "image.json") as port:
        for codec in CODECS:
            assert asyncio.run(ask(codec, port, image["unit"], act)) == (beyond["code"], (555,))


def test_read_another_unit_of_a_foreign_server_is_no_answer():
    async def act(device):
        with pytest.raises(NoAnswerError):
            await device.read_block("holding", 0, 1)

    with running("modbus-serial", HERE / "image.json") as port:
        asyncio.run(ask(DirectDevice, port, 18, act))


SIMULATED = [
    ("uint16", 0, 555), ("uint16", 9, 555), ("float32", 10, 123456.0), ("int32", 20, -123456), ("int16", 28, None),
    ("uint16", 29, None),
]


@pytest.mark.parametrize("codec", CODECS)
def test_read_pymodbus_simulator_with_its_published_configuration(codec):
    """Registers of several types, one that counts, and a hole: what the configuration says, nothing more."""

    async def act(device):
        found = []
        for data_type, address, value in SIMULATED:
            words = (await device.read_block("holding", address, width(data_type))).registers
            found.append(decode(words, Tag(1, 0, data_type, sentinel=value is None))[0])
        counted = [(await device.read_block("holding", 50, 1)).registers[0] for _ in range(3)]
        with pytest.raises(RefusedError) as refused:
            await device.read_block("holding", 90, 2)
        return found, counted, refused.value.code

    with running("simulator", locate("modbus/servers/pymodbus_simulator.json")) as port:
        found, counted, code = asyncio.run(ask(codec, port, 1, act))

    assert found == [value for _, _, value in SIMULATED]
    assert counted == [counted[0], counted[0] + 1, counted[0] + 2]
    assert code == 2
