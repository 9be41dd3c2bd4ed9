"""A controller may answer as it likes: what comes out is the truth or an error, and the next good answer counts."""

import asyncio
import time

import pytest

from integrations.plc.client import Device
from integrations.plc.direct import DirectDevice
from integrations.plc.ports import DeviceError, NoAnswerError, RefusedError
from tests.integrations.plc.fault_server import BROKEN, CORRECT, DUPLICATE, lying_plc, truth

CODECS = [Device, DirectDevice]
TIMEOUT = 0.2


async def read_until_good(device, tries=100):
    for _ in range(tries):
        try:
            return (await device.read_block("holding", 40, 5)).registers
        except DeviceError:
            await asyncio.sleep(0.02)
    raise AssertionError("the device never came back")


def outcome(codec, mode):
    """What the first read gives in this mode, and the registers of the first good read after it."""

    async def act():
        async with lying_plc() as plc:
            device = codec("127.0.0.1", plc.port, 1, timeout=TIMEOUT)
            assert await read_until_good(device) == truth(40, 5)
            plc.modes.append(mode)
            try:
                first = tuple((await device.read_block("holding", 10, 5)).registers)
            except DeviceError as error:
                first = error
            second = [tuple(await read_until_good(device)) for _ in range(3)]
            await device.close()
            return first, second

    return asyncio.run(act())


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("mode", BROKEN)
def test_read_a_lie(codec, mode):
    first, after = outcome(codec, mode)

    assert isinstance(first, DeviceError)
    assert after == [truth(40, 5)] * 3


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("mode", CORRECT)
def test_read_an_odd_truth(codec, mode):
    first, after = outcome(codec, mode)

    assert first == truth(10, 5)
    assert after == [truth(40, 5)] * 3


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("mode", DUPLICATE)
def test_read_a_duplicate(codec, mode):
    first, after = outcome(codec, mode)

    assert first == truth(10, 5) or isinstance(first, DeviceError)
    assert after == [truth(40, 5)] * 3


@pytest.mark.parametrize("codec", CODECS)
def test_read_an_exception_keeps_the_connection(codec):
    first, _ = outcome(codec, "exception 2")

    assert isinstance(first, RefusedError)
    assert first.code == 2


@pytest.mark.parametrize("codec", CODECS)
def test_read_nothing_costs_one_timeout(codec):
    async def act():
        async with lying_plc() as plc:
            device = codec("127.0.0.1", plc.port, 1, timeout=TIMEOUT)
            await read_until_good(device)
            plc.modes.append("silence")
            start = time.monotonic()
            with pytest.raises(NoAnswerError):
                await device.read_block("holding", 0, 1)
            seconds, requests = time.monotonic() - start, plc.requests
            await device.close()
            return seconds, requests

    seconds, requests = asyncio.run(act())

    assert seconds < TIMEOUT + 0.3
    assert requests == 2


@pytest.mark.parametrize("codec", CODECS)
def test_read_a_closed_port_waits_longer_and_longer(codec):
    async def act():
        device = codec("127.0.0.1", 1, 1, timeout=TIMEOUT)
        delays = []
        for _ in range(8):
            device._backoff.due = 0.0
            with pytest.raises(NoAnswerError):
                await device.read_block("holding", 0, 1)
            delays.append(device._backoff.due - time.monotonic())
        return delays

    delays = asyncio.run(act())

    assert 0.04 <= delays[0] <= 0.1
    assert 2.4 <= delays[-1] <= 5.0


@pytest.mark.parametrize("codec", CODECS)
def test_stamp_is_not_after_the_answer(codec):
    async def act():
        async with lying_plc() as plc:
            device = codec("127.0.0.1", plc.port, 1, timeout=TIMEOUT)
            await read_until_good(device)
            plc.modes.append("slow")
            before = time.time_ns() // 1000
            answer = await device.read_block("holding", 0, 1)
            await device.close()
            return answer.sent_us - before, answer.seconds

    lag_us, seconds = asyncio.run(act())

    assert 0 <= lag_us < 60_000
    assert seconds >= 0.08
