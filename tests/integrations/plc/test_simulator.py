"""The simulator as its own process: real Modbus, believable values, a drift that any client can start."""

import asyncio
import random
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from integrations.plc import blocks, demo_map, drift
from integrations.plc.client import Device
from integrations.plc.decoding import decode, encode
from integrations.plc.machines import Oven, Screwdriver
from integrations.plc.ports import DeviceError, RefusedError
from ops.ports import answers, several_free

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def ports():
    found = dict(zip("AB", several_free(2), strict=True))
    command = [
        sys.executable,
        "-m",
        "integrations.plc.simulator",
        "--port-a",
        str(found["A"]),
        "--port-b",
        str(found["B"]),
    ]
    process = subprocess.Popen(command, cwd=ROOT)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if answers(found["A"]) and answers(found["B"]):
            break
        time.sleep(0.05)
    yield found
    process.terminate()
    assert process.wait(10) == 0


def look(port, plc):
    """Every value of a controller by name."""

    async def act():
        device = Device("127.0.0.1", port)
        values = {}
        for block in blocks.plan([line.tag() for line in demo_map.registers(plc)]):
            answer = await device.read_block(block.table, block.address, block.count)
            values |= {tag.key: decode(answer.registers[at : at + size], tag)[0] for tag, at, size in block.places}
        await device.close()
        return values

    return asyncio.run(act())


def write(port, name, value):
    tag = demo_map.find("A", name).tag()
    return asyncio.run(drift.write_register(host="127.0.0.1", port=port, unit=1, tag=tag, value=value))


@pytest.mark.parametrize("plc", ["A", "B"])
def test_serves_every_register_near_its_normal_value(ports, plc):
    values = look(ports[plc], plc)
    lines = {line.name: line for line in demo_map.registers(plc)}

    assert values.keys() == lines.keys()
    for name, line in lines.items():
        if line.kind in ("process", "environment", "setpoint", "identity"):
            assert values[name] == pytest.approx(line.normal, rel=0.06), name


def test_values_move_and_the_heart_beats(ports):
    first = look(ports["A"], "A")
    time.sleep(0.5)
    second = look(ports["A"], "A")

    assert first["zone3_temperature"] != second["zone3_temperature"]
    assert 3 <= second["heartbeat"] - first["heartbeat"] <= 12


def test_writing_the_setpoint_shifts_the_mean_and_back(ports):
    assert write(ports["A"], "zone3_setpoint", demo_map.DRIFT["drifted"]) == demo_map.DRIFT["drifted"]
    time.sleep(2)
    drifted = look(ports["A"], "A")["zone3_temperature"]
    write(ports["A"], "zone3_setpoint", demo_map.DRIFT["normal"])
    time.sleep(2)

    assert drifted == pytest.approx(demo_map.DRIFT["drifted"], abs=1.8)
    assert look(ports["A"], "A")["zone3_temperature"] == pytest.approx(demo_map.DRIFT["normal"], abs=1.8)


@pytest.mark.parametrize("name", ["zone3_temperature", "good_count"])
def test_writing_anything_else_is_refused_here_and_there(ports, name):
    tag = demo_map.find("A", name).tag()

    async def force():
        await Device("127.0.0.1", ports["A"]).write_registers(tag.address, encode(1, tag))

    with pytest.raises(ValueError, match="not a setpoint"):
        write(ports["A"], name, 1)
    with pytest.raises(RefusedError):
        asyncio.run(force())


def test_writing_nonsense_is_refused_here_and_there(ports):
    tag = demo_map.find("A", "zone3_setpoint").tag()

    async def force():
        await Device("127.0.0.1", ports["A"]).write_registers(tag.address, [0x7FC0, 0])

    with pytest.raises(ValueError, match="outside"):
        write(ports["A"], "zone3_setpoint", 900.0)
    with pytest.raises(DeviceError):
        asyncio.run(force())
    assert look(ports["A"], "A")["zone3_setpoint"] == demo_map.DRIFT["normal"]


@pytest.mark.parametrize("machine", [Oven, Screwdriver])
def test_machines_live_the_same_life_from_the_same_seed(machine):
    first, second, other = machine(1), machine(1), machine(2)
    for _ in range(100):
        first.step(), second.step(), other.step()

    assert first.values == second.values
    assert first.values != other.values


def test_a_healthy_oven_stays_within_three_sigma_and_is_hardly_correlated():
    oven = Oven(random.randint(0, 999))
    values = []
    for _ in range(5000):
        oven.step()
        values.append(oven.values["zone3_temperature"])
    mean, sigma = statistics.fmean(values), statistics.stdev(values)
    pairs = pairwise(values)
    correlation = statistics.fmean((a - mean) * (b - mean) for a, b in pairs) / sigma**2

    assert mean == pytest.approx(245, abs=0.1)
    assert max(abs(value - mean) for value in values) < 3.6 * sigma
    assert correlation < 0.15


def test_machines_count_what_they_make():
    cell = Screwdriver(1)
    for _ in range(600):
        cell.step()

    assert cell.values["cycle_count"] == pytest.approx(120, abs=1)
    assert cell.values["good_count"] + cell.values["reject_count"] == cell.values["cycle_count"] // 6
